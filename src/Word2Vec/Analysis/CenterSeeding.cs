using Word2Vec.Numerics;

namespace Word2Vec.Analysis;

/// <summary>
/// The first centers: k-means++ in its greedy form. Each center is a row, drawn with a chance in proportion to the square of its distance to the nearest
/// center so far; of a few drawn rows the one is taken that leaves the smallest sum of squares.
/// </summary>
/// <remarks>Arthur and Vassilvitskii 2007, k-means++: The Advantages of Careful Seeding, sections 2.2 and 7.</remarks>
internal sealed class CenterSeeding
{
    private const double Inverse = 1.0 / (1L << 32);

    private readonly PointRows _points;
    private readonly ClusterOptions _options;
    private readonly DrawKey _key;
    private readonly int _candidates;
    private readonly float[] _distances;
    private readonly double[] _chunks;
    private readonly float[] _scores;
    private long _draws;

    private CenterSeeding(PointRows points, ClusterOptions options, int start)
    {
        (_points, _options, _key) = (points, options, DrawKey.From(options.Seed, start, CenterDraws.Seeding));
        _candidates = Math.Min(2 + (int)Math.Log(options.Clusters), points.Count);
        _distances = new float[points.Count];
        _chunks = new double[Multiples.RoundUp(points.Count, PointRows.Chunk) / PointRows.Chunk];
        _scores = new float[(long)points.Count * _candidates];
    }

    /// <summary>
    /// Draws the centers of start number <paramref name="start"/>, one after another; <paramref name="report"/> gets the stage, how many are drawn and how many there will be.
    /// </summary>
    public static float[] Draw(PointRows points, ClusterOptions options, int start, Action<string, int, int> report) =>
        new CenterSeeding(points, options, start).Draw(report);

    private float[] Draw(Action<string, int, int> report)
    {
        int size = _points.Size;
        var centers = new float[(long)_options.Clusters * size];
        Array.Fill(_distances, float.PositiveInfinity);
        int first = (int)CounterRandom.Below(_key.Draw(_draws++), (uint)_points.Count);
        Take([first]).CopyTo(centers, 0);
        for (int k = 1; k < _options.Clusters; k++)
        {
            int[] ids = new int[_candidates];
            for (int i = 0; i < ids.Length; i++)
                ids[i] = DrawRow();
            Take(ids).CopyTo(centers, k * size);
            report("seeding", k + 1, _options.Clusters);
        }

        return centers;
    }

    // Measures the rows from the candidates, takes the best of these as a center and returns it.
    private float[] Take(int[] ids)
    {
        int size = _points.Size;
        var candidates = new float[ids.Length * size];
        for (int i = 0; i < ids.Length; i++)
            _points.Copy(ids[i], candidates.AsSpan(i * size, size));
        var sums = new double[_chunks.Length][];
        using (var table = new CenterTable(_points, _options.Spherical, ids.Length))
        {
            table.Set(candidates);
            _points.ForChunks((start, end) => sums[start / PointRows.Chunk] = Measure(table, candidates, ids.Length, start, end));
        }

        int best = Enumerable.Range(0, ids.Length).MinBy(i => sums.Sum(chunk => chunk[i]));
        _points.ForChunks((start, end) =>
        {
            for (int id = start; id < end; id++)
                _distances[id] = _scores[(long)id * _candidates + best];
        });
        for (int chunk = 0; chunk < sums.Length; chunk++)
            _chunks[chunk] = sums[chunk][best];
        return candidates[(best * size)..((best + 1) * size)];
    }

    // What each row's squared distance to the nearest center would be with each candidate, and the sums over the chunk.
    private double[] Measure(CenterTable table, float[] candidates, int count, int start, int end)
    {
        int size = _points.Size;
        float[] squares = [.. Enumerable.Range(0, count).Select(i => VectorMath.Dot(candidates.AsSpan(i * size, size), candidates.AsSpan(i * size, size)))];
        var sums = new double[count];
        table.Scores([], start, end - start, (place, scores) =>
        {
            int id = start + place;
            float square = _points.Squares[id], before = _distances[id];
            for (int i = 0; i < count; i++)
            {
                float distance = Math.Min(before, Distance(square, squares[i], scores[i] - (_options.Spherical ? squares[i] / 2 : 0)));
                _scores[(long)id * _candidates + i] = distance;
                sums[i] += distance;
            }
        });
        return sums;
    }

    // What is left of equal rows after rounding is no distance.
    private static float Distance(float square, float center, float score)
    {
        float distance = square - 2 * score;
        return distance > 1e-6f * (square + center) ? distance : 0;
    }

    private int DrawRow()
    {
        double total = _chunks.Sum();
        uint bits = _key.Draw(_draws++), finer = _key.Draw(_draws++);
        if (total <= 0)
            return (int)CounterRandom.Below(bits, (uint)_points.Count);
        double left = total * (bits + finer * Inverse) * Inverse;
        int chunk = 0;
        while (chunk < _chunks.Length - 1 && left >= _chunks[chunk])
            left -= _chunks[chunk++];
        int id = chunk * PointRows.Chunk, end = Math.Min(_points.Count, id + PointRows.Chunk), last = id;
        for (; id < end && left >= 0; id++)
        {
            if (_distances[id] > 0)
                last = id;
            left -= _distances[id];
        }

        return last;
    }
}
