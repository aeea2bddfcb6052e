namespace Word2Vec.Corpora;

/// <summary>
/// The distribution of a step of node2vec, neighbour by neighbour: what <see cref="Walker"/> draws from without looking at all of them. With t the node before, v the current
/// one and x a neighbour of v, the weight of (v, x) is divided by p where x is t, by q where no edge leads from t to x, and stays where one does.
/// </summary>
internal static class SecondOrder
{
    /// <summary>Writes the probability of each neighbour of <paramref name="current"/>, in their order, to <paramref name="probabilities"/>.</summary>
    /// <param name="previous">The node before; −1 on the first step.</param>
    public static void Probabilities(Graph graph, WalkOptions options, int previous, int current, Span<double> probabilities)
    {
        double total = 0;
        for (int i = 0; i < graph.Neighbors(current).Length; i++)
            total += probabilities[i] = Weight(graph, options, previous, current, i);
        for (int i = 0; i < graph.Neighbors(current).Length; i++)
            probabilities[i] /= total;
    }

    /// <summary>The neighbour that <paramref name="bits"/> stand for.</summary>
    public static int Pick(Graph graph, WalkOptions options, int previous, int current, uint bits)
    {
        ReadOnlySpan<int> neighbors = graph.Neighbors(current);
        double total = 0;
        for (int i = 0; i < neighbors.Length; i++)
            total += Weight(graph, options, previous, current, i);
        double left = (bits + 0.5) / 4294967296.0 * total;
        for (int i = 0; i < neighbors.Length - 1; i++)
        {
            left -= Weight(graph, options, previous, current, i);
            if (left < 0)
                return neighbors[i];
        }

        return neighbors[^1];
    }

    /// <summary>The share of the edge to neighbour <paramref name="i"/> in the weights of <paramref name="node"/>.</summary>
    public static double Share(Graph graph, int node, int i)
    {
        ReadOnlySpan<uint> thresholds = graph.Thresholds(node);
        if (thresholds.IsEmpty)
            return 1.0 / graph.Neighbors(node).Length;
        return (thresholds[i] - (i == 0 ? -1.0 : thresholds[i - 1])) / 4294967296.0;
    }

    private static double Weight(Graph graph, WalkOptions options, int previous, int current, int i)
    {
        int next = graph.Neighbors(current)[i];
        double factor = previous < 0 ? 1 : next == previous ? 1 / options.Return : graph.HasEdge(previous, next) ? 1 : 1 / options.Outward;
        return factor * Share(graph, current, i);
    }
}
