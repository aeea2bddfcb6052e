using Word2Vec.Numerics;

namespace Word2Vec.Analysis;

/// <summary>
/// The graph that UMAP lays out: a neighbour at the distance d belongs to a point with the weight exp(−(d − ρ) / σ), where ρ is the
/// distance of the nearest one and σ makes the sum of the weights the logarithm, to the base of 2, of the number of neighbours; two points
/// belong together where one of both sees it so: a + b − ab (McInnes, Healy, Melville: UMAP, arXiv 1802.03426, section 3.1).
/// </summary>
internal static class FuzzyGraph
{
    private const int MostSteps = 64, Chunk = 512;
    private const double Tolerance = 1e-5, LeastScale = 1e-3;

    /// <summary>
    /// Makes the graph of lists that hold one neighbour fewer than <paramref name="neighbors"/>: a point is its own first one.
    /// </summary>
    public static NeighborGraph Of(NeighborLists lists, int neighbors, ParallelOptions parallelism)
    {
        var weights = new float[lists.Squares.Length];
        double mean = lists.Squares.Sum(square => Math.Sqrt(square)) / Math.Max(1, weights.Length), target = Math.Log2(neighbors);
        Parallel.For(0, Multiples.RoundUp(lists.Count, Chunk) / Chunk, parallelism, chunk =>
        {
            for (int id = chunk * Chunk; id < Math.Min(lists.Count, (chunk + 1) * Chunk); id++)
            {
                double[] distances = Array.ConvertAll(lists.Squares[(id * lists.Size)..((id + 1) * lists.Size)], square => Math.Sqrt(square));
                double nearest = distances.FirstOrDefault(distance => distance > 0);
                double scale = Scale(distances, nearest, target, mean);
                for (int i = 0; i < distances.Length; i++)
                    weights[id * lists.Size + i] = Weight(distances[i] - nearest, scale);
            }
        });
        return NeighborGraph.Symmetric(lists, weights, (a, b) => a + b - a * b);
    }

    private static float Weight(double distance, double scale) => distance <= 0 || scale == 0 ? 1 : (float)Math.Exp(-distance / scale);

    private static double Scale(double[] distances, double nearest, double target, double mean)
    {
        double low = 0, high = double.PositiveInfinity, scale = 1;
        for (int step = 0; step < MostSteps; step++)
        {
            double sum = distances.Sum(distance => Weight(distance - nearest, scale));
            if (Math.Abs(sum - target) < Tolerance)
                break;
            if (sum > target)
                high = scale;
            else
                low = scale;
            scale = double.IsInfinity(high) ? scale * 2 : (low + high) / 2;
        }

        return Math.Max(scale, LeastScale * (nearest > 0 ? distances.Average() : mean));
    }
}
