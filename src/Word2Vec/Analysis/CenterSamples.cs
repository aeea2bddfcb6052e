using System.Globalization;
using System.Numerics.Tensors;
using Word2Vec.Numerics;
using Word2Vec.Vectors;
using Word2Vec.Words;

namespace Word2Vec.Analysis;

/// <summary>
/// Mini-batch k-means: centers move towards the means of small samples, less and less, so that they settle before all rows have been looked at.
/// </summary>
/// <remarks>Sculley 2010, Web-Scale K-Means Clustering, with the rows of a batch that go to one center taken together.</remarks>
internal static class CenterSamples
{
    private const int Batch = 16_384, MostBatches = 60, SeedRowsOfCluster = 100, FewestSeedRows = 50_000;

    /// <summary>Finds centers for start number <paramref name="start"/>; <paramref name="report"/> gets the stage, what is done of it and how much there is.</summary>
    public static float[] Find(WordVectors vectors, PointRows points, ClusterOptions options, int start, Action<string, int, int> report)
    {
        var seen = new long[options.Clusters];
        float[] centers = Seed(vectors, points, options, start, seen, report);
        using var table = new CenterTable(points, options.Spherical, options.Clusters);
        DrawKey key = DrawKey.From(options.Seed, start, 2);
        var ids = new int[Math.Min(Batch, points.Count)];
        var (nearest, best, second) = (new int[ids.Length], new float[ids.Length], new float[ids.Length]);
        for (int batch = 0; batch < MostBatches; batch++)
        {
            for (int i = 0; i < ids.Length; i++)
                ids[i] = (int)CounterRandom.Below(key.Draw((long)batch * Batch + i), (uint)points.Count);
            table.Set(centers);
            Parallel.For(0, Multiples.RoundUp(ids.Length, PointRows.Chunk) / PointRows.Chunk, points.Parallelism, chunk =>
            {
                Range range = (chunk * PointRows.Chunk)..Math.Min(ids.Length, (chunk + 1) * PointRows.Chunk);
                table.Nearest(ids.AsSpan(range), 0, nearest.AsSpan(range), best.AsSpan(range), second.AsSpan(range));
            });
            Move(points, options, centers, ids, nearest, seen);
            report("samples", batch + 1, MostBatches);
        }

        return centers;
    }

    // k-means++ and a few rounds on a sample, which is small beside the rows and large beside the clusters. What a center is the mean of there counts as seen, so
    // that the first batch moves it and does not take its place.
    private static float[] Seed(WordVectors vectors, PointRows points, ClusterOptions options, int start, long[] seen, Action<string, int, int> report)
    {
        int count = (int)Math.Min(points.Count, Math.Max(FewestSeedRows, (long)SeedRowsOfCluster * options.Clusters));
        DrawKey key = DrawKey.From(options.Seed, start, 1);
        var rows = new float[(long)count * points.Size];
        for (int i = 0; i < count; i++)
            points.Copy((int)CounterRandom.Below(key.Draw(i), (uint)points.Count), rows.AsSpan(i * points.Size, points.Size));
        using var sample = new WordVectors(WordIndex.From(Enumerable.Range(0, count).Select(i => i.ToString(CultureInfo.InvariantCulture))), points.Size, rows);
        using var sampled = new PointRows(sample, options.Spherical, options.Threads, points.Parallelism.CancellationToken);
        using var search = new CenterSearch(sampled, options, CenterSeeding.Draw(sampled, options, start, report));
        search.Run(10, report);
        foreach (int center in search.Nearest)
            seen[center]++;
        for (int k = 0; !options.Spherical && k < options.Clusters; k++)
        {
            Span<float> center = search.Centers.AsSpan(k * points.Size, points.Size);
            TensorPrimitives.Add(center, sampled.Mean, center);
        }

        return search.Centers;
    }

    private static void Move(PointRows points, ClusterOptions options, float[] centers, int[] ids, int[] nearest, long[] seen)
    {
        int size = points.Size;
        var sums = new float[centers.Length];
        var counts = new int[options.Clusters];
        var row = new float[size];
        for (int i = 0; i < ids.Length; i++)
        {
            points.Copy(ids[i], row);
            Span<float> sum = sums.AsSpan(nearest[i] * size, size);
            TensorPrimitives.Add(sum, row, sum);
            counts[nearest[i]]++;
        }

        for (int k = 0; k < options.Clusters; k++)
        {
            if (counts[k] == 0)
                continue;
            seen[k] += counts[k];
            Span<float> center = centers.AsSpan(k * size, size);
            float rate = (float)counts[k] / seen[k];
            TensorPrimitives.Multiply(center, 1 - rate, center);
            VectorMath.AddScaled(center, rate / counts[k], sums.AsSpan(k * size, size));
            if (options.Spherical)
                VectorMath.Normalize(center);
        }
    }
}
