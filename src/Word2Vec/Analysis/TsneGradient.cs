using System.Numerics;
using System.Runtime.CompilerServices;
using Word2Vec.Numerics;

namespace Word2Vec.Analysis;

/// <summary>
/// The gradient of t-SNE's loss, the Kullback–Leibler divergence Σ p_ij · ln(p_ij / q_ij) with q_ij = w_ij / Σ w and w_ij = 1 / (1 + |y_i −
/// y_j|²), by a point: 4 · Σ_j (p_ij − q_ij) · w_ij · (y_i − y_j). Attraction is a sum over neighbours, repulsion one over all points.
/// </summary>
internal sealed class TsneGradient : IDisposable
{
    private const int Chunk = 256, Block = 512;
    // Up to about here comparing all pairs is faster than the transforms of a grid.
    private const int DirectUpTo = 2500;

    private readonly NeighborGraph _affinities;
    private readonly ParallelOptions _parallelism;
    private readonly IRepulsion _repulsion;
    private readonly MapPoints _repelled;
    private readonly double[] _losses;

    public TsneGradient(NeighborGraph affinities, int dimensions, ParallelOptions parallelism, IRepulsion? repulsion = null)
    {
        (_affinities, _parallelism) = (affinities, parallelism);
        _repulsion = repulsion
            ?? (dimensions == 2 && affinities.Count > DirectUpTo ? new GridRepulsion(parallelism) : new DirectRepulsion(parallelism));
        _repelled = new MapPoints(affinities.Count, dimensions);
        _losses = new double[Multiples.RoundUp(affinities.Count, Chunk) / Chunk];
    }

    /// <summary>
    /// Writes the gradient at <paramref name="points"/>, with attraction multiplied by <paramref name="exaggeration"/>. Returns the loss,
    /// without that factor, where it is <paramref name="measured"/>, otherwise NaN.
    /// </summary>
    public double Compute(MapPoints points, MapPoints gradient, float exaggeration, bool measured)
    {
        double total = _repulsion.Compute(points, _repelled);
        float repulsion = (float)(4 / total);
        Parallel.For(0, _losses.Length, _parallelism, chunk =>
        {
            var work = new float[4 * Block];
            double loss = 0;
            Span<float> pull = stackalloc float[points.Dimensions];
            for (int id = chunk * Chunk; id < Math.Min(points.Count, (chunk + 1) * Chunk); id++)
            {
                loss += Attract(points, id, work, pull, measured);
                for (int d = 0; d < pull.Length; d++)
                    gradient[d][id] = 4 * exaggeration * pull[d] - repulsion * _repelled[d][id];
            }

            _losses[chunk] = loss;
        });
        return measured ? _losses.Sum() + Math.Log(total) : double.NaN;
    }

    public void Dispose() => _repulsion.Dispose();

    // Σ_j p_ij · w_ij · (y_i − y_j), and what the point adds to the loss before the sum of all w: Σ_j p_ij · ln(p_ij / w_ij).
    private double Attract(MapPoints points, int id, float[] work, Span<float> pull, bool measured)
    {
        double loss = 0;
        pull.Clear();
        for (int first = _affinities.Offsets[id], end = _affinities.Offsets[id + 1]; first < end; first += Block)
        {
            int count = Math.Min(Block, end - first);
            ReadOnlySpan<int> neighbors = _affinities.Neighbors.AsSpan(first, count);
            ReadOnlySpan<float> affinities = _affinities.Weights.AsSpan(first, count);
            for (int d = 0; d < pull.Length; d++)
                Gather(points[d], neighbors, work.AsSpan((d + 1) * Block, count));
            // What fills up the last register is drawn by nothing.
            affinities.CopyTo(work);
            work.AsSpan(count, Multiples.RoundUp(count, Vector<float>.Count) - count).Clear();
            if (measured)
                loss += Loss(affinities, points, id, work);
            Pull(points, id, work, count, pull);
        }

        return loss;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Gather(float[] axis, ReadOnlySpan<int> neighbors, Span<float> target)
    {
        for (int i = 0; i < neighbors.Length; i++)
            target[i] = axis[neighbors[i]];
    }

    // A third axis that is not there lies at 0 for all points.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pull(MapPoints points, int id, float[] work, int count, Span<float> pull)
    {
        Vector<float> x = new(points[0][id]), y = new(pull.Length > 1 ? points[1][id] : 0), z = new(pull.Length > 2 ? points[2][id] : 0);
        Vector<float> toX = default, toY = default, toZ = default;
        for (int i = 0; i < count; i += Vector<float>.Count)
        {
            Vector<float> dx = x - new Vector<float>(work, Block + i), dy = y - new Vector<float>(work, 2 * Block + i);
            Vector<float> dz = z - new Vector<float>(work, 3 * Block + i);
            Vector<float> drawn = new Vector<float>(work, i) / (Vector<float>.One + dx * dx + dy * dy + dz * dz);
            toX += drawn * dx;
            toY += drawn * dy;
            toZ += drawn * dz;
        }

        pull[0] += Vector.Sum(toX);
        if (pull.Length > 1)
            pull[1] += Vector.Sum(toY);
        if (pull.Length > 2)
            pull[2] += Vector.Sum(toZ);
    }

    private static double Loss(ReadOnlySpan<float> affinities, MapPoints points, int id, float[] work)
    {
        double loss = 0;
        for (int i = 0; i < affinities.Length; i++)
        {
            double square = 0;
            for (int d = 0; d < points.Dimensions; d++)
                square += Math.Pow((double)points[d][id] - work[(d + 1) * Block + i], 2);
            loss += affinities[i] > 0 ? affinities[i] * Math.Log(affinities[i] * (1 + square)) : 0;
        }

        return loss;
    }
}
