using Word2Vec.Corpora;

namespace Word2Vec.Tests.Corpora;

public class GraphTests
{
    [Fact]
    public void The_karate_club_has_34_nodes_and_78_edges()
    {
        Graph graph = Graph.Read(CorpusSource.From(Graphs.Karate));
        Assert.Equal((34, 78, false, false), (graph.NodeCount, graph.EdgeCount, graph.IsDirected, graph.IsWeighted));
        Assert.True(graph.TryGetNode("34", out int president));
        Assert.Equal(17, graph.Neighbors(president).Length);
    }

    [Theory]
    [InlineData("a b\nb c\n", "a: b 100|b: a 50 c 50|c: b 100")]
    [InlineData("a\tb\r\n  b  c 7 x \n\n# c a\n%c a", "a: b 100|b: a 50 c 50|c: b 100")]
    [InlineData("a b\nb a\nb c\nc b", "a: b 100|b: a 50 c 50|c: b 100")]
    [InlineData("a b\na b\na b\na c", "a: b 75 c 25|b: a 100|c: a 100")]
    [InlineData("a a\na b", "a: a 50 b 50|b: a 100")]
    [InlineData("%%MatrixMarket matrix coordinate pattern symmetric\n% made by hand\n3 3 2\n1 2\n2 3", "1: 2 100|2: 1 50 3 50|3: 2 100")]
    public void An_undirected_list_gives_each_node_its_neighbours(string list, string rows) =>
        Assert.Equal(rows.Split('|'), Graphs.Rows(Graphs.Of(list)));

    [Theory]
    [InlineData("a b 3\na c 1\nb b 0.5", false, "a: b 75 c 25|b: a 85.71 b 14.29|c: a 100")]
    [InlineData("a b 1\na b 2e0\nb a 3\na c 2", false, "a: b 75 c 25|b: a 100|c: a 100")]
    [InlineData("a b 1\na b 2\nb a 3\na c 1\nd d 0", true, "a: b 75 c 25|b: a 100|c:|d:")]
    [InlineData("a b 1e-30\na c 3e-30", true, "a: b 25 c 75|b:|c:")]
    public void Weights_of_the_same_edge_add_up_and_0_is_no_edge(string list, bool isDirected, string rows) =>
        Assert.Equal(rows.Split('|'), Graphs.Rows(Graphs.Of(list, isDirected, isWeighted: true)));

    [Fact]
    public void Edges_count_once_each_whatever_their_direction()
    {
        Assert.Equal(3, Graphs.Of("a b\nb a\nb c\nc c").EdgeCount);
        Assert.Equal(4, Graphs.Of("a b\nb a\nb c\nc c", isDirected: true).EdgeCount);
        Graph directed = Graphs.Of("a b\nc b", isDirected: true);
        Assert.True(directed.HasEdge(0, 1));
        Assert.False(directed.HasEdge(1, 0));
        Assert.True(Graphs.Of("a b\nc b").HasEdge(1, 0));
    }

    [Fact]
    public void Names_are_bytes_and_thousands_of_them_are_found_again()
    {
        var builder = new GraphBuilder();
        for (int i = 0; i < 10_000; i++)
            builder.Add([(byte)'x', 0xFF, (byte)(i % 100 + 128), (byte)(i / 100 + 128)], "hub"u8);
        Graph graph = builder.Build();
        Assert.Equal(10_001, graph.NodeCount);
        Assert.True(graph.TryGetNode("hub", out int hub));
        Assert.Equal(10_000, graph.Neighbors(hub).Length);
        Assert.Equal<byte>([(byte)'x', 0xFF, (byte)(77 + 128), (byte)(7 + 128)], graph.NameBytes(778));
    }

    [Theory]
    [InlineData("a b\na\n", false, "Line 2 of standard input is 'a'; two nodes")]
    [InlineData("# nothing\n", false, "standard input has no edges")]
    [InlineData("a b 1\nb c\n", true, "Line 2 of standard input is 'b c'; two nodes and a weight")]
    [InlineData("a b -1\n", true, "'a b -1'")]
    [InlineData("a b nan\n", true, "'a b nan'")]
    [InlineData("a b 1e39\n", true, "'a b 1e39'")]
    [InlineData("a b 1x\n", true, "'a b 1x'")]
    public void A_bad_line_is_named(string list, bool isWeighted, string expected)
    {
        Word2VecException e = Assert.Throws<Word2VecException>(() => Graphs.Of(list, isWeighted: isWeighted));
        Assert.Equal(ErrorKind.Input, e.Kind);
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1000, 1, true)]
    [InlineData(1001, 1, false)]
    [InlineData(1, 300_000, true)]
    public void Long_names_are_refused_and_long_comments_are_not(int name, int comment, bool isGood)
    {
        string list = $"# {new string('x', comment)}\n{new string('n', name)} b\n#{new string('y', comment)}";
        if (isGood)
            Assert.Equal(2, Graphs.Of(list).NodeCount);
        else
            Assert.Contains("Line 2", Assert.Throws<Word2VecException>(() => Graphs.Of(list)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_without_end_is_refused_with_its_number() =>
        Assert.Contains("Line 3", Assert.Throws<Word2VecException>(() => Graphs.Of("a b\n#\n" + new string('x', 600_000))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_builder_refuses_names_and_weights_that_would_do_harm()
    {
        var builder = new GraphBuilder();
        foreach ((string from, double weight) in new[] { ("", 1.0), ("a b", 1), ("a\u0000b", 1), (new string('x', 1001), 1), ("a", -1), ("a", double.NaN), ("a", 1e300) })
            Assert.Throws<Word2VecException>(() => builder.Add(from, "b", weight));
        Assert.Throws<Word2VecException>(builder.Build);
    }

    [Fact]
    public void Edges_with_and_without_weights_may_be_mixed()
    {
        var builder = new GraphBuilder(isDirected: true);
        for (int i = 0; i < 70_000; i++)
            builder.Add("a", $"b{i % 100}");
        builder.Add("a", "c", 70_000);
        Graph graph = builder.Build();
        Assert.Equal((101, 0), (graph.EdgeCount, builder.NodeCount));
        builder.Add("x", "y");
        Assert.Equal((2, 102), (builder.Build().NodeCount, graph.NodeCount));
        Assert.Equal(0.5, SecondOrder.Share(graph, 0, 100), 1e-6);
        Assert.Equal(0.005, SecondOrder.Share(graph, 0, 50), 1e-6);
    }

    [Fact]
    public void Cancelled_it_stops() => Assert.Throws<OperationCanceledException>(
        () => Graph.Read(Corpus.Of("a b\n"), cancellation: new CancellationToken(canceled: true)));
}
