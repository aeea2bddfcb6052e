using System.Numerics.Tensors;

namespace Word2Vec.Numerics;

/// <summary>
/// The greatest singular values of a sparse matrix and the directions in the space of its columns that belong to them, by randomised subspace
/// iteration (Halko, Martinsson, Tropp: Finding structure with randomness, SIAM Review 2011, algorithms 4.4 and 5.1).
/// </summary>
internal static unsafe class TruncatedSvd
{
    // Directions that are tried besides those that are asked for: they make the last ones of these exact.
    private const int Oversampling = 10;

    /// <summary>
    /// Finds <paramref name="rank"/> directions with so many passes over the matrix and back; <paramref name="report"/> gets how many are done and how many there are.
    /// </summary>
    /// <returns>The singular values, the greatest first, and for each column of the matrix its <paramref name="rank"/> components.</returns>
    public static (float[] Values, float[] Columns) Of(
        SparseMatrix matrix, int rank, int iterations, ulong seed, Action<int, int>? report = null, CancellationToken cancellation = default)
    {
        int width = Math.Min(rank + Oversampling, Math.Min(matrix.Rows, matrix.ColumnCount));
        SparseMatrix transposed = matrix.Transpose();
        float[] basis = Normal(checked(matrix.ColumnCount * width), seed), image = new float[checked(matrix.Rows * width)];
        for (int pass = 0; pass <= iterations; pass++)
        {
            report?.Invoke(pass, iterations + 1);
            matrix.Multiply(basis, width, image, cancellation);
            Orthonormalize(image, width, cancellation);
            transposed.Multiply(image, width, basis, cancellation);
            Orthonormalize(basis, width, cancellation);
        }

        report?.Invoke(iterations + 1, iterations + 1);
        matrix.Multiply(basis, width, image, cancellation);
        (double[] squares, double[] vectors) = SymmetricEigen.Solve(Gram(image, width, cancellation), width);
        float[] values = [.. squares.Take(rank).Select(square => (float)Math.Sqrt(Math.Max(0, square)))];
        return (values, Turn(basis, width, vectors, rank));
    }

    // Box and Muller's normal deviates of a stream of draws of their own.
    private static float[] Normal(int count, ulong seed)
    {
        var key = DrawKey.From(seed, 0, 0);
        var values = new float[count];
        for (int i = 0; i < count; i++)
        {
            double radius = Math.Sqrt(-2 * Math.Log((key.Draw(2L * i) + 1.0) / 4294967296.0));
            values[i] = (float)(radius * Math.Cos(2 * Math.PI * key.Draw(2L * i + 1) / 4294967296.0));
        }

        return values;
    }

    private static double[] Gram(float[] matrix, int width, CancellationToken cancellation)
    {
        fixed (float* rows = matrix)
            return GramMatrix.Of(rows, matrix.Length / width, width, cancellation);
    }

    /// <summary>
    /// Makes the columns of <paramref name="matrix"/> orthonormal: with L Lᵀ the Cholesky factors of the products of its columns, each row x
    /// becomes x L⁻ᵀ. A column that depends on those before it becomes zero.
    /// </summary>
    internal static void Orthonormalize(float[] matrix, int width, CancellationToken cancellation)
    {
        double[] factor = Cholesky(Gram(matrix, width, cancellation), width);
        float[] inverse = InverseTransposed(factor, width);
        int rows = matrix.Length / width;
        Parallel.For(0, (rows + 255) / 256, new ParallelOptions { CancellationToken = cancellation }, piece =>
        {
            var turned = new float[width];
            for (int row = piece * 256; row < Math.Min(rows, (piece + 1) * 256); row++)
            {
                Span<float> target = matrix.AsSpan(row * width, width);
                Array.Clear(turned);
                for (int i = 0; i < width; i++)
                    VectorMath.AddScaled(turned.AsSpan(i), target[i], inverse.AsSpan(i * width + i, width - i));
                turned.CopyTo(target);
            }
        });
    }

    // The lower factor; a row of zeros where nothing is left of a column.
    private static double[] Cholesky(double[] gram, int n)
    {
        var factor = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < i; j++)
            {
                double rest = gram[i * n + j] - TensorPrimitives.Dot<double>(factor.AsSpan(i * n, j), factor.AsSpan(j * n, j));
                factor[i * n + j] = factor[j * n + j] > 0 ? rest / factor[j * n + j] : 0;
            }

            double left = gram[i * n + i] - TensorPrimitives.SumOfSquares<double>(factor.AsSpan(i * n, i));
            // What rounding to 32-bit floats leaves of a column that depends on the others is below this.
            factor[i * n + i] = left > 1e-12 * gram[i * n + i] ? Math.Sqrt(left) : 0;
        }

        return factor;
    }

    private static float[] InverseTransposed(double[] factor, int n)
    {
        var inverse = new double[n * n];
        for (int column = 0; column < n; column++)
        {
            // Row by row of L y = e_column, written as a row of the result.
            for (int i = column; i < n; i++)
            {
                double rest = (i == column ? 1 : 0)
                    - TensorPrimitives.Dot<double>(factor.AsSpan(i * n + column, i - column), inverse.AsSpan(column * n + column, i - column));
                inverse[column * n + i] = factor[i * n + i] > 0 ? rest / factor[i * n + i] : 0;
            }
        }

        return Array.ConvertAll(inverse, value => (float)value);
    }

    // The basis in the directions of the eigenvectors; of a direction and its opposite the one whose largest component is positive.
    private static float[] Turn(float[] basis, int width, double[] vectors, int rank)
    {
        int rows = basis.Length / width;
        var turned = new float[checked(rows * rank)];
        var directions = new float[width * rank];
        for (int i = 0; i < width * rank; i++)
            directions[i] = (float)vectors[i % rank * width + i / rank];
        for (int row = 0; row < rows; row++)
        {
            for (int i = 0; i < width; i++)
                VectorMath.AddScaled(turned.AsSpan(row * rank, rank), basis[row * width + i], directions.AsSpan(i * rank, rank));
        }

        for (int column = 0; column < rank; column++)
            PointUp(turned, rank, column);
        return turned;
    }

    private static void PointUp(float[] matrix, int width, int column)
    {
        float largest = 0;
        for (int i = column; i < matrix.Length; i += width)
            largest = Math.Abs(matrix[i]) > Math.Abs(largest) ? matrix[i] : largest;
        for (int i = column; i < matrix.Length && largest < 0; i += width)
            matrix[i] = -matrix[i];
    }
}
