using Word2Vec.Numerics;

namespace Word2Vec.Tests.Numerics;

public class UnitScaleTests
{
    [Fact]
    public void Is_one_over_the_length_at_any_number_of_components()
    {
        var random = new Random(1);
        for (int size = 1; size < 100; size++)
        {
            float[] row = [.. Enumerable.Range(0, size).Select(_ => random.NextSingle() * 4 - 2)];
            double expected = 1 / Math.Sqrt(row.Sum(x => (double)x * x));
            Assert.Equal(1, UnitScale.Of(row) / expected, 2e-7);
        }
    }

    [Theory]
    [InlineData(0f, 0f)]
    [InlineData(1e-30f, float.NaN)]
    [InlineData(1e30f, float.NaN)]
    [InlineData(float.MaxValue, float.NaN)]
    [InlineData(-4f, 0.125f)]
    public void A_row_of_zeros_has_0_and_an_extreme_one_none(float component, float expected) =>
        Assert.Equal(expected, UnitScale.Of((ReadOnlySpan<float>)[component, component, component, component]));
}
