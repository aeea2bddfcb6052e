using Word2Vec.Numerics;

namespace Word2Vec.Analysis;

/// <summary>
/// Takes centers that few rows need to where they serve more: a center moves to a row where that lowers the sum of the squared distances of a sample.
/// </summary>
/// <remarks>
/// Local search (Lattanzi and Sohler 2019, A Better k-means++ Algorithm via Local Search), on a sample; a row's own distance does not count as gained, because
/// it says nothing of the rows outside it.
/// </remarks>
internal sealed unsafe class CenterSwaps : IDisposable
{
    private const int FewestCandidates = 16, CentersOfCandidate = 12, TileRows = 48;

    // A sample says only about how much there is to gain or to lose, and what is left after rounding is nothing.
    private const double Margin = 2, Noise = 1e-6;

    private readonly PointRows _points;
    private readonly ClusterOptions _options;
    private readonly CenterTable _table;
    private readonly float[] _candidates;

    public CenterSwaps(PointRows points, ClusterOptions options)
    {
        (_points, _options) = (points, options);
        int candidates = Math.Max(FewestCandidates, options.Clusters / CentersOfCandidate);
        _table = new CenterTable(points, options.Spherical, candidates);
        _candidates = new float[candidates * points.Size];
    }

    /// <summary>Finds centers that are better off at a row of <paramref name="batch"/>; the draws are those behind <paramref name="key"/>.</summary>
    public List<(int Center, int Row)> Find(CenterBatch batch, DrawKey key)
    {
        (int[] ids, int[] nearest) = (batch.Ids, batch.Nearest);
        int[] places = new int[_candidates.Length / _points.Size];
        for (int i = 0; i < places.Length; i++)
        {
            places[i] = (int)CounterRandom.Below(key.Draw(i), (uint)ids.Length);
            _points.Copy(ids[places[i]], _candidates.AsSpan(i * _points.Size, _points.Size));
        }

        double[] gains = Gains(ids, places, batch.Best), losses = Losses(batch);
        double least = Noise * ids.Sum(id => (double)_points.Squares[id]);
        int[] centers = [.. Enumerable.Range(0, losses.Length).OrderBy(k => losses[k])];
        var swaps = new List<(int, int)>();
        var busy = new HashSet<int>();
        int next = 0;
        foreach (int i in Enumerable.Range(0, places.Length).OrderByDescending(i => gains[i]))
        {
            // Two rows of one cluster would each gain what the other has gained.
            if (!busy.Add(nearest[places[i]]))
                continue;
            while (next < centers.Length && busy.Contains(centers[next]))
                next++;
            if (next == centers.Length || !(gains[i] > Margin * losses[centers[next]] + least))
                break;
            busy.Add(centers[next]);
            swaps.Add((centers[next++], ids[places[i]]));
        }

        return swaps;
    }

    public void Dispose() => _table.Dispose();

    // How much less the squared distances of the others are with a center at each candidate, in halves.
    private double[] Gains(int[] ids, int[] places, float[] best)
    {
        _table.Set(_candidates);
        var parts = new double[Multiples.RoundUp(ids.Length, PointRows.Chunk) / PointRows.Chunk][];
        Parallel.For(0, parts.Length, _points.Parallelism, chunk =>
        {
            int columns = _table.ScoreColumns, start = chunk * PointRows.Chunk, end = Math.Min(ids.Length, start + PointRows.Chunk);
            using var memory = new ScratchMemory(sizeof(float) * (long)TileRows * (_points.Size + 1 + columns), 2);
            float* scores = (float*)memory.Take(sizeof(float) * (long)TileRows * columns), scratch = (float*)memory.Take(sizeof(float) * (long)TileRows * (_points.Size + 1));
            double[] sums = parts[chunk] = new double[places.Length];
            for (int first = start; first < end; first += TileRows)
            {
                int rows = Math.Min(TileRows, end - first);
                _table.Scores(ids.AsSpan(first, rows), 0, rows, scores, scratch);
                for (int row = 0; row < rows; row++)
                {
                    for (int i = 0; i < sums.Length; i++)
                        sums[i] += ids[first + row] == ids[places[i]] ? 0 : Math.Max(0, scores[row * columns + i] - best[first + row]);
                }
            }
        });
        return [.. Enumerable.Range(0, places.Length).Select(i => parts.Sum(part => part[i]))];
    }

    // How much more they would be without each center, in halves.
    private double[] Losses(CenterBatch batch)
    {
        var losses = new double[_options.Clusters];
        for (int i = 0; i < batch.Nearest.Length; i++)
            losses[batch.Nearest[i]] += batch.Best[i] - batch.Second[i];
        return losses;
    }
}
