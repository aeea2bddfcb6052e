using Word2Vec.Numerics;

namespace Word2Vec.Tests.Numerics;

public class FinitenessTests
{
    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void What_is_not_finite_is_seen_wherever_it_stands(float bad)
    {
        for (int size = 0; size < 70; size++)
        {
            var row = new float[size];
            Array.Fill(row, -float.MaxValue);
            Assert.True(VectorMath.IsFinite(row));
            for (int i = 0; i < size; i++)
            {
                row[i] = bad;
                Assert.False(VectorMath.IsFinite(row));
                row[i] = float.MaxValue;
            }
        }
    }
}
