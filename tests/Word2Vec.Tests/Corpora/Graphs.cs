using System.Globalization;
using System.Text;
using Word2Vec.Corpora;
using Word2Vec.Numerics;

namespace Word2Vec.Tests.Corpora;

/// <summary>Graphs for tests.</summary>
internal static class Graphs
{
    public static string Karate { get; } = Path.Combine(House.Root, "corpora", "karate-club.txt");

    /// <summary>The graph of an edge list.</summary>
    public static Graph Of(string lines, bool isDirected = false, bool isWeighted = false) => Graph.Read(Corpus.Of(lines), isDirected, isWeighted);

    /// <summary>
    /// A graph of <paramref name="groups"/> communities, node i in community i modulo the groups: two nodes of one have an edge with the first probability,
    /// others with the second.
    /// </summary>
    public static Graph Planted(int groups, int each, double inside, double outside, ulong seed = 1)
    {
        DrawKey key = DrawKey.From(seed, 0, 0);
        var builder = new GraphBuilder();
        int count = groups * each;
        for (int a = 0; a < count; a++)
        {
            builder.Add($"n{a}", $"n{a}", 0);
            for (int b = 0; b < a; b++)
            {
                if (key.Draw((long)a * count + b) / 4294967296.0 < (a % groups == b % groups ? inside : outside))
                    builder.Add($"n{b}", $"n{a}");
            }
        }

        return builder.Build();
    }

    /// <summary>Each node with its neighbours and their shares of its weight, in percent, as "a: b 50 c 50".</summary>
    public static string[] Rows(Graph graph) => [.. Enumerable.Range(0, graph.NodeCount).Select(node =>
    {
        var row = new StringBuilder(graph.Name(node)).Append(':');
        for (int i = 0; i < graph.Neighbors(node).Length; i++)
            row.Append(CultureInfo.InvariantCulture, $" {graph.Name(graph.Neighbors(node)[i])} {100 * SecondOrder.Share(graph, node, i):0.##}");
        return row.ToString();
    })];

    /// <summary>The walks as lists of nodes.</summary>
    public static List<int[]> Walks(Graph graph, WalkOptions options) => [.. Text(graph, options).TrimEnd('\n').Split('\n')
        .Select(line => line.Split(' ').Select(name => graph.TryGetNode(name, out int node) ? node : -1).ToArray())];

    /// <summary>The walks as text.</summary>
    public static string Text(Graph graph, WalkOptions options)
    {
        using var text = new MemoryStream();
        using var walks = new WalkStream(graph, options);
        walks.CopyTo(text, 1000);
        Assert.Equal(walks.WalksTotal, walks.WalksRead);
        return Encoding.UTF8.GetString(text.ToArray());
    }
}
