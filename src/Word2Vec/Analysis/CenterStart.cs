using System.Numerics.Tensors;
using Word2Vec.Numerics;
using Word2Vec.Vectors;
using Word2Vec.Words;

namespace Word2Vec.Analysis;

/// <summary>Where k-means begins: k-means++ on a sample, and then centers that few rows need go to where they serve more.</summary>
internal static class CenterStart
{
    private const int Steps = 30, FewestStepRows = 8192, StepRowsOfCluster = 40, FewestRows = 10_000, RowsOfCluster = 50;

    /// <summary>Finds centers for start number <paramref name="start"/>; <paramref name="report"/> gets the stage, what is done of it and how much there is.</summary>
    public static float[] Find(PointRows points, ClusterOptions options, int start, Action<string, int, int> report)
    {
        float[] centers = Seed(points, options, start, report);
        using var batch = new CenterBatch(points, options, Sample(points, FewestStepRows, StepRowsOfCluster * (long)options.Clusters));
        using var swaps = new CenterSwaps(points, options);
        DrawKey key = DrawKey.From(options.Seed, start, 3);
        for (int step = 0; step < Steps; step++)
        {
            batch.Draw(key, step, centers);
            foreach ((int center, int row) in swaps.Find(batch, DrawKey.From(options.Seed, start, 4 + step)))
                points.Copy(row, centers.AsSpan(center * points.Size, points.Size));
            report("swaps", step + 1, Steps);
        }

        return centers;
    }

    private static int Sample(PointRows points, long fewest, long wanted) => (int)Math.Min(points.Count, Math.Max(fewest, wanted));

    private static float[] Seed(PointRows points, ClusterOptions options, int start, Action<string, int, int> report)
    {
        int size = points.Size, count = Sample(points, FewestRows, RowsOfCluster * (long)options.Clusters);
        if (count == points.Count)
            return CenterSeeding.Draw(points, options, start, report);
        DrawKey key = DrawKey.From(options.Seed, start, 1);
        var rows = new float[(long)count * size];
        for (int i = 0; i < count; i++)
            points.Copy((int)CounterRandom.Below(key.Draw(i), (uint)points.Count), rows.AsSpan(i * size, size));
        using var sample = new WordVectors(new WordIndex([], new int[count + 1]), size, rows);
        using var sampled = new PointRows(sample, options.Spherical, options.Threads, points.Parallelism.CancellationToken);
        float[] centers = CenterSeeding.Draw(sampled, options, start, report);
        for (int k = 0; k < options.Clusters; k++)
            TensorPrimitives.Add(centers.AsSpan(k * size, size), sampled.Mean, centers.AsSpan(k * size, size));
        return centers;
    }
}
