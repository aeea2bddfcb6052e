using Word2Vec.Numerics;

namespace Word2Vec.Analysis;

/// <summary>Rows drawn at random, with their nearest centers.</summary>
internal sealed class CenterBatch : IDisposable
{
    private readonly PointRows _points;
    private readonly CenterTable _table;

    /// <summary>Makes room for <paramref name="count"/> rows, or for all where there are not so many.</summary>
    public CenterBatch(PointRows points, ClusterOptions options, long count)
    {
        count = Math.Min(count, points.Count);
        _points = points;
        _table = new CenterTable(points, options.Spherical, options.Clusters);
        (Ids, Nearest, Best, Second) = (new int[count], new int[count], new float[count], new float[count]);
    }

    /// <summary>The rows.</summary>
    public int[] Ids { get; }

    /// <summary>Whether every row is in it, once.</summary>
    public bool IsAll => Ids.Length == _points.Count;

    /// <summary>The center of each row.</summary>
    public int[] Nearest { get; }

    /// <summary>The scores of each row for its center, as <see cref="CenterTable"/> defines them.</summary>
    public float[] Best { get; }

    /// <summary>The scores for the center after that.</summary>
    public float[] Second { get; }

    /// <summary>Draws the rows of batch <paramref name="number"/>, or takes all that there are, and finds their centers among <paramref name="centers"/>.</summary>
    public void Draw(DrawKey key, int number, float[] centers)
    {
        for (int i = 0; i < Ids.Length; i++)
            Ids[i] = IsAll ? i : (int)CounterRandom.Below(key.Draw((long)number * Ids.Length + i), (uint)_points.Count);
        _table.Set(centers);
        Parallel.For(0, Multiples.RoundUp(Ids.Length, PointRows.Chunk) / PointRows.Chunk, _points.Parallelism, chunk =>
        {
            Range range = (chunk * PointRows.Chunk)..Math.Min(Ids.Length, (chunk + 1) * PointRows.Chunk);
            _table.Nearest(Ids.AsSpan(range), 0, Nearest.AsSpan(range), Best.AsSpan(range), Second.AsSpan(range));
        });
    }

    public void Dispose() => _table.Dispose();
}
