using Word2Vec.Numerics;
using Word2Vec.Vectors;
using Word2Vec.Words;

namespace Word2Vec.Tests.Analysis;

/// <summary>Vectors whose structure is known because it was put there.</summary>
internal static class Planted
{
    /// <summary>A draw of the normal distribution, the same for the same place.</summary>
    public static double Normal(DrawKey key, long place)
    {
        double u = (key.Draw(2 * place) + 0.5) / 4294967296.0, v = (key.Draw(2 * place + 1) + 0.5) / 4294967296.0;
        return Math.Sqrt(-2 * Math.Log(u)) * Math.Cos(2 * Math.PI * v);
    }

    /// <summary>
    /// <paramref name="groups"/> clouds of <paramref name="each"/> points, point i in cloud i modulo the groups; the centers lie <paramref name="apart"/> from
    /// <paramref name="offset"/> in drawn directions, the points <paramref name="spread"/> around them.
    /// </summary>
    public static WordVectors Clouds(int groups, int each, int size, float apart, float spread, float offset = 0, ulong seed = 1)
    {
        DrawKey centers = DrawKey.From(seed, 0, 0), points = DrawKey.From(seed, 1, 0);
        var rows = new float[groups * each * size];
        for (int i = 0; i < groups * each; i++)
        {
            for (int d = 0; d < size; d++)
                rows[i * size + d] = (float)(offset + apart * Normal(centers, i % groups * size + d) + spread * Normal(points, (long)i * size + d));
        }

        return Of(rows, size);
    }

    public static WordVectors Of(float[] rows, int size) =>
        new(WordIndex.From(Enumerable.Range(0, rows.Length / size).Select(i => $"w{i}")), size, rows);

    /// <summary>Normalized mutual information of two labelings, 0 … 1, by the arithmetic mean of their entropies.</summary>
    public static double MutualInformation(IReadOnlyList<int> a, IReadOnlyList<int> b)
    {
        double n = a.Count, shared = 0;
        var inA = a.GroupBy(x => x).ToDictionary(group => group.Key, group => group.Count() / n);
        var inB = b.GroupBy(x => x).ToDictionary(group => group.Key, group => group.Count() / n);
        foreach (var pair in a.Zip(b).GroupBy(pair => pair))
            shared += pair.Count() / n * Math.Log(pair.Count() / n / (inA[pair.Key.First] * inB[pair.Key.Second]));
        double entropies = -inA.Values.Sum(p => p * Math.Log(p)) - inB.Values.Sum(p => p * Math.Log(p));
        return entropies == 0 ? 1 : 2 * shared / entropies;
    }

    /// <summary>The share of the words that belong to the most frequent label of their cluster.</summary>
    public static double Purity(IReadOnlyList<int> clusters, IReadOnlyList<int> labels) => clusters.Zip(labels)
        .GroupBy(pair => pair.First).Sum(cluster => cluster.GroupBy(pair => pair.Second).Max(group => group.Count())) / (double)clusters.Count;
}
