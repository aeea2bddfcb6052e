using System.Numerics.Tensors;
using Word2Vec.Numerics;

namespace Word2Vec.Analysis;

/// <summary>
/// Takes centers that few rows need to where they serve more: a center moves to a row where that lowers the sum of the squared distances of a sample.
/// </summary>
/// <remarks>
/// Local search (Lattanzi and Sohler 2019, A Better k-means++ Algorithm via Local Search), on a sample. What a row would gain itself counts only where the sample is all
/// there is: otherwise it says nothing of the rows outside. For the same reason a center is worth at least one row beyond the sample, as far away as the next center.
/// </remarks>
internal sealed class CenterSwaps : IDisposable
{
    private const int FewestCandidates = 16, MostCandidates = 1024, CentersOfCandidate = 12;

    // A sample says only about how much there is to gain or to lose, and what is left after rounding is nothing.
    private const double Margin = 2, Noise = 1e-6;

    // Of the row beyond the sample only so much counts, because a candidate gains less than the mean that it will become.
    private const double Beyond = 0.125;

    private readonly PointRows _points;
    private readonly ClusterOptions _options;
    private readonly CenterTable _table;
    private readonly int _count;
    private readonly float[] _candidates;

    public CenterSwaps(PointRows points, ClusterOptions options)
    {
        (_points, _options) = (points, options);
        _count = Math.Clamp(options.Clusters / CentersOfCandidate, FewestCandidates, MostCandidates);
        _table = new CenterTable(points, options.Spherical, _count);
        _candidates = new float[_count * points.Size];
    }

    /// <summary>
    /// Finds which of <paramref name="centers"/> are better off at a row of <paramref name="batch"/>, whose rows have the nearest of them; the draws are those behind
    /// <paramref name="key"/>.
    /// </summary>
    public List<(int Center, int Row)> Find(CenterBatch batch, float[] centers, DrawKey key)
    {
        int[] places = new int[_count];
        for (int i = 0; i < places.Length; i++)
        {
            places[i] = (int)CounterRandom.Below(key.Draw(i), (uint)batch.Ids.Length);
            _points.Copy(batch.Ids[places[i]], _candidates.AsSpan(i * _points.Size, _points.Size));
        }

        (int[] heirs, double[] losses) = Losses(batch, centers);
        double[] gains = Gains(batch, places);
        double least = Noise * batch.Ids.Sum(id => (double)_points.Squares[id]);
        int[] order = [.. Enumerable.Range(0, losses.Length).OrderBy(k => losses[k])];
        var swaps = new List<(int, int)>();
        var (staying, gone) = (new HashSet<int>(), new HashSet<int>());
        int next = 0;
        foreach (int i in Enumerable.Range(0, places.Length).OrderByDescending(i => gains[i]))
        {
            // Two rows of one cluster would each gain what the other has gained.
            int cluster = batch.Nearest[places[i]];
            if (gone.Contains(cluster) || !staying.Add(cluster))
                continue;
            // What a center loses is reckoned with its heir where it is.
            while (next < order.Length && (staying.Contains(order[next]) || gone.Contains(heirs[order[next]])))
                next++;
            if (next == order.Length || !(gains[i] > Margin * losses[order[next]] + least))
                break;
            int center = order[next++];
            gone.Add(center);
            staying.Add(heirs[center]);
            swaps.Add((center, batch.Ids[places[i]]));
        }

        return swaps;
    }

    public void Dispose() => _table.Dispose();

    // How much less the squared distances are with a center at each candidate, in halves.
    private double[] Gains(CenterBatch batch, int[] places)
    {
        _table.Set(_candidates);
        var parts = new double[Multiples.RoundUp(batch.Ids.Length, PointRows.Chunk) / PointRows.Chunk][];
        Parallel.For(0, parts.Length, _points.Parallelism, chunk =>
        {
            int start = chunk * PointRows.Chunk, count = Math.Min(batch.Ids.Length - start, PointRows.Chunk);
            double[] sums = parts[chunk] = new double[places.Length];
            _table.Scores(batch.Ids.AsSpan(start, count), 0, count, (place, scores) =>
            {
                int id = batch.Ids[start + place];
                for (int i = 0; i < sums.Length; i++)
                    sums[i] += id == batch.Ids[places[i]] && !batch.IsAll ? 0 : Math.Max(0, scores[i] - batch.Best[start + place]);
            });
        });
        var gains = new double[places.Length];
        foreach (double[] part in parts)
            TensorPrimitives.Add(gains, part, gains);
        // Where directions are compared, a row of zeros has none.
        for (int i = 0; i < gains.Length; i++)
            gains[i] = _points.Squares[batch.Ids[places[i]]] > 0 || !_options.Spherical ? gains[i] : 0;
        return gains;
    }

    // The center next to each, which its rows would go to, and how much more the squared distances would be without it, in halves.
    private (int[] Heirs, double[] Losses) Losses(CenterBatch batch, float[] centers)
    {
        int size = _points.Size, clusters = _options.Clusters;
        var (heirs, losses) = (new int[clusters], new double[clusters]);
        Parallel.For(0, clusters, _points.Parallelism, k =>
        {
            float least = float.PositiveInfinity;
            for (int other = 0; other < clusters; other++)
            {
                float distance = other == k ? float.PositiveInfinity : TensorPrimitives.Distance<float>(centers.AsSpan(k * size, size), centers.AsSpan(other * size, size));
                if (distance < least)
                    (least, heirs[k]) = (distance, other);
            }

            losses[k] = batch.IsAll ? 0 : Beyond * 0.5 * least * least * batch.Ids.Length / _points.Count;
        });
        var found = new double[clusters];
        for (int i = 0; i < batch.Nearest.Length; i++)
            found[batch.Nearest[i]] += batch.Best[i] - batch.Second[i];
        TensorPrimitives.Max(losses, found, losses);
        return (heirs, losses);
    }
}
