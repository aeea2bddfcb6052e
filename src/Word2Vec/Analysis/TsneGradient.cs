using System.Numerics.Tensors;
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
        _repulsion = repulsion ?? (dimensions == 2 && affinities.Count > DirectUpTo ? new GridRepulsion(parallelism) : new DirectRepulsion(parallelism));
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
            var work = new float[(points.Dimensions + 1) * Block];
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
            Span<float> squares = work.AsSpan(0, count);
            squares.Fill(1);
            for (int d = 0; d < pull.Length; d++)
            {
                Span<float> apart = work.AsSpan((d + 1) * Block, count);
                Gather(points[d], neighbors, apart);
                TensorPrimitives.Subtract(points[d][id], apart, apart);
                TensorPrimitives.MultiplyAddEstimate(apart, apart, squares, squares);
            }

            if (measured)
                loss += Loss(affinities, squares);
            TensorPrimitives.Divide(affinities, squares, squares);
            for (int d = 0; d < pull.Length; d++)
                pull[d] += TensorPrimitives.Dot<float>(squares, work.AsSpan((d + 1) * Block, count));
        }

        return loss;
    }

    private static void Gather(float[] axis, ReadOnlySpan<int> neighbors, Span<float> target)
    {
        for (int i = 0; i < neighbors.Length; i++)
            target[i] = axis[neighbors[i]];
    }

    private static double Loss(ReadOnlySpan<float> affinities, ReadOnlySpan<float> oneAndSquares)
    {
        double loss = 0;
        for (int i = 0; i < affinities.Length; i++)
            loss += affinities[i] > 0 ? affinities[i] * Math.Log((double)affinities[i] * oneAndSquares[i]) : 0;
        return loss;
    }
}
