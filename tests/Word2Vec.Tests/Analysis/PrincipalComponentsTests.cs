using Word2Vec.Analysis;
using Word2Vec.Numerics;
using Word2Vec.Vectors;

namespace Word2Vec.Tests.Analysis;

public class PrincipalComponentsTests
{
    [Fact]
    public void Planted_variances_and_directions_are_found_exactly()
    {
        // Points at ±s along the axes of a turned cross: their covariance has exactly these axes and the variances 2 s² / (n − 1).
        double[] spreads = [5, 3, 2, 0.5];
        double[][] axes = Axes(4);
        float[] rows = [.. spreads.SelectMany((s, i) => new[] { s, -s }.SelectMany(x => axes[i].Select((a, d) => (float)(x * a + 10 * d))))];
        PrincipalComponents found = PrincipalComponents.Of(Planted.Of(rows, 4), 3);
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(2 * spreads[i] * spreads[i] / 7, found.Variances[i], 1e-5);
            double along = found.Directions[i].Zip(axes[i]).Sum(pair => pair.First * pair.Second);
            Assert.Equal(1, Math.Abs(along), 1e-6);
            Assert.True(found.Directions[i].MaxBy(Math.Abs) > 0);
        }

        Assert.Equal((25 + 9 + 4) / 38.25, found.Kept, 1e-6);
        Assert.All(found.Mean.Select((mean, d) => mean - 10 * d), left => Assert.Equal(0, left, 1e-5));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 3)]
    [InlineData(33, 33)]
    [InlineData(100, 20)]
    public void Reduced_vectors_have_the_variances_and_nothing_in_common(int size, int kept)
    {
        WordVectors vectors = Planted.Clouds(5, 80, size, 1, 1, offset: 3);
        PrincipalComponents found = PrincipalComponents.Of(vectors, kept), alone = PrincipalComponents.Of(vectors, kept, threads: 1);
        Assert.Equal(alone.Directions.SelectMany(row => row), found.Directions.SelectMany(row => row));
        using WordVectors reduced = found.Apply(vectors);
        Assert.Equal((kept, 400, "w7"), (reduced.Size, reduced.Count, reduced.Words[7]));
        for (int i = 0; i < kept; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double covariance = Enumerable.Range(0, 400).Sum(id => (double)reduced[id][i] * reduced[id][j]) / 399;
                Assert.Equal(i == j ? found.Variances[i] : 0, covariance, 1e-4 * found.Variances[0]);
            }
        }

        Assert.Equal(found.Variances.OrderDescending(), found.Variances);
        Assert.Equal(kept == size ? 1 : found.Kept, found.Kept, 1e-9);
    }

    [Theory]
    [InlineData(1, 1, 50)]
    [InlineData(7, 3, 400)]
    [InlineData(33, 33, 400)]
    [InlineData(100, 20, 400)]
    [InlineData(301, 2, 97)]
    [InlineData(120, 20, 21)]
    [InlineData(50, 1, 2)]
    public void Randomised_components_are_nearly_the_exact_ones(int size, int kept, int count)
    {
        WordVectors vectors = Planted.Clouds(1, count, size, 1, 1, offset: 3);
        PrincipalComponents exact = PrincipalComponents.Of(vectors, kept), found = PrincipalComponents.Approximate(vectors, kept, seed: 3);
        Assert.Equal(exact.TotalVariance, found.TotalVariance, 1e-9 * exact.TotalVariance);
        Assert.InRange(found.Kept, 0.995 * exact.Kept, exact.Kept + 1e-9);
        for (int i = 0; i < kept; i++)
        {
            Assert.InRange(found.Variances[i], 0.97 * exact.Variances[i], exact.Variances[i] * (1 + 1e-9));
            for (int j = 0; j <= i; j++)
                Assert.Equal(i == j ? 1 : 0, found.Directions[i].Zip(found.Directions[j]).Sum(pair => pair.First * pair.Second), 1e-9);
        }

        PrincipalComponents alone = PrincipalComponents.Approximate(vectors, kept, seed: 3, threads: 1);
        Assert.Equal(alone.Directions.SelectMany(row => row), found.Directions.SelectMany(row => row));
    }

    [Theory]
    [InlineData(2, 50)]
    [InlineData(21, 120)]
    [InlineData(97, 301)]
    [InlineData(40, 300)]
    public void Fewer_vectors_than_components_keep_everything_in_one_component_less_than_there_are_vectors(int count, int size)
    {
        PrincipalComponents found = PrincipalComponents.Of(Planted.Clouds(1, count, size, 1, 1, offset: 3), size);
        Assert.Equal(found.TotalVariance, found.Variances.Take(count - 1).Sum(), 1e-9 * found.TotalVariance);
        Assert.All(found.Variances.Skip(count - 1), variance => Assert.InRange(variance, 0, 1e-9 * found.TotalVariance));
    }

    [Fact]
    public void Randomised_components_of_a_plane_are_exact_and_nothing_that_varies_is_everything()
    {
        DrawKey key = DrawKey.From(4, 0, 0);
        double[][] axes = Axes(4);
        float[] rows = [.. Enumerable.Range(0, 60).SelectMany(i => axes[0].Zip(axes[1], (a, b) =>
            (float)(3 * Planted.Normal(key, 2 * i) * a + Planted.Normal(key, 2 * i + 1) * b)))];
        PrincipalComponents exact = PrincipalComponents.Of(Planted.Of(rows, 4), 2), found = PrincipalComponents.Approximate(Planted.Of(rows, 4), 2);
        Assert.Equal(1, found.Kept, 1e-9);
        for (int i = 0; i < 2; i++)
            Assert.All(exact.Directions[i].Zip(found.Directions[i]), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
        Assert.Equal(1, PrincipalComponents.Approximate(Planted.Of(new float[12], 3), 2).Kept);
        Assert.Equal(ErrorKind.Usage, Assert.Throws<Word2VecException>(() => PrincipalComponents.Approximate(Planted.Of(new float[12], 3), 4)).Kind);
    }

    [Fact]
    public void As_many_components_as_before_keep_all_distances_and_counts_come_along()
    {
        WordVectors plain = Planted.Clouds(4, 30, 12, 2, 1);
        var vectors = new WordVectors(plain.Words, 12, [.. Enumerable.Range(0, 120).SelectMany(plain.CopyRow)]) { Counts = [.. Enumerable.Range(0, 120).Select(i => 500L - i)] };
        using WordVectors turned = PrincipalComponents.Of(vectors, 12).Apply(vectors);
        Assert.Equal(vectors.Counts, turned.Counts);
        for (int id = 1; id < 120; id++)
            Assert.Equal(Distance(vectors, 0, id), Distance(turned, 0, id), 1e-4);
    }

    [Fact]
    public void Vectors_that_do_not_vary_keep_everything_and_bad_sizes_are_refused()
    {
        WordVectors equal = Planted.Of([1, 2, 1, 2, 1, 2], 2);
        Assert.Equal((0, 1), (PrincipalComponents.Of(equal, 1).Variances[0], PrincipalComponents.Of(equal, 1).Kept));
        Assert.All([0, 3], size => Assert.Equal(ErrorKind.Usage, Assert.Throws<Word2VecException>(() => PrincipalComponents.Of(equal, size)).Kind));
        Assert.Equal(ErrorKind.Usage, Assert.Throws<Word2VecException>(() => PrincipalComponents.Of(equal, 1).Apply(Planted.Of([1, 2, 3], 3))).Kind);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(17)]
    [InlineData(64)]
    [InlineData(131)]
    public void A_symmetric_matrix_is_the_sum_of_its_eigenvectors(int n)
    {
        DrawKey key = DrawKey.From(3, n, 0);
        double[][] matrix = Symmetric(n, (i, j) => Planted.Normal(key, i * n + j));
        var eigen = new SymmetricEigen(Array.ConvertAll(matrix, row => (double[])row.Clone()));
        Check(matrix, eigen);
    }

    [Theory]
    [InlineData("zero")]
    [InlineData("identity")]
    [InlineData("rank one")]
    [InlineData("blocks")]
    [InlineData("tiny and huge")]
    public void Degenerate_matrices_are_decomposed_too(string kind)
    {
        double[][] matrix = Symmetric(20, (i, j) => kind switch
        {
            "zero" => 0,
            "identity" => i == j ? 1 : 0,
            "rank one" => (i + 1.0) * (j + 1),
            "blocks" => i / 5 == j / 5 ? 1 : 0,
            _ => i == j ? Math.Pow(10, i - 10) : 0,
        });
        Check(matrix, new SymmetricEigen(Array.ConvertAll(matrix, row => (double[])row.Clone())));
    }

    private static void Check(double[][] matrix, SymmetricEigen eigen)
    {
        int n = matrix.Length;
        double scale = Math.Max(1e-300, matrix.Max(row => row.Max(Math.Abs))) * n;
        Assert.Equal(eigen.Values.OrderDescending(), eigen.Values);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                Assert.Equal(matrix[i][j], Enumerable.Range(0, n).Sum(k => eigen.Values[k] * eigen.Vectors[k][i] * eigen.Vectors[k][j]), 1e-13 * scale);
                Assert.Equal(i == j ? 1 : 0, eigen.Vectors[i].Zip(eigen.Vectors[j]).Sum(pair => pair.First * pair.Second), 1e-12);
            }
        }
    }

    private static double[][] Symmetric(int n, Func<int, int, double> entry) =>
        [.. Enumerable.Range(0, n).Select(i => Enumerable.Range(0, n).Select(j => entry(Math.Min(i, j), Math.Max(i, j))).ToArray())];

    // The columns of a reflection: at right angles to each other.
    private static double[][] Axes(int n)
    {
        double[] u = [.. Enumerable.Range(1, n).Select(i => (double)i)];
        double square = u.Sum(x => x * x);
        return Symmetric(n, (i, j) => (i == j ? 1 : 0) - 2 * u[i] * u[j] / square);
    }

    private static double Distance(WordVectors vectors, int a, int b) =>
        Math.Sqrt(vectors.CopyRow(a).Zip(vectors.CopyRow(b)).Sum(pair => Math.Pow(pair.First - pair.Second, 2)));
}
