using System.Numerics.Tensors;
using Word2Vec.Numerics;

namespace Word2Vec.Analysis;

/// <summary>Lloyd's rounds: every row goes to its nearest center, then every center to the mean of its rows.</summary>
/// <remarks>
/// A row is looked at again only when the centers have moved so far that another one may be nearer by now (Hamerly 2010, Making k-means Even Faster, with
/// one bound a row), and where few rows have changed their center, the sums follow these rows alone.
/// </remarks>
internal sealed class CenterSearch : IDisposable
{
    private readonly PointRows _points;
    private readonly ClusterOptions _options;
    private readonly CenterTable _table;
    private readonly RowGroups _groups;
    private readonly float[] _gaps;
    private readonly double[] _sums;
    private readonly int[] _sizes;

    public CenterSearch(PointRows points, ClusterOptions options, float[] centers)
    {
        (_points, _options, Centers) = (points, options, centers);
        _table = new CenterTable(points, options.Spherical, options.Clusters);
        _groups = new RowGroups(options.Clusters);
        _gaps = new float[points.Count];
        _sums = new double[centers.Length];
        _sizes = new int[options.Clusters];
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

    /// <summary>
    /// Goes on until the centers stand still, as the options define it, for at most <paramref name="rounds"/> rounds; <paramref name="report"/> gets the stage and the
    /// rounds that are done, whose number is not known (0).
    /// </summary>
    public void Run(int rounds, Action<string, int, int> report)
    {
        double still = _options.Tolerance * _points.Variance;
        var before = new int[_points.Count];
        var moved = new float[_options.Clusters];
        for (bool moves = true; moves && Rounds < rounds; Rounds++)
        {
            Nearest.CopyTo(before, 0);
            if (Rounds == 0)
                Assign();
            else
                AssignMoved(moved);
            int changed = Changed(before);
            if (Rounds == 0 || changed > _points.Count / 8 || _sizes.Contains(0))
                Sum();
            else
                Follow(before);
            float[] centers = Means();
            bool refilled = Refill(centers);
            double movement = Move(centers, moved);
            moves = refilled || ((Rounds == 0 || changed > 0) && movement > still);
            report("rounds", Rounds + 1, 0);
        }

        Assign();
    }

    /// <summary>Finds the nearest center of every row.</summary>
    private void Assign()
    {
        _table.Set(Centers);
        _points.ForChunks((start, end) =>
        {
            _table.Nearest([], start, Nearest.AsSpan(start..end), Best.AsSpan(start..end), Second.AsSpan(start..end));
            for (int id = start; id < end; id++)
                _gaps[id] = Gap(id, Best[id], Second[id]);
        });
    }

    // A row's distance to its center grows by no more than the center has moved, and no other one shrinks by more than the farthest movement.
    private void AssignMoved(float[] moved)
    {
        _table.Set(Centers);
        float farthest = moved.Max();
        _points.ForChunks((start, end) =>
        {
            int[] ids = new int[end - start];
            int count = 0;
            for (int id = start; id < end; id++)
            {
                _gaps[id] -= moved[Nearest[id]] + farthest;
                if (!(_gaps[id] > 0))
                    ids[count++] = id;
            }

            var (nearest, best, second) = (new int[count], new float[count], new float[count]);
            _table.Nearest(ids.AsSpan(0, count), 0, nearest, best, second);
            for (int i = 0; i < count; i++)
            {
                int id = ids[i];
                (Nearest[id], Best[id], Second[id]) = (nearest[i], best[i], second[i]);
                _gaps[id] = Gap(id, best[i], second[i]);
            }
        });
    }

    // How much nearer the center is than the next one, less what rounding may have added.
    private float Gap(int id, float best, float second)
    {
        const double Noise = 1e-5;
        double square = _options.Spherical ? 2 : _points.Squares[id], own = square - 2 * best, other = square - 2 * second;
        return (float)(Math.Sqrt(Math.Max(0, other - Noise * (other + square))) - Math.Sqrt(Math.Max(0, own + Noise * (own + square))));
    }

    /// <summary>Centers that have rows.</summary>
    public int Found()
    {
        var hasRows = new bool[_options.Clusters];
        foreach (int center in Nearest)
            hasRows[center] = true;
        return hasRows.Count(has => has);
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

    // One thread adds up the rows of a cluster, in the order of their ids, so that the sum does not depend on the number of threads.
    private void Sum()
    {
        _groups.Sort(Nearest);
        Parallel.For(0, _options.Clusters, _points.Parallelism, k =>
        {
            _sizes[k] = _groups[k].Length;
            _points.Sum(_groups[k], _sums.AsSpan(k * _points.Size, _points.Size));
        });
    }

    // Takes the rows that have changed their center from one sum to the other, in the order of their ids.
    private void Follow(int[] before)
    {
        var (row, wide) = (new float[_points.Size], new double[_points.Size]);
        for (int id = 0; id < before.Length; id++)
        {
            if (Nearest[id] == before[id])
                continue;
            _points.Copy(id, row);
            TensorPrimitives.ConvertChecked<float, double>(row, wide);
            Span<double> from = _sums.AsSpan(before[id] * _points.Size, _points.Size), to = _sums.AsSpan(Nearest[id] * _points.Size, _points.Size);
            TensorPrimitives.Subtract(from, wide, from);
            TensorPrimitives.Add(to, wide, to);
            _sizes[before[id]]--;
            _sizes[Nearest[id]]++;
        }
    }

    private int Changed(int[] before)
    {
        int changed = 0;
        for (int id = 0; id < before.Length; id++)
            changed += Nearest[id] == before[id] ? 0 : 1;
        return changed;
    }

    // A center without rows stays where it is.
    private float[] Means()
    {
        float[] centers = [.. Centers];
        for (int k = 0; k < _options.Clusters; k++)
        {
            Span<float> center = Center(centers, k);
            for (int d = 0; d < center.Length && _sizes[k] > 0; d++)
                center[d] = (float)(_sums[k * _points.Size + d] / _sizes[k]);
            if (_options.Spherical)
                VectorMath.Normalize(center);
        }

        return centers;
    }

    // A center without rows goes to the row that lies farthest from its own. True where there was one.
    private bool Refill(float[] centers)
    {
        int[] empty = [.. Enumerable.Range(0, _options.Clusters).Where(k => _sizes[k] == 0)];
        if (empty.Length == 0)
            return false;
        Assign();
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

    // Takes the new centers; how far each has moved goes to moved, rounded up, and the sum of the squares is returned.
    private double Move(float[] centers, float[] moved)
    {
        double sum = 0;
        for (int k = 0; k < _options.Clusters; k++)
        {
            float distance = TensorPrimitives.Distance<float>(Center(Centers, k), Center(centers, k));
            moved[k] = distance * 1.001f;
            sum += (double)distance * distance;
        }

        Centers = centers;
        return sum;
    }

    private Span<float> Center(float[] centers, int k) => centers.AsSpan(k * _points.Size, _points.Size);
}
