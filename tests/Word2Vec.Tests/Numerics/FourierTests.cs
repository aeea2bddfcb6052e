using Word2Vec.Numerics;

namespace Word2Vec.Tests.Numerics;

public unsafe class FourierTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(6)]
    [InlineData(9)]
    [InlineData(24)]
    [InlineData(54)]
    [InlineData(64)]
    [InlineData(108)]
    [InlineData(128)]
    public void Every_sequence_of_a_strip_is_transformed_as_its_definition_says_and_back(int length)
    {
        using var strip = new FourierStrip(length);
        float[] before = Fill(strip, length);
        var plan = new FourierPlan(length);
        plan.Transform(strip);
        for (int s = 0; s < FourierStrip.Width; s++)
        {
            var expected = PlainFourier.Transform([.. Enumerable.Range(0, length).Select(i =>
                ((double)before[2 * (i * FourierStrip.Width + s)], (double)before[2 * (i * FourierStrip.Width + s) + 1]))]);
            for (int i = 0; i < length; i++)
            {
                Assert.Equal(expected[i].Real, strip.Real[i * FourierStrip.Width + s], 1e-6 * length);
                Assert.Equal(expected[i].Imaginary, strip.Imaginary[i * FourierStrip.Width + s], 1e-6 * length);
            }
        }

        plan.TransformBack(strip);
        for (int i = 0; i < length * FourierStrip.Width; i++)
        {
            Assert.Equal(before[2 * i], strip.Real[i] / length, 2e-6);
            Assert.Equal(before[2 * i + 1], strip.Imaginary[i] / length, 2e-6);
        }
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(64, 64)]
    [InlineData(65, 72)]
    [InlineData(1001, 1024)]
    public void Lengths_are_even_and_have_small_factors(int least, int expected) => Assert.Equal(expected, FourierPlan.LengthFor(least));

    [Fact]
    public void Other_factors_are_refused() => Assert.Throws<ArgumentException>(() => new FourierPlan(10));

    private static float[] Fill(FourierStrip strip, int length)
    {
        DrawKey key = DrawKey.From(7, length, 0);
        float[] values = [.. Enumerable.Range(0, 2 * length * FourierStrip.Width).Select(i => CounterRandom.Unit(key.Draw(i)) - 0.5f)];
        for (int i = 0; i < length * FourierStrip.Width; i++)
            (strip.Real[i], strip.Imaginary[i]) = (values[2 * i], values[2 * i + 1]);
        return values;
    }
}
