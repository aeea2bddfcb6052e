using System.Numerics.Tensors;
using Word2Vec.Numerics;

namespace Word2Vec.Analysis;

/// <summary>
/// How much each point belongs to its neighbours: p(j|i) ∝ exp(−β_i · |x_i − x_j|²) with the β_i that makes the perplexity of the
/// neighbours, 2 to the power of their entropy, a given number (van der Maaten and Hinton: Visualizing data using t-SNE, JMLR 2008, section
/// 2).
/// </summary>
internal static class Affinities
{
    private const int MostSteps = 100, Chunk = 256;
    private const double Tolerance = 1e-6;

    /// <summary>The symmetric affinities (p(j|i) + p(i|j)) / 2n, whose sum is 1.</summary>
    public static NeighborGraph Of(NeighborLists lists, double perplexity, ParallelOptions parallelism)
    {
        var weights = new float[lists.Squares.Length];
        float share = 1f / (2 * Math.Max(1, lists.Count));
        Parallel.For(0, Multiples.RoundUp(lists.Count, Chunk) / Chunk, parallelism, chunk =>
        {
            var squares = new double[lists.Size];
            var shares = new double[lists.Size];
            for (int id = chunk * Chunk; id < Math.Min(lists.Count, (chunk + 1) * Chunk); id++)
            {
                TensorPrimitives.ConvertChecked<float, double>(lists.Squares.AsSpan(id * lists.Size, lists.Size), squares);
                Row(squares, perplexity, shares);
                TensorPrimitives.ConvertChecked<double, float>(shares, weights.AsSpan(id * lists.Size, lists.Size));
            }
        });
        return NeighborGraph.Symmetric(lists, weights, (a, b) => (a + b) * share);
    }

    /// <summary>
    /// Writes p(j|i) for neighbours at the distances whose squares are given, the nearest first, to <paramref name="shares"/>.
    /// </summary>
    internal static void Row(double[] squares, double perplexity, double[] shares)
    {
        // Only differences count: without the nearest one's distance no exponential is too small.
        TensorPrimitives.Subtract(squares, squares[0], squares);
        double target = Math.Log(perplexity), mean = TensorPrimitives.Sum<double>(squares) / squares.Length;
        double beta = mean > 0 ? 1 / mean : 1, least = 0, most = double.PositiveInfinity;
        for (int step = 0; step < MostSteps; step++)
        {
            TensorPrimitives.Multiply(squares, -beta, shares);
            TensorPrimitives.Exp<double>(shares, shares);
            double sum = TensorPrimitives.Sum<double>(shares);
            double entropy = Math.Log(sum) + beta * TensorPrimitives.Dot<double>(squares, shares) / sum;
            TensorPrimitives.Divide(shares, sum, shares);
            // Among equally far neighbours no β makes a difference.
            if (Math.Abs(entropy - target) < Tolerance || mean == 0)
                return;
            if (entropy > target)
                least = beta;
            else
                most = beta;
            beta = double.IsInfinity(most) ? beta * 2 : (least + most) / 2;
        }
    }
}
