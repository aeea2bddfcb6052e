using System.Numerics.Tensors;
using Word2Vec.Numerics;

namespace Word2Vec.Analysis;

/// <summary>
/// Mini-batch k-means: centers move towards the means of small samples, so that they settle before all rows have been looked at.
/// </summary>
/// <remarks>
/// Sculley 2010, Web-Scale K-Means Clustering, with the rows of a batch that go to one center taken together, and with a center that remembers its last rows
/// only: those that it had where it began are not its own any more.
/// </remarks>
internal sealed class CenterSamples(PointRows points, ClusterOptions options, float[] centers)
{
    private const int FewestBatchRows = 8192, BatchRowsOfCluster = 4, Batches = 120;

    // A center is the mean of its last rows, so many of them, or of those of so many batches where these have more.
    private const int RowsOfMemory = 200, BatchesOfMemory = 10;

    private readonly long[] _seen = new long[options.Clusters];

    /// <summary>Moves the centers of start number <paramref name="start"/>; <paramref name="report"/> gets the stage, what is done of it and how much there is.</summary>
    public void Run(int start, Action<string, int, int> report)
    {
        using var batch = new CenterBatch(points, options, Math.Max(FewestBatchRows, (long)BatchRowsOfCluster * options.Clusters));
        var groups = new RowGroups(options.Clusters);
        DrawKey key = DrawKey.From(options.Seed, start, CenterDraws.Batches);
        for (int number = 0; number < Batches; number++)
        {
            batch.Draw(key, number, centers);
            groups.Sort(batch.Nearest, batch.Ids);
            Parallel.For(0, groups.Count, points.Parallelism, k => Move(k, groups[k]));
            report("samples", number + 1, Batches);
        }
    }

    private void Move(int k, ReadOnlySpan<int> ids)
    {
        if (ids.IsEmpty)
            return;
        int size = points.Size;
        var (sum, narrow) = (new double[size], new float[size]);
        points.Sum(ids, sum);
        TensorPrimitives.ConvertChecked<double, float>(sum, narrow);
        _seen[k] = Math.Min(_seen[k] + ids.Length, Math.Max(RowsOfMemory, (long)BatchesOfMemory * ids.Length));
        float rate = (float)ids.Length / _seen[k];
        Span<float> center = centers.AsSpan(k * size, size);
        TensorPrimitives.Multiply(center, 1 - rate, center);
        VectorMath.AddScaled(center, rate / ids.Length, narrow);
        if (options.Spherical)
            VectorMath.Normalize(center);
    }
}
