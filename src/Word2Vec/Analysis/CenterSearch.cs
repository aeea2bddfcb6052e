using System.Numerics.Tensors;
using Word2Vec.Numerics;

namespace Word2Vec.Analysis;

/// <summary>Lloyd's rounds: every row goes to its nearest center, then every center to the mean of its rows.</summary>
internal sealed class CenterSearch : IDisposable
{
    private readonly PointRows _points;
    private readonly ClusterOptions _options;
    private readonly CenterTable _table;
    private readonly int[] _order;

    public CenterSearch(PointRows points, ClusterOptions options, float[] centers)
    {
        (_points, _options, Centers) = (points, options, centers);
        _table = new CenterTable(points, options.Spherical, options.Clusters);
        _order = new int[points.Count];
        Nearest = new int[points.Count];
        Best = new float[points.Count];
        Second = new float[points.Count];
    }

    /// <summary>The centers, one after another.</summary>
    public float[] Centers { get; private set; }

    /// <summary>The center of each row.</summary>
    public int[] Nearest { get; }

    /// <summary>The scores of each row for its center, as <see cref="CenterTable"/> defines them.</summary>
    public float[] Best { get; }

    /// <summary>The scores for the center after that.</summary>
    public float[] Second { get; }

    /// <summary>The rounds that were made.</summary>
    public int Rounds { get; private set; }

    /// <summary>Goes on until the centers stand still, as the options define it, for at most <paramref name="rounds"/> rounds.</summary>
    public void Run(int rounds)
    {
        double still = _options.Tolerance * _points.Variance;
        var before = new int[_points.Count];
        for (bool moves = true; moves && Rounds < rounds; Rounds++)
        {
            Nearest.CopyTo(before, 0);
            Assign();
            int[] starts = Group();
            float[] centers = Means(starts);
            bool refilled = Refill(starts, centers);
            bool settled = Rounds > 0 && Nearest.AsSpan().SequenceEqual(before);
            moves = refilled || (!settled && Moved(Centers, centers) > still);
            Centers = centers;
        }

        Assign();
    }

    /// <summary>Finds the nearest center of every row.</summary>
    public void Assign()
    {
        _table.Set(Centers);
        _points.ForChunks((start, end) => _table.Nearest([], start, Nearest.AsSpan(start..end), Best.AsSpan(start..end), Second.AsSpan(start..end)));
    }

    /// <summary>The sum of the squared distances of the rows to their centers.</summary>
    public double Inertia()
    {
        var parts = new double[Multiples.RoundUp(_points.Count, PointRows.Chunk) / PointRows.Chunk];
        _points.ForChunks((start, end) =>
        {
            var row = new float[_points.Size];
            for (int id = start; id < end; id++)
            {
                _points.Copy(id, row);
                float distance = TensorPrimitives.Distance<float>(row, Center(Centers, Nearest[id]));
                parts[start / PointRows.Chunk] += (double)distance * distance;
            }
        });
        return parts.Sum();
    }

    public void Dispose() => _table.Dispose();

    /// <summary>Orders the rows by cluster and, in a cluster, by id; returns where each cluster begins and the end of the last.</summary>
    private int[] Group()
    {
        var starts = new int[_options.Clusters + 1];
        foreach (int k in Nearest)
            starts[k + 1]++;
        for (int k = 0; k < _options.Clusters; k++)
            starts[k + 1] += starts[k];
        int[] next = starts[..^1];
        for (int id = 0; id < Nearest.Length; id++)
            _order[next[Nearest[id]]++] = id;
        return starts;
    }

    // One thread adds up the rows of a cluster, in their order, so that the sum does not depend on the number of threads.
    private float[] Means(int[] starts)
    {
        var centers = new float[Centers.Length];
        Parallel.For(0, _options.Clusters, _points.Parallelism, k =>
        {
            Span<float> center = Center(centers, k);
            if (starts[k + 1] == starts[k])
                Center(Centers, k).CopyTo(center);
            else
                Mean(_order.AsSpan(starts[k]..starts[k + 1]), center);
        });
        return centers;
    }

    private void Mean(ReadOnlySpan<int> ids, Span<float> center)
    {
        const int Narrow = 32;
        var (row, part, wide, sum) = (new float[_points.Size], new float[_points.Size], new double[_points.Size], new double[_points.Size]);
        for (int first = 0; first < ids.Length; first += Narrow)
        {
            Array.Clear(part);
            foreach (int id in ids[first..Math.Min(ids.Length, first + Narrow)])
            {
                _points.Copy(id, row);
                TensorPrimitives.Add(part, row, part);
            }

            TensorPrimitives.ConvertChecked<float, double>(part, wide);
            TensorPrimitives.Add(sum, wide, sum);
        }

        for (int d = 0; d < center.Length; d++)
            center[d] = (float)(sum[d] / ids.Length);
        if (_options.Spherical)
            VectorMath.Normalize(center);
    }

    // A center without rows goes to the row that lies farthest from its own. True where there was one.
    private bool Refill(int[] starts, float[] centers)
    {
        int[] empty = [.. Enumerable.Range(0, _options.Clusters).Where(k => starts[k] == starts[k + 1])];
        if (empty.Length == 0)
            return false;
        int[] farthest = [.. Enumerable.Range(0, _points.Count).OrderByDescending(Distance).Take(empty.Length)];
        bool any = false;
        for (int i = 0; i < empty.Length && Distance(farthest[i]) > 1e-6f * _points.Squares[farthest[i]]; i++)
        {
            _points.Copy(farthest[i], Center(centers, empty[i]));
            any = true;
        }

        return any;
    }

    private float Distance(int id) => (_options.Spherical ? 2 : _points.Squares[id]) - 2 * Best[id];

    private double Moved(float[] from, float[] to)
    {
        double sum = 0;
        for (int k = 0; k < _options.Clusters; k++)
        {
            float distance = TensorPrimitives.Distance<float>(Center(from, k), Center(to, k));
            sum += (double)distance * distance;
        }

        return sum;
    }

    private Span<float> Center(float[] centers, int k) => centers.AsSpan(k * _points.Size, _points.Size);
}
