using Word2Vec.Numerics;
using Word2Vec.Vectors;

namespace Word2Vec.Evaluation;

/// <summary>How high right answers stand in rankings by cosine.</summary>
internal static class RankedAnswers
{
    /// <summary>The names of what <see cref="Score"/> gives.</summary>
    public static string[] Names(int depth) => [$"precision@{depth}", "MAP", "MRR", $"nDCG@{depth}"];

    /// <summary>
    /// Ranks the words <paramref name="candidates"/> for each of <paramref name="queries"/>, without itself, and returns a row of values a score. Of
    /// equal cosines the lower place among the candidates comes first, as in every search.
    /// </summary>
    /// <param name="isRelevant">Whether the candidate at the second place is a right answer to the query at the first; there is one or more to each.</param>
    public static double[][] Of(
        WordVectors vectors, IReadOnlyList<int> queries, IReadOnlyList<int> candidates, Func<int, int, bool> isRelevant, int depth,
        CancellationToken cancellation)
    {
        int size = vectors.Size;
        using WordVectors units = WordSubset.Of(vectors, candidates).Normalized();
        double[][] values = [.. Names(depth).Select(_ => new double[queries.Count])];
        Parallel.For(0, queries.Count, new ParallelOptions { CancellationToken = cancellation }, () => (new float[candidates.Count], new float[size]),
            (query, _, room) =>
            {
                (float[] cosines, float[] unit) = room;
                vectors[queries[query]].CopyTo(unit);
                VectorMath.Normalize(unit);
                for (int i = 0; i < cosines.Length; i++)
                    cosines[i] = candidates[i] == queries[query] ? float.NegativeInfinity : VectorMath.Dot(unit, units[i]);
                int[] ranks = Ranks(cosines, place => isRelevant(query, place));
                (values[0][query], values[1][query], values[2][query], values[3][query]) = Score(ranks, depth);
                return room;
            }, _ => { });
        GC.KeepAlive(vectors);
        return values;
    }

    /// <summary>The scores of one ranking whose right answers stand at <paramref name="ranks"/>, from 0, ascending, one or more.</summary>
    public static (double Precision, double Average, double Reciprocal, double Gain) Score(ReadOnlySpan<int> ranks, int depth)
    {
        double average = 0, gain = 0, most = 0;
        int first = 0;
        for (int i = 0; i < ranks.Length; i++)
        {
            average += (i + 1.0) / (ranks[i] + 1);
            if (i < depth)
                most += 1 / Math.Log2(i + 2);
            if (ranks[i] >= depth)
                continue;
            first++;
            gain += 1 / Math.Log2(ranks[i] + 2);
        }

        return ((double)first / depth, average / ranks.Length, 1.0 / (ranks[0] + 1), gain / most);
    }

    // A right answer stands behind the right ones that are better and behind the others that are; these are counted between the right ones.
    private static int[] Ranks(float[] cosines, Predicate<int> isRelevant)
    {
        var relevant = new List<(float Cosine, int Place)>();
        var others = new List<int>(cosines.Length);
        for (int i = 0; i < cosines.Length; i++)
        {
            if (float.IsNegativeInfinity(cosines[i]))
                continue;
            if (isRelevant(i))
                relevant.Add((cosines[i], i));
            else
                others.Add(i);
        }

        (float Cosine, int Place)[] sorted = [.. relevant];
        Array.Sort(sorted, Compare);
        int[] behind = new int[sorted.Length + 1];
        foreach (int other in others)
        {
            int place = Array.BinarySearch(sorted, (cosines[other], other), Comparer<(float, int)>.Create(Compare));
            behind[~place]++;
        }

        int[] ranks = new int[sorted.Length];
        for (int i = 0, before = 0; i < ranks.Length; i++)
            ranks[i] = i + (before += behind[i]);
        return ranks;
    }

    private static int Compare((float Cosine, int Place) a, (float Cosine, int Place) b) =>
        a.Cosine != b.Cosine ? b.Cosine.CompareTo(a.Cosine) : a.Place.CompareTo(b.Place);
}
