using System.Numerics.Tensors;

namespace Word2Vec.Numerics;

/// <summary>
/// The eigenvalues of a symmetric matrix, largest first, and its eigenvectors: Householder's reduction to three diagonals, then QL steps with Wilkinson's
/// shift. Takes about 9 n³ multiplications.
/// </summary>
/// <remarks>Golub and Van Loan, Matrix Computations, 4th edition, sections 8.3.1 and 8.3.3; eigenvectors are kept as rows, so that a rotation is of two rows.</remarks>
internal sealed class SymmetricEigen
{
    private const int MostSteps = 60, PatientSteps = 20;
    private const double Rounding = 1.11e-16;

    private readonly int _n;
    private readonly double[][] _rows;
    private readonly double[] _diagonal;
    private readonly double[] _beside;
    private readonly double _noise;

    /// <summary>Decomposes <paramref name="matrix"/>, whose rows are overwritten.</summary>
    public SymmetricEigen(double[][] matrix)
    {
        _n = matrix.Length;
        _rows = new double[_n][];
        _diagonal = new double[_n];
        _beside = new double[_n];
        Reduce(matrix);
        Accumulate(matrix);
        _noise = 4 * Rounding * _diagonal.Zip(_beside, (a, b) => Math.Abs(a) + Math.Abs(b)).DefaultIfEmpty(0).Max();
        for (int l = 0; l < _n; l++)
            Diagonalize(l);
        int[] order = [.. Enumerable.Range(0, _n).OrderByDescending(i => _diagonal[i])];
        Values = Array.ConvertAll(order, i => _diagonal[i]);
        Vectors = Array.ConvertAll(order, i => _rows[i]);
    }

    /// <summary>
    /// The same of the <paramref name="n"/> × <paramref name="n"/> <paramref name="matrix"/> whose rows lie one behind another: all eigenvalues, largest first,
    /// and the eigenvector of each, one behind another.
    /// </summary>
    public static (double[] Values, double[] Vectors) Solve(ReadOnlySpan<double> matrix, int n)
    {
        var rows = new double[n][];
        for (int i = 0; i < n; i++)
            rows[i] = matrix.Slice(i * n, n).ToArray();
        var eigen = new SymmetricEigen(rows);
        return (eigen.Values, [.. eigen.Vectors.SelectMany(vector => vector)]);
    }

    /// <summary>The eigenvalues, largest first.</summary>
    public double[] Values { get; }

    /// <summary>The eigenvectors of length 1 in the order of <see cref="Values"/>.</summary>
    public double[][] Vectors { get; }

    // Row i of the matrix keeps Householder's vector i, over the components behind i; the vector has length √2, or is 0 where nothing is to be reflected.
    private void Reduce(double[][] a)
    {
        var p = new double[_n];
        for (int i = 0; i < _n - 1; i++)
        {
            _diagonal[i] = a[i][i];
            Span<double> u = a[i].AsSpan(i + 1);
            _beside[i] = Reflector(u);
            if (TensorPrimitives.Norm<double>(u) == 0)
                continue;
            Span<double> q = p.AsSpan(i + 1);
            for (int row = i + 1; row < _n; row++)
                p[row] = TensorPrimitives.Dot<double>(a[row].AsSpan(i + 1), u);
            TensorPrimitives.MultiplyAdd(u, -0.5 * TensorPrimitives.Dot<double>(u, q), q, q);
            for (int row = i + 1; row < _n; row++)
            {
                Span<double> rest = a[row].AsSpan(i + 1);
                TensorPrimitives.MultiplyAdd(u, -p[row], rest, rest);
                TensorPrimitives.MultiplyAdd(q, -u[row - i - 1], rest, rest);
            }
        }

        if (_n > 0)
            _diagonal[_n - 1] = a[_n - 1][_n - 1];
    }

    // Makes of x the vector u, |u|² = 2, for which x − u (u · x) has only a first component, which is returned.
    private static double Reflector(Span<double> x)
    {
        double largest = Math.Abs(TensorPrimitives.MaxMagnitude<double>(x));
        double first = x[0];
        if (x.Length == 1 || largest == 0 || TensorPrimitives.MaxMagnitude<double>(x[1..]) == 0)
        {
            x.Clear();
            return first;
        }

        TensorPrimitives.Divide(x, largest, x);
        double norm = TensorPrimitives.Norm<double>(x), signed = x[0] > 0 ? -norm : norm;
        double scale = Math.Sqrt(norm * (norm + Math.Abs(x[0])));
        x[0] -= signed;
        TensorPrimitives.Divide(x, scale, x);
        return signed * largest;
    }

    // The product of the reflections: its columns, which are kept as rows, begin as the basis in which the matrix has three diagonals.
    private void Accumulate(double[][] a)
    {
        for (int i = 0; i < _n; i++)
        {
            _rows[i] = new double[_n];
            _rows[i][i] = 1;
        }

        for (int i = _n - 2; i >= 0; i--)
        {
            ReadOnlySpan<double> u = a[i].AsSpan(i + 1);
            for (int row = i + 1; row < _n; row++)
            {
                Span<double> column = _rows[row].AsSpan(i + 1);
                TensorPrimitives.MultiplyAdd(u, -TensorPrimitives.Dot<double>(u, column), column, column);
            }
        }
    }

    private void Diagonalize(int l)
    {
        for (int step = 0; ; step++)
        {
            int m = l;
            while (m < _n - 1 && !IsSmall(m, step))
                m++;
            if (m == l)
                return;
            if (step == MostSteps)
                throw new Word2VecException(ErrorKind.Training, $"The eigenvalues of a matrix of {_n} × {_n} did not settle in {MostSteps} steps each; " +
                    "are its numbers finite?");
            Step(l, m);
        }
    }

    // Among eigenvalues that are nothing but the rounding errors of larger ones, as those of fewer vectors than components are, no step makes what lies
    // beside them small by their measure; after some steps it is measured by the whole matrix.
    private bool IsSmall(int m, int step) => Math.Abs(_beside[m])
        <= Math.Max(Rounding * (Math.Abs(_diagonal[m]) + Math.Abs(_diagonal[m + 1])), step < PatientSteps ? 0 : _noise);

    private void Step(int l, int m)
    {
        double[] d = _diagonal, e = _beside;
        double g = (d[l + 1] - d[l]) / (2 * e[l]);
        g = d[m] - d[l] + e[l] / (g + Math.CopySign(double.Hypot(g, 1), g));
        double s = 1, c = 1, p = 0;
        for (int i = m - 1; i >= l; i--)
        {
            double f = s * e[i], b = c * e[i], r = double.Hypot(f, g);
            e[i + 1] = r;
            if (r == 0)
            {
                d[i + 1] -= p;
                e[m] = 0;
                return;
            }

            (s, c) = (f / r, g / r);
            g = d[i + 1] - p;
            r = (d[i] - g) * s + 2 * c * b;
            p = s * r;
            d[i + 1] = g + p;
            g = c * r - b;
            VectorMath.Rotate(_rows[i], _rows[i + 1], c, s);
        }

        d[l] -= p;
        e[l] = g;
        e[m] = 0;
    }
}
