using Word2Vec.Analysis;

namespace Word2Vec.Tests.Analysis;

public class UmapTests
{
    private static readonly ParallelOptions Threads = new() { MaxDegreeOfParallelism = 2 };

    // What umap-learn's find_ab_params gives.
    [Theory]
    [InlineData(0.1, 1, 1.577, 0.895)]
    [InlineData(0.5, 1, 0.583, 1.334)]
    [InlineData(0.001, 1, 1.929, 0.792)]
    [InlineData(0.1, 0.5, 5.069, 1.003)]
    public void The_curve_is_the_one_that_fits_best(double minimum, double spread, double a, double b)
    {
        AffinityCurve curve = AffinityCurve.Fit(minimum, spread);
        Assert.Equal(a, curve.A, 0.01 * a);
        Assert.Equal(b, curve.B, 0.01 * b);
    }

    [Fact]
    public void The_nearest_neighbour_belongs_to_a_point_wholly_and_the_others_less_and_less()
    {
        using var points = new PointRows(Planted.Clouds(1, 100, 6, 0, 1), false, 2, CancellationToken.None);
        NeighborLists lists = NeighborSearch.Find(points, 14);
        NeighborGraph graph = FuzzyGraph.Of(lists, 15, Threads);
        for (int id = 0; id < 100; id++)
        {
            var weights = Enumerable.Range(graph.Offsets[id], graph.Offsets[id + 1] - graph.Offsets[id])
                .ToDictionary(place => graph.Neighbors[place], place => graph.Weights[place]);
            Assert.Equal(1, weights[lists.Ids[id * 14]], 1e-6);
            Assert.All(weights.Values, weight => Assert.InRange(weight, 0, 1));
            // a + b − ab is no less than a, and the a of a point sum up to the logarithm of 15.
            Assert.True(Enumerable.Range(0, 14).Sum(i => weights[lists.Ids[id * 14 + i]]) >= Math.Log2(15) - 1e-3);
        }
    }

    [Fact]
    public void Equal_rows_are_one_neighbourhood()
    {
        using var points = new PointRows(Planted.Of(new float[20 * 3], 3), false, 2, CancellationToken.None);
        Assert.All(FuzzyGraph.Of(NeighborSearch.Find(points, 5), 6, Threads).Weights, weight => Assert.Equal(1, weight));
    }
}
