using Word2Vec.Numerics;

namespace Word2Vec.Corpora;

/// <summary>Takes edges out of a graph without taking its parts apart.</summary>
internal static class GraphSplit
{
    // Walks have the indexes from 0 on.
    private const int OrderKey = -2;

    /// <summary>
    /// Goes through the edges in a drawn order: those that connect what the ones before left apart are a spanning forest and stay, the first others go.
    /// </summary>
    public static (Graph Kept, IReadOnlyList<(int From, int To)> HeldOut) HoldOut(Graph graph, double share, ulong seed)
    {
        long wanted = (long)Math.Round(share * graph.EdgeCount);
        (int From, int To)[] edges = [.. Edges(graph)];
        var (parents, heldOut, taken) = (Parents(graph.NodeCount), new List<(int, int)>(), new HashSet<long>());
        foreach (int edge in DrawnOrder.Of(edges.Length, DrawKey.From(seed, 0, OrderKey)))
        {
            (int from, int to) = edges[edge];
            if (Join(parents, from, to) || from == to || heldOut.Count >= wanted)
                continue;
            heldOut.Add((from, to));
            taken.Add(Pair(from, to));
            if (!graph.IsDirected)
                taken.Add(Pair(to, from));
        }

        return (Without(graph, taken), heldOut);
    }

    /// <summary>All edges; an undirected one, which stands with both of its nodes, comes once.</summary>
    public static IEnumerable<(int From, int To)> Edges(Graph graph)
    {
        for (int node = 0; node < graph.NodeCount; node++)
        {
            for (int i = graph.Offsets[node]; i < graph.Offsets[node + 1]; i++)
            {
                if (graph.IsDirected || node <= graph.Targets[i])
                    yield return (node, graph.Targets[i]);
            }
        }
    }

    private static long Pair(int from, int to) => ((long)from << 32) | (uint)to;

    private static int[] Parents(int count)
    {
        var parents = new int[count];
        for (int node = 0; node < count; node++)
            parents[node] = node;
        return parents;
    }

    // Returns whether the two were apart.
    private static bool Join(int[] parents, int a, int b)
    {
        (a, b) = (Root(parents, a), Root(parents, b));
        parents[Math.Max(a, b)] = Math.Min(a, b);
        return a != b;
    }

    private static int Root(int[] parents, int node)
    {
        while (parents[node] != node)
            node = parents[node] = parents[parents[node]];
        return node;
    }

    private static Graph Without(Graph graph, HashSet<long> taken)
    {
        int left = graph.Targets.Length - taken.Count, kept = 0;
        var (offsets, targets) = (new int[graph.NodeCount + 1], new int[left]);
        float[]? weights = graph.IsWeighted ? new float[left] : null;
        for (int node = 0; node < graph.NodeCount; node++)
        {
            for (int i = 0; i < graph.Neighbors(node).Length; i++)
            {
                int neighbor = graph.Neighbors(node)[i];
                if (taken.Contains(Pair(node, neighbor)))
                    continue;
                if (weights is not null)
                    weights[kept] = (float)SecondOrder.Share(graph, node, i);
                targets[kept++] = neighbor;
            }

            offsets[node + 1] = kept;
        }

        return GraphBuilder.Assemble(graph.Names, offsets, targets, weights, graph.IsDirected);
    }
}
