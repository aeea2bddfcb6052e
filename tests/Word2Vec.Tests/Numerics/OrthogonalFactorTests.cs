using Word2Vec.Numerics;

namespace Word2Vec.Tests.Numerics;

public class OrthogonalFactorTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(17)]
    [InlineData(64)]
    [InlineData(101)]
    public void The_factor_is_orthogonal_and_what_is_left_is_symmetric_and_positive(int n)
    {
        double[] matrix = Drawn(n, 1), factor = OrthogonalFactor.Of(matrix, n);
        AssertOrthogonal(factor, n, 1e-12);

        // M = Q H with H symmetric and without negative eigenvalues: that is what makes Q the polar factor.
        double[] rest = TimesTransposedLeft(factor, matrix, n);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < i; j++)
                Assert.Equal(rest[i * n + j], rest[j * n + i], 1e-11 * n);
        }

        Assert.True(SymmetricEigen.Solve(rest, n).Values[^1] >= -1e-11 * n);
    }

    [Fact]
    public void An_orthogonal_matrix_is_its_own_factor_and_a_scale_does_not_matter()
    {
        double[] rotation = OrthogonalFactor.Of(Drawn(30, 2), 30);
        AssertClose(rotation, OrthogonalFactor.Of(rotation, 30), 1e-13);
        AssertClose(rotation, OrthogonalFactor.Of([.. rotation.Select(x => 1e-150 * x)], 30), 1e-13);
    }

    // By numpy: u, s, vt = numpy.linalg.svd(m); u @ vt.
    [Fact]
    public void A_small_one_is_as_numpy_has_it() => AssertClose(
        [-0.6579099179529957, -0.009533084315172973, 0.7530362940539601, -0.05382562819923771, 0.9979578938780972, -0.03439249620701608, 0.7511706474617069, 0.06315981594203704, 0.6570795203338239],
        OrthogonalFactor.Of([1, 2, 3, 4, 5, 6, 7, 8, 10], 3), 1e-12);

    [Theory]
    [InlineData(5, 2)]
    [InlineData(40, 39)]
    [InlineData(8, 0)]
    public void A_matrix_of_lower_rank_gets_an_orthogonal_factor_all_the_same(int n, int rank)
    {
        double[] left = Drawn(n, 3), right = Drawn(n, 4), matrix = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
                matrix[i * n + j] = Enumerable.Range(0, rank).Sum(k => left[i * n + k] * right[k * n + j]);
        }

        AssertOrthogonal(OrthogonalFactor.Of(matrix, n), n, 1e-12);
    }

    [Fact]
    public void What_is_no_number_is_an_error_and_cancellation_is_heard()
    {
        Assert.Equal(ErrorKind.Training, Assert.Throws<Word2VecException>(() => OrthogonalFactor.Of([1, double.NaN, 0, 1], 2)).Kind);
        Assert.Throws<OperationCanceledException>(() => OrthogonalFactor.Of(Drawn(9, 1), 9, new CancellationToken(canceled: true)));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 7)]
    [InlineData(97, 6)]
    [InlineData(1000, 33)]
    public void Products_of_tall_matrices_are_those_of_plain_loops(int count, int size)
    {
        double[] left = [.. Enumerable.Range(0, count * size).Select(i => Math.Sin(i))], right = [.. Enumerable.Range(0, count * size).Select(i => Math.Cos(3 * i))];
        double[] cross = RowBlocks.Cross(count, size, (i, target) => left.AsSpan(i * size, size).CopyTo(target),
            (i, target) => right.AsSpan(i * size, size).CopyTo(target), CancellationToken.None), expected = new double[size * size];
        for (int r = 0; r < count; r++)
        {
            for (int i = 0; i < size * size; i++)
                expected[i] += left[r * size + i / size] * right[r * size + i % size];
        }

        AssertClose(expected, cross, 1e-10);
        var product = new double[count * size];
        RowBlocks.Multiply(count, size, (i, target) => left.AsSpan(i * size, size).CopyTo(target), cross,
            (i, row) => row.CopyTo(product, i * size), CancellationToken.None);
        for (int i = 0; i < count * size; i++)
            Assert.Equal(Enumerable.Range(0, size).Sum(k => left[i / size * size + k] * cross[k * size + i % size]), product[i], 1e-8);
    }

    private static double[] Drawn(int n, ulong seed)
    {
        DrawKey key = DrawKey.From(seed, 0, 0);
        return [.. Enumerable.Range(0, n * n).Select(i => CounterRandom.Unit(key.Draw(i)) - 0.5)];
    }

    private static double[] TimesTransposedLeft(double[] a, double[] b, int n)
    {
        var product = new double[n * n];
        for (int i = 0; i < n * n; i++)
            product[i] = Enumerable.Range(0, n).Sum(k => a[k * n + i / n] * b[k * n + i % n]);
        return product;
    }

    private static void AssertOrthogonal(double[] factor, int n, double tolerance)
    {
        double[] square = TimesTransposedLeft(factor, factor, n);
        for (int i = 0; i < n * n; i++)
            Assert.Equal(i / n == i % n ? 1 : 0, square[i], tolerance);
    }

    private static void AssertClose(double[] expected, double[] found, double tolerance)
    {
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], found[i], tolerance);
    }
}
