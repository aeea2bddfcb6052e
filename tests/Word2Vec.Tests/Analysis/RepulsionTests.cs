using Word2Vec.Analysis;
using Word2Vec.Numerics;

namespace Word2Vec.Tests.Analysis;

public class RepulsionTests
{
    private static readonly ParallelOptions Threads = new() { MaxDegreeOfParallelism = 3 };

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 3)]
    [InlineData(7, 1)]
    [InlineData(100, 2)]
    [InlineData(257, 3)]
    public void All_pairs_on_registers_are_all_pairs_one_by_one(int count, int dimensions)
    {
        MapPoints points = Drawn(count, dimensions, 4);
        MapPoints plain = new(count, dimensions), fast = new(count, dimensions);
        double expected = new PlainRepulsion().Compute(points, plain), found = new DirectRepulsion(Threads).Compute(points, fast);
        Assert.Equal(expected, found, 1e-6 * Math.Max(1, expected));
        for (int d = 0; d < dimensions; d++)
            Assert.All(plain[d].Take(count).Zip(fast[d]), pair => Assert.Equal(pair.First, pair.Second, 1e-5 * count));
    }

    // A point is pushed by another with 0.32 at most. What the grid may add to or take from a pair is a few hundredths of that.
    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    [InlineData(3, 20)]
    [InlineData(7, 1)]
    [InlineData(100, 20)]
    [InlineData(257, 0.0001)]
    [InlineData(257, 5)]
    [InlineData(1000, 30)]
    public void The_field_of_a_grid_pushes_as_all_pairs_do(int count, float spread)
    {
        MapPoints points = Drawn(count, 2, spread), exact = new(count, 2), field = new(count, 2);
        double expected = new PlainRepulsion().Compute(points, exact);
        using var grid = new GridRepulsion(Threads);
        double found = grid.Compute(points, field);
        Assert.Equal(expected, found, 0.02 * expected + 0.03 * count);
        double missing = 0, all = 0;
        for (int i = 0; i < 2 * count; i++)
        {
            missing += Math.Pow(exact[i % 2][i / 2] - field[i % 2][i / 2], 2);
            all += Math.Pow(exact[i % 2][i / 2], 2);
        }

        Assert.True(Math.Sqrt(missing / count) < 0.035 * Math.Sqrt(all / count) + 0.006, $"{Math.Sqrt(missing / count)} of {Math.Sqrt(all / count)}");
    }

    [Fact]
    public void A_grid_that_points_outgrow_is_made_anew_and_one_map_far_across_is_drawn_with_wider_cells()
    {
        using var grid = new GridRepulsion(Threads);
        foreach (float spread in (float[])[1, 40, 3, 600])
        {
            MapPoints points = Drawn(300, 2, spread), exact = new(300, 2), field = new(300, 2);
            new PlainRepulsion().Compute(points, exact);
            grid.Compute(points, field);
            Assert.All(exact[0].Take(300).Zip(field[0]), pair => Assert.Equal(pair.First, pair.Second, 0.02 * Math.Max(1, exact[0].Max())));
        }
    }

    [Fact]
    public void Equal_points_do_not_push_each_other()
    {
        MapPoints points = new(5, 2), forces = new(5, 2);
        using var grid = new GridRepulsion(Threads);
        foreach (IRepulsion repulsion in (IRepulsion[])[new PlainRepulsion(), new DirectRepulsion(Threads), grid])
        {
            Assert.Equal(20, repulsion.Compute(points, forces), 0.5);
            Assert.All(forces[0].Take(5).Concat(forces[1].Take(5)), force => Assert.Equal(0, force, 1e-6));
        }
    }

    private static MapPoints Drawn(int count, int dimensions, float spread)
    {
        var points = new MapPoints(count, dimensions);
        DrawKey key = DrawKey.From(3, count, dimensions);
        for (int i = 0; i < count * dimensions; i++)
            points[i % dimensions][i / dimensions] = spread * (2 * CounterRandom.Unit(key.Draw(i)) - 1);
        return points;
    }
}
