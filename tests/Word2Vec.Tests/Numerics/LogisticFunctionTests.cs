using Word2Vec.Numerics;

namespace Word2Vec.Tests.Numerics;

public sealed class LogisticFunctionTests
{
    [Fact]
    public void Sigmoid_and_its_logarithm_agree_with_double_precision()
    {
        for (double x = -29; x <= 29; x += 1.0 / 64)
        {
            double sigmoid = 1 / (1 + Math.Exp(-x)), loss = Math.Max(-x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x)));
            Assert.Equal(sigmoid, LogisticFunction.Sigmoid((float)x), 3e-7);
            Assert.Equal(loss, LogisticFunction.MinusLogSigmoid((float)x), 3e-7 * (1 + loss));
            Assert.Equal(LogisticFunction.Sigmoid((float)x), LogisticFunction.Sigmoid((float)x, out float log));
            Assert.Equal(LogisticFunction.MinusLogSigmoid((float)x), MathF.Max(0, -(float)x) + log);
        }
    }

    [Theory]
    [InlineData(0f, 0.5f)]
    [InlineData(1e30f, 1f)]
    [InlineData(float.PositiveInfinity, 1f)]
    public void Sigmoid_has_its_exact_values(float x, float expected) => Assert.Equal(expected, LogisticFunction.Sigmoid(x));

    [Fact]
    public void Far_below_zero_sigmoid_vanishes_and_nan_stays_nan()
    {
        Assert.InRange(LogisticFunction.Sigmoid(float.NegativeInfinity), 0, 1e-12f);
        Assert.True(float.IsNaN(LogisticFunction.Sigmoid(float.NaN)));
        Assert.True(float.IsNaN(LogisticFunction.MinusLogSigmoid(float.NaN)));
    }
}
