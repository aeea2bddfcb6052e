using System.Numerics.Tensors;

namespace Word2Vec.Numerics;

/// <summary>Eigenvalues and eigenvectors of small symmetric matrices, in double precision.</summary>
internal static class SymmetricEigen
{
    private const int MostSweeps = 60, MostSteps = 20_000;

    /// <summary>
    /// All eigenvalues of the <paramref name="n"/> × <paramref name="n"/> <paramref name="matrix"/>, the greatest first, and a row with the
    /// eigenvector of each, by Jacobi's rotations in the order of the rows (Golub and Van Loan, Matrix Computations, 8.5).
    /// </summary>
    public static (double[] Values, double[] Vectors) Solve(ReadOnlySpan<double> matrix, int n)
    {
        double[] a = matrix.ToArray(), v = new double[n * n];
        for (int i = 0; i < n; i++)
            v[i * n + i] = 1;
        double tiny = 1e-30 * TensorPrimitives.SumOfSquares(a);
        for (int sweep = 0; sweep < MostSweeps && OffDiagonal(a, n) > tiny; sweep++)
        {
            for (int p = 0; p < n - 1; p++)
            {
                for (int q = p + 1; q < n; q++)
                    Rotate(a, v, n, p, q);
            }
        }

        int[] order = [.. Enumerable.Range(0, n).OrderByDescending(i => a[i * n + i])];
        return (Array.ConvertAll(order, i => a[i * n + i]), [.. order.SelectMany(i => v[(i * n)..((i + 1) * n)])]);
    }

    /// <summary>
    /// The unit eigenvector of the greatest eigenvalue of a <paramref name="matrix"/> without negative ones, by repeated multiplication; null
    /// for a matrix of zeros. Its largest component is positive.
    /// </summary>
    public static double[]? Dominant(ReadOnlySpan<double> matrix, int n)
    {
        int widest = 0;
        for (int i = 1; i < n; i++)
            widest = matrix[i * n + i] > matrix[widest * n + widest] ? i : widest;
        double[] vector = matrix.Slice(widest * n, n).ToArray(), next = new double[n];
        if (!Normalize(vector))
            return null;
        for (int step = 0, still = 0; step < MostSteps && still < 3; step++)
        {
            for (int i = 0; i < n; i++)
                next[i] = TensorPrimitives.Dot(matrix.Slice(i * n, n), vector);
            Normalize(next);
            still = TensorPrimitives.Distance<double>(vector, next) < 1e-14 * Math.Sqrt(n) ? still + 1 : 0;
            (vector, next) = (next, vector);
        }

        if (vector[TensorPrimitives.IndexOfMaxMagnitude<double>(vector)] < 0)
            TensorPrimitives.Negate<double>(vector, vector);
        return vector;
    }

    private static bool Normalize(double[] vector)
    {
        double norm = TensorPrimitives.Norm<double>(vector);
        if (norm > 0)
            TensorPrimitives.Divide(vector, norm, vector);
        return norm > 0;
    }

    private static double OffDiagonal(double[] a, int n)
    {
        double sum = 0;
        for (int i = 0; i < n; i++)
            sum += TensorPrimitives.SumOfSquares<double>(a.AsSpan(i * n + i + 1, n - i - 1));
        return sum;
    }

    // Eigenvectors are kept as rows, so that a rotation goes along memory.
    private static void Rotate(double[] a, double[] v, int n, int p, int q)
    {
        double off = a[p * n + q];
        if (off == 0)
            return;
        double theta = (a[q * n + q] - a[p * n + p]) / (2 * off);
        double t = (theta >= 0 ? 1 : -1) / (Math.Abs(theta) + Math.Sqrt(theta * theta + 1)), c = 1 / Math.Sqrt(t * t + 1), s = t * c;
        for (int i = 0; i < n; i++)
            (a[i * n + p], a[i * n + q]) = (c * a[i * n + p] - s * a[i * n + q], s * a[i * n + p] + c * a[i * n + q]);
        RotateRows(a.AsSpan(p * n, n), a.AsSpan(q * n, n), c, s);
        RotateRows(v.AsSpan(p * n, n), v.AsSpan(q * n, n), c, s);
        a[p * n + q] = a[q * n + p] = 0;
    }

    private static void RotateRows(Span<double> first, Span<double> second, double c, double s)
    {
        for (int i = 0; i < first.Length; i++)
            (first[i], second[i]) = (c * first[i] - s * second[i], s * first[i] + c * second[i]);
    }
}
