using Word2Vec.Numerics;

namespace Word2Vec.Tests.Numerics;

public class VectorMathTests
{
    public static TheoryData<int> Lengths => [.. Enumerable.Range(0, 258)];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void The_fast_functions_agree_with_the_plain_ones(int length)
    {
        float[] a = Draw(length, 1), b = Draw(length, 2);
        Assert.Equal(PlainVectorMath.Dot(a, b), VectorMath.Dot(a, b), Tolerance(length));
        Assert.Equal(PlainVectorMath.Norm(a), VectorMath.Norm(a), Tolerance(length));

        float[] fast = [.. a], plain = [.. a];
        VectorMath.AddScaled(fast, 0.37f, b);
        PlainVectorMath.AddScaled(plain, 0.37f, b);
        AssertNear(plain, fast);

        Assert.Equal(PlainVectorMath.Normalize(plain), VectorMath.Normalize(fast), Tolerance(length));
        AssertNear(plain, fast);
    }

    [Theory]
    [InlineData(1e-45f)]
    [InlineData(1e-30f)]
    [InlineData(1e30f)]
    [InlineData(3.4e38f)]
    public void Normalizing_neither_overflows_nor_loses_a_tiny_vector(float length)
    {
        float[] row = [0, length, 0];
        Assert.Equal(length, VectorMath.Norm(row));
        Assert.Equal(length, VectorMath.Normalize(row));
        Assert.Equal([0f, 1f, 0f], row);
    }

    [Fact]
    public void A_vector_of_zeros_stays_and_is_similar_to_nothing()
    {
        float[] zeros = new float[5];
        Assert.Equal(0, VectorMath.Normalize(zeros));
        Assert.Equal(new float[5], zeros);
        Assert.Equal(0, PlainVectorMath.Cosine(zeros, [1, 2, 3, 4, 5]));
    }

    [Fact]
    public void Vectors_of_different_lengths_are_refused()
    {
        Assert.Throws<ArgumentException>(() => VectorMath.Dot([1, 2], [1]));
        Assert.Throws<ArgumentException>(() => PlainVectorMath.Dot([1, 2], [1]));
        Assert.Throws<ArgumentException>(() => VectorMath.AddScaled(new float[3], 1, [1]));
        Assert.Throws<ArgumentException>(() => PlainVectorMath.AddScaled(new float[3], 1, [1]));
    }

    private static float Tolerance(int length) => 1e-6f * (1 + length);

    private static void AssertNear(float[] expected, float[] actual)
    {
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-6f);
    }

    private static float[] Draw(int length, int seed)
    {
        var random = new Random(seed * 1000 + length);
        return [.. Enumerable.Range(0, length).Select(_ => (float)(2 * random.NextDouble() - 1))];
    }
}
