using Word2Vec.Corpora;

namespace Word2Vec.Tests.Corpora;

public class GraphSplitTests
{
    [Theory]
    [InlineData(0.1, 8)]
    [InlineData(0.5, 39)]
    [InlineData(0.9, 45)]
    public void What_is_left_is_as_connected_as_before(double share, int expected)
    {
        Graph graph = Graph.Read(CorpusSource.From(Graphs.Karate));
        (Graph kept, IReadOnlyList<(int From, int To)> heldOut) = graph.HoldOut(share);
        Assert.Equal((expected, 78 - expected, 34), (heldOut.Count, kept.EdgeCount, kept.NodeCount));
        Assert.Equal(Parts(graph), Parts(kept));
        Assert.All(heldOut, edge => Assert.True(graph.HasEdge(edge.From, edge.To) && !kept.HasEdge(edge.From, edge.To) && !kept.HasEdge(edge.To, edge.From)));
        Assert.Equal(heldOut, graph.HoldOut(share).HeldOut);
        Assert.NotEqual(heldOut, graph.HoldOut(share, seed: 2).HeldOut);
    }

    [Fact]
    public void Parts_that_were_apart_stay_apart_and_loops_stay()
    {
        Graph graph = Graphs.Of("a b 1\nb c 2\nc a 3\nx y 1\ny z 1\nz x 5\nx x 4\n", isWeighted: true);
        (Graph kept, IReadOnlyList<(int From, int To)> heldOut) = graph.HoldOut(0.99);
        Assert.Equal(2, heldOut.Count);
        Assert.Equal(2, Parts(kept));
        Assert.True(kept.HasEdge(3, 3));
    }

    [Fact]
    public void Weights_keep_their_proportions()
    {
        Graph graph = Graphs.Of("a b 1\na c 2\na d 3\nb c 1\nc d 1\nb d 1\n", isWeighted: true);
        (Graph kept, IReadOnlyList<(int From, int To)> heldOut) = graph.HoldOut(0.5, seed: 3);
        Assert.Equal(3, heldOut.Count);
        int[] neighbors = kept.Neighbors(0).ToArray();
        double total = neighbors.Sum();
        for (int i = 0; i < neighbors.Length; i++)
            Assert.Equal(neighbors[i] / total, SecondOrder.Share(kept, 0, i), 1e-6);
    }

    [Fact]
    public void Of_a_directed_graph_one_direction_may_go()
    {
        Graph graph = Graphs.Of("a b\nb a\nb c\nc b\n", isDirected: true);
        (Graph kept, IReadOnlyList<(int From, int To)> heldOut) = graph.HoldOut(0.5);
        Assert.Equal((2, 2), (heldOut.Count, kept.EdgeCount));
        Assert.All(heldOut, edge => Assert.True(kept.HasEdge(edge.To, edge.From)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-0.5)]
    [InlineData(double.NaN)]
    public void A_share_must_leave_something(double share) =>
        Assert.Equal(ErrorKind.Usage, Assert.Throws<Word2VecException>(() => Graphs.Of("a b").HoldOut(share)).Kind);

    private static int Parts(Graph graph)
    {
        int[] part = [.. Enumerable.Range(0, graph.NodeCount)];
        for (int round = 0; round < graph.NodeCount; round++)
        {
            for (int node = 0; node < graph.NodeCount; node++)
            {
                foreach (int other in graph.Neighbors(node))
                    part[node] = part[other] = Math.Min(part[node], part[other]);
            }
        }

        return part.Distinct().Count();
    }
}
