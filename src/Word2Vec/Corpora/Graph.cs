using System.Text;

namespace Word2Vec.Corpora;

/// <summary>
/// A graph for random walks: nodes with names, and for each its neighbours in the order of their numbers. Edges between the same two nodes are one, whose weight is
/// the sum of theirs.
/// </summary>
/// <remarks>
/// Compressed sparse rows: 4 bytes for each neighbour of each node, 8 where edges differ in weight, so 8 or 16 bytes for an edge of an undirected graph; a node takes
/// 14 to 20 bytes and its name. Weights are kept as shares of their node's sum, in units of 2⁻³².
/// </remarks>
public sealed class Graph
{
    private readonly NodeTable _names;
    private readonly int[] _offsets;
    private readonly int[] _targets;
    private readonly uint[]? _thresholds;

    internal Graph(NodeTable names, int[] offsets, int[] targets, uint[]? thresholds, bool isDirected)
    {
        (_names, _offsets, _targets, _thresholds, IsDirected) = (names, offsets, targets, thresholds, isDirected);
        EdgeCount = isDirected ? targets.Length : UndirectedEdges();
    }

    /// <summary>The number of nodes; nodes are 0 … this − 1, in the order in which they were first named.</summary>
    public int NodeCount => _names.Count;

    /// <summary>The number of different edges; an undirected one counts once.</summary>
    public long EdgeCount { get; }

    /// <summary>Whether edges lead from their first node to their second only.</summary>
    public bool IsDirected { get; }

    /// <summary>Whether edges differ in weight, also because some were there more often than others.</summary>
    public bool IsWeighted => _thresholds is not null;

    internal NodeTable Names => _names;

    internal int[] Offsets => _offsets;

    internal int[] Targets => _targets;

    internal uint[]? AllThresholds => _thresholds;

    /// <summary>
    /// Reads an edge list: on each line two nodes and perhaps a weight, with spaces or tabs between them (further fields are passed over). Lines that begin
    /// with # or % are comments, and the line behind a Matrix Market banner, which has the sizes, is passed over. A weight of 0 names two nodes without an edge.
    /// </summary>
    /// <param name="isDirected">Whether edges lead from the first node to the second only.</param>
    /// <param name="isWeighted">Whether the third field is a weight; otherwise each line counts 1.</param>
    /// <exception cref="Word2VecException">A file cannot be read, a line is no edge, or there are no edges (<see cref="ErrorKind.Input"/>); the message names the line.</exception>
    public static Graph Read(CorpusSource source, bool isDirected = false, bool isWeighted = false, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        var builder = new GraphBuilder(isDirected);
        new EdgeListReader(source, builder, isWeighted).Read(cancellation);
        return builder.NodeCount > 0 ? builder.Build() : throw new Word2VecException(
            ErrorKind.Input, $"The graph {source.Name} has no edges; lines of two nodes and perhaps a weight were expected.");
    }

    /// <summary>The name of <paramref name="node"/> for display; bytes that are not UTF-8 show as U+FFFD.</summary>
    public string Name(int node) => _names.Text(node);

    /// <summary>The name of <paramref name="node"/> as it was read.</summary>
    public ReadOnlySpan<byte> NameBytes(int node) => _names[node];

    /// <summary>Finds a node by its name.</summary>
    public bool TryGetNode(string name, out int node) => _names.TryGetId(Encoding.UTF8.GetBytes(name), out node);

    /// <summary>The nodes that edges of <paramref name="node"/> lead to, in ascending order, each once.</summary>
    public ReadOnlySpan<int> Neighbors(int node) => new(_targets, _offsets[node], _offsets[node + 1] - _offsets[node]);

    /// <summary>Whether an edge leads from <paramref name="from"/> to <paramref name="to"/>.</summary>
    public bool HasEdge(int from, int to)
    {
        // An undirected edge stands with both of its nodes, and one of them may be a hub.
        if (!IsDirected && _offsets[from + 1] - _offsets[from] > _offsets[to + 1] - _offsets[to])
            (from, to) = (to, from);
        return Neighbors(from).BinarySearch(to) >= 0;
    }

    /// <summary>
    /// Takes the share <paramref name="share"/> (above 0, below 1) of the edges out, drawn by <paramref name="seed"/>, so that no part of the graph falls apart: nodes that a path
    /// connects, whatever its directions, stay connected. Where too few edges can go, fewer go. Loops stay.
    /// </summary>
    /// <returns>The graph of the same nodes without these edges, and the edges as pairs of nodes.</returns>
    public (Graph Kept, IReadOnlyList<(int From, int To)> HeldOut) HoldOut(double share, ulong seed = 1)
    {
        OptionCheck.Range("hold-out", share, 1e-9, 1 - 1e-9);
        return GraphSplit.HoldOut(this, share, seed);
    }

    /// <summary>Neighbour i of a node is next when it is the first whose threshold is not below the draw; empty where all are as likely.</summary>
    internal ReadOnlySpan<uint> Thresholds(int node) => _thresholds is null ? [] : new(_thresholds, _offsets[node], _offsets[node + 1] - _offsets[node]);

    private long UndirectedEdges()
    {
        long loops = 0;
        for (int node = 0; node < NodeCount; node++)
            loops += Neighbors(node).BinarySearch(node) >= 0 ? 1 : 0;
        return (_targets.Length + loops) / 2;
    }
}
