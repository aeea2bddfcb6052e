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
        if (options.Clusters == 1)
            return centers;
        using var batch = new CenterBatch(points, options, Math.Max(FewestStepRows, StepRowsOfCluster * (long)options.Clusters));
        using var swaps = new CenterSwaps(points, options);
        DrawKey key = DrawKey.From(options.Seed, start, CenterDraws.Steps);
        for (int step = 0; step < Steps; step++)
        {
            batch.Draw(key, step, centers);
            foreach ((int center, int row) in swaps.Find(batch, centers, DrawKey.From(options.Seed, start, CenterDraws.Swaps + step)))
                points.Copy(row, centers.AsSpan(center * points.Size, points.Size));
            report("swaps", step + 1, Steps);
        }

        return centers;
    }

    // From all rows where a sample would be half of them or more: it would hold many twice.
    private static float[] Seed(PointRows points, ClusterOptions options, int start, Action<string, int, int> report)
    {
        int size = points.Size, count = (int)Math.Min(Array.MaxLength / size, Math.Max(FewestRows, RowsOfCluster * (long)options.Clusters));
        if (points.Count <= 2L * count)
            return CenterSeeding.Draw(points, options, start, report);
        DrawKey key = DrawKey.From(options.Seed, start, CenterDraws.Sample);
        var rows = new float[count * size];
        for (int i = 0; i < count; i++)
            points.Copy((int)CounterRandom.Below(key.Draw(i), (uint)points.Count), rows.AsSpan(i * size, size));
        // Nobody asks for the words of these rows; they are all empty.
        using var sample = new WordVectors(new WordIndex([], new int[count + 1]), size, rows);
        using var sampled = new PointRows(sample, options.Spherical, options.Threads, points.Parallelism.CancellationToken);
        float[] centers = CenterSeeding.Draw(sampled, options, start, report);
        for (int k = 0; k < options.Clusters; k++)
            TensorPrimitives.Add(centers.AsSpan(k * size, size), sampled.Mean, centers.AsSpan(k * size, size));
        return centers;
    }
}
