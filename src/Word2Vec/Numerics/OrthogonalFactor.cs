using System.Numerics.Tensors;

namespace Word2Vec.Numerics;

/// <summary>
/// The orthogonal matrix nearest to a square one: U Vᵀ of its singular value decomposition U Σ Vᵀ, found by one-sided Jacobi rotations. Takes about
/// ten sweeps of 5 n³ multiplications and is as accurate as the numbers are, also for small singular values.
/// </summary>
/// <remarks>Golub and Van Loan, Matrix Computations, 4th edition, section 8.6.3 (Hestenes 1958); the threshold is Demmel and Veselić's (1992).</remarks>
internal static class OrthogonalFactor
{
    private const int MostSweeps = 60;
    private const double Rounding = 2.2e-16;

    /// <summary>The factor of the <paramref name="n"/> × <paramref name="n"/> <paramref name="matrix"/>, both row by row.</summary>
    /// <exception cref="Word2VecException">The rotations did not settle, as where a number is not finite (Training).</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static double[] Of(ReadOnlySpan<double> matrix, int n, CancellationToken cancellation = default)
    {
        // Columns of the matrix, and of V, as rows.
        var columns = new double[n][];
        var v = new double[n][];
        for (int j = 0; j < n; j++)
        {
            (columns[j], v[j]) = (new double[n], new double[n]);
            v[j][j] = 1;
            for (int i = 0; i < n; i++)
                columns[j][i] = matrix[i * n + j];
        }

        for (int sweep = 0; Sweep(columns, v, cancellation); sweep++)
        {
            if (sweep == MostSweeps)
                throw new Word2VecException(ErrorKind.Training, $"The singular vectors of a matrix of {n} × {n} did not settle in {MostSweeps} sweeps; are its " +
                    "numbers finite?");
        }

        Normalize(columns);
        var factor = new double[n * n];
        for (int j = 0; j < n; j++)
        {
            for (int i = 0; i < n; i++)
            {
                Span<double> row = factor.AsSpan(i * n, n);
                TensorPrimitives.MultiplyAdd(v[j], columns[j][i], row, row);
            }
        }

        return factor;
    }

    // Turns every pair of columns until they are at right angles; false if all were.
    private static bool Sweep(double[][] columns, double[][] v, CancellationToken cancellation)
    {
        bool turned = false;
        double[] squares = Array.ConvertAll(columns, column => TensorPrimitives.SumOfSquares<double>(column));
        for (int p = 0; p < columns.Length - 1; p++)
        {
            cancellation.ThrowIfCancellationRequested();
            for (int q = p + 1; q < columns.Length; q++)
            {
                double a = squares[p], b = squares[q], product = TensorPrimitives.Dot<double>(columns[p], columns[q]);
                if (double.IsNaN(product) || Math.Abs(product) > Rounding * columns.Length * Math.Sqrt(a) * Math.Sqrt(b))
                    turned = true;
                else
                    continue;

                double zeta = (b - a) / (2 * product), t = 1 / (zeta + Math.CopySign(double.Hypot(1, zeta), zeta));
                double c = 1 / double.Hypot(1, t), s = c * t;
                VectorMath.Rotate(columns[p], columns[q], c, s);
                VectorMath.Rotate(v[p], v[q], c, s);
                (squares[p], squares[q]) = (Math.Max(0, a - t * product), b + t * product);
            }
        }

        return turned;
    }

    // Columns at length 1. What is zero but for rounding gets a direction at right angles to all others: any one is as near.
    private static void Normalize(double[][] columns)
    {
        int n = columns.Length;
        double[] norms = Array.ConvertAll(columns, column => TensorPrimitives.Norm<double>(column));
        double smallest = norms.DefaultIfEmpty(0).Max() * n * Rounding;
        int[] order = [.. Enumerable.Range(0, n).OrderByDescending(j => norms[j])];
        for (int place = 0, axis = 0; place < n; place++)
        {
            double[] column = columns[order[place]];
            if (norms[order[place]] > smallest)
                TensorPrimitives.Divide(column, norms[order[place]], column);
            else
                while (!TakeAxis(column, axis++, [.. order[..place].Select(j => columns[j])]))
                {
                    // That axis lies among the directions that there are.
                }
        }
    }

    private static bool TakeAxis(double[] column, int axis, double[][] others)
    {
        Array.Clear(column);
        column[axis] = 1;
        // Twice is enough (Kahan).
        for (int pass = 0; pass < 2; pass++)
        {
            foreach (double[] other in others)
                TensorPrimitives.MultiplyAdd(other, -TensorPrimitives.Dot<double>(column, other), column, column);
        }

        double norm = TensorPrimitives.Norm<double>(column);
        if (norm < 1e-4)
            return false;
        TensorPrimitives.Divide(column, norm, column);
        return true;
    }
}
