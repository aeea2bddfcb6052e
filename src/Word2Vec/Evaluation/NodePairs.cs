using Word2Vec.Corpora;
using Word2Vec.Numerics;

namespace Word2Vec.Evaluation;

/// <summary>
/// Pairs of nodes of a graph some of whose edges were held out: pairs without an edge, and edges that were not held out. They are the same for all vectors that know the same nodes.
/// </summary>
internal sealed class NodePairs
{
    // A pair that is no edge is found at once but in graphs where nearly all pairs are edges.
    private const int MostDraws = 10_000;

    // The keys of what is drawn.
    private const int Asked = 0, Trained = 1, Order = 2;

    private readonly Graph _graph;
    private readonly ulong _seed;
    private readonly HashSet<(int, int)> _held;

    /// <param name="graph">The whole graph.</param>
    /// <param name="held">Its edges that were held out, by names; some may be unknown to it.</param>
    public NodePairs(Graph graph, IEnumerable<(string From, string To)> held, ulong seed)
    {
        (_graph, _seed) = (graph, seed);
        _held = [.. held.Select(link => Pair(NodeOf(link.From), NodeOf(link.To)))];
    }

    /// <summary>For each of <paramref name="places"/> a pair of nodes that have vectors and no edge, in neither direction.</summary>
    /// <param name="hasVector">Whether a node has one.</param>
    public List<(int From, int To)> WithoutEdge(bool[] hasVector, IEnumerable<int> places, CancellationToken cancellation) =>
        [.. places.Select(place => Draw(hasVector, DrawKey.From(_seed, Asked, place), [], cancellation))];

    /// <summary>
    /// What a classifier may learn from: edges that were not held out, all of them or <paramref name="most"/> that are drawn, and as many pairs without an edge none of which is among
    /// <paramref name="asked"/>.
    /// </summary>
    /// <exception cref="Word2VecException">There is no such edge, or no such pair (Input).</exception>
    public (List<(int From, int To)> Edges, List<(int From, int To)> Others) ToLearnFrom(
        bool[] hasVector, IEnumerable<(int From, int To)> asked, int most, CancellationToken cancellation)
    {
        List<(int From, int To)> edges = [.. GraphSplit.Edges(_graph)
            .Where(edge => edge.From != edge.To && hasVector[edge.From] && hasVector[edge.To] && !_held.Contains(Pair(edge.From, edge.To)))];
        if (edges.Count == 0)
            throw new Word2VecException(ErrorKind.Input, $"Of the {_graph.EdgeCount} edges of the graph none is left to learn from: all were held out, or have nodes without vectors. Give the whole " +
                "graph (--graph), or a score that is not learned (--link-score cosine).");
        if (edges.Count > most)
            edges = [.. DrawnOrder.Of(edges.Count, DrawKey.From(_seed, Order, 0)).Take(most).Select(place => edges[place])];
        HashSet<(int, int)> taken = [.. asked.Select(pair => Pair(pair.From, pair.To))];
        return (edges, [.. Enumerable.Range(0, edges.Count).Select(place => Draw(hasVector, DrawKey.From(_seed, Trained, place), taken, cancellation))]);
    }

    private (int From, int To) Draw(bool[] hasVector, DrawKey key, HashSet<(int, int)> taken, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        uint nodes = (uint)hasVector.Length;
        for (int draw = 0; draw < MostDraws; draw++)
        {
            int from = (int)CounterRandom.Below(key.Draw(2 * draw), nodes), to = (int)CounterRandom.Below(key.Draw(2 * draw + 1), nodes);
            if (from != to && hasVector[from] && hasVector[to] && !_graph.HasEdge(from, to) && !_graph.HasEdge(to, from)
                && !_held.Contains(Pair(from, to)) && !taken.Contains(Pair(from, to)))
                return (from, to);
        }

        throw new Word2VecException(ErrorKind.Input, $"Among the {hasVector.Count(has => has)} nodes with vectors no two were found that have no edge, in {MostDraws} draws; " +
            "edges are compared with such pairs. Give the whole graph (--graph), vectors of more of its nodes, or a sparser graph.");
    }

    private int NodeOf(string name) => _graph.TryGetNode(name, out int node) ? node : -1;

    private static (int, int) Pair(int from, int to) => (Math.Min(from, to), Math.Max(from, to));
}
