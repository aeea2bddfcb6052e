using Word2Vec.Analysis;
using Word2Vec.Numerics;

namespace Word2Vec.Tests.Analysis;

public class TsneTests
{
    private static readonly ParallelOptions Threads = new() { MaxDegreeOfParallelism = 2 };

    [Theory]
    [InlineData(2, 1)]
    [InlineData(5, 4)]
    [InlineData(30, 29)]
    public void The_neighbours_of_each_point_have_the_perplexity_that_was_asked_for(double perplexity, int least)
    {
        DrawKey key = DrawKey.From(5, 0, 0);
        double[] squares = [.. Enumerable.Range(0, 91).Select(i => 3 + Planted.Normal(key, i) * Planted.Normal(key, i)).Order()], shares = new double[91];
        Affinities.Row(squares, perplexity, shares);
        Assert.Equal(1, shares.Sum(), 1e-9);
        Assert.Equal(perplexity, Math.Exp(-shares.Sum(p => p > 0 ? p * Math.Log(p) : 0)), 1e-4);
        Assert.Equal(shares.OrderDescending(), shares);
        Assert.True(shares.Count(p => p > 1e-3) > least);
    }

    [Fact]
    public void Neighbours_at_one_distance_share_equally_and_one_far_nearer_takes_all()
    {
        double[] shares = new double[4];
        Affinities.Row([2, 2, 2, 2], 1, shares);
        Assert.All(shares, p => Assert.Equal(0.25, p));
        Affinities.Row([0, 1e30, 1e30, 1e30], 1.0001, shares);
        Assert.InRange(shares[0], 0.99, 1);
    }

    [Fact]
    public void Affinities_are_symmetric_and_sum_up_to_one()
    {
        NeighborGraph graph = Graph(60);
        Assert.Equal(1, graph.Weights.Sum(weight => (double)weight), 1e-6);
        var pairs = Pairs(graph).ToDictionary(pair => (pair.From, pair.To), pair => pair.Weight);
        Assert.All(pairs, pair => Assert.Equal(pair.Value, pairs[(pair.Key.To, pair.Key.From)]));
        Assert.DoesNotContain(pairs.Keys, pair => pair.From == pair.To);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_gradient_is_the_slope_of_the_loss(int dimensions)
    {
        const int Count = 40;
        NeighborGraph graph = Graph(Count);
        var points = new MapPoints(Count, dimensions);
        DrawKey key = DrawKey.From(9, 0, 0);
        for (int i = 0; i < Count * dimensions; i++)
            points[i % dimensions][i / dimensions] = (float)Planted.Normal(key, i);
        var gradient = new MapPoints(Count, dimensions);
        using var fast = new TsneGradient(graph, dimensions, Threads);
        Assert.Equal(Loss(graph, points), fast.Compute(points, gradient, 1, measured: true), 1e-5);
        const float Step = 0.01f;
        for (int i = 0; i < Count * dimensions; i += 7)
        {
            float[] axis = points[i % dimensions];
            float before = axis[i / dimensions];
            axis[i / dimensions] = before + Step;
            double above = Loss(graph, points), up = axis[i / dimensions];
            axis[i / dimensions] = before - Step;
            double slope = (above - Loss(graph, points)) / (up - axis[i / dimensions]);
            axis[i / dimensions] = before;
            Assert.Equal(slope, gradient[i % dimensions][i / dimensions], 2e-5);
        }
    }

    [Fact]
    public void The_descent_goes_down()
    {
        NeighborGraph graph = Graph(200);
        MapPoints points = new(200, 2);
        DrawKey key = DrawKey.From(11, 0, 0);
        for (int i = 0; i < 400; i++)
            points[i % 2][i / 2] = 1e-4f * (float)Planted.Normal(key, i);
        var losses = new List<double>();
        double last = new TsneLayout(graph, points, new MapOptions { Iterations = 500 }, Threads).Run((_, loss) => losses.Add(loss));
        Assert.Equal(500, losses.Count);
        Assert.True(last < losses[0] / 2, $"{losses[0]} became {last}");
        Assert.Equal(Loss(graph, points), last, 1e-4);
        Assert.Equal(0, points[0].Take(200).Average(), 1e-3);
    }

    private static NeighborGraph Graph(int count)
    {
        using var points = new PointRows(Planted.Clouds(4, count / 4, 8, 2, 1), true, 2, CancellationToken.None);
        return Affinities.Of(NeighborSearch.Find(points, Math.Min(31, count - 1)), 10, Threads);
    }

    private static IEnumerable<(int From, int To, float Weight)> Pairs(NeighborGraph graph) =>
        from id in Enumerable.Range(0, graph.Count)
        from place in Enumerable.Range(graph.Offsets[id], graph.Offsets[id + 1] - graph.Offsets[id])
        select (id, graph.Neighbors[place], graph.Weights[place]);

    // Σ p ln(p / q) as it stands in the paper, pair by pair.
    private static double Loss(NeighborGraph graph, MapPoints points)
    {
        double total = 0;
        for (int i = 0; i < points.Count; i++)
        {
            for (int j = 0; j < points.Count; j++)
                total += i == j ? 0 : Affinity(points, i, j);
        }

        return Pairs(graph).Sum(pair => pair.Weight * Math.Log(pair.Weight / (Affinity(points, pair.From, pair.To) / total)));
    }

    private static double Affinity(MapPoints points, int i, int j) =>
        1 / (1 + Enumerable.Range(0, points.Dimensions).Sum(d => Math.Pow((double)points[d][i] - points[d][j], 2)));
}
