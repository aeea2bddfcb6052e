using System.Numerics;
using System.Runtime.CompilerServices;

namespace Word2Vec.Numerics;

/// <summary>
/// The hot loop of the matrix products of Analysis: six rows against two registers of columns. Twelve sums, two columns and a component take 15 of
/// the 16 registers that AVX2 has. <see cref="PlainMatrixTile"/> says the same in plain loops.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
internal static unsafe class MatrixTile<T>
    where T : unmanaged, INumberBase<T>
{
    /// <summary>Rows of a tile.</summary>
    public const int Rows = 6;

    /// <summary>Columns of a tile.</summary>
    public static int Columns => 2 * Vector<T>.Count;

    /// <summary>
    /// Adds to the tile at <paramref name="c"/>, whose rows lie <paramref name="cRow"/> elements apart, the products Σ a[row, d] · b[d, column] over d below
    /// <paramref name="depth"/>: a[row, d] lies <paramref name="aRow"/> · row + <paramref name="aDepth"/> · d elements behind <paramref name="a"/>, b[d, column]
    /// <paramref name="bDepth"/> · d + column behind <paramref name="b"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void MultiplyAdd(T* a, nint aRow, nint aDepth, T* b, nint bDepth, int depth, T* c, nint cRow)
    {
        Vector<T> a0 = default, b0 = default, a1 = default, b1 = default, a2 = default, b2 = default;
        Vector<T> a3 = default, b3 = default, a4 = default, b4 = default, a5 = default, b5 = default;
        T* second = a + 3 * aRow;
        for (; depth > 0; depth--, a += aDepth, second += aDepth, b += bDepth)
        {
            Vector<T> left = Vector.Load(b), right = Vector.Load(b + Vector<T>.Count);
            var x = new Vector<T>(*a);
            a0 = Fused(x, left, a0);
            b0 = Fused(x, right, b0);
            x = new Vector<T>(a[aRow]);
            a1 = Fused(x, left, a1);
            b1 = Fused(x, right, b1);
            x = new Vector<T>(a[2 * aRow]);
            a2 = Fused(x, left, a2);
            b2 = Fused(x, right, b2);
            x = new Vector<T>(*second);
            a3 = Fused(x, left, a3);
            b3 = Fused(x, right, b3);
            x = new Vector<T>(second[aRow]);
            a4 = Fused(x, left, a4);
            b4 = Fused(x, right, b4);
            x = new Vector<T>(second[2 * aRow]);
            a5 = Fused(x, left, a5);
            b5 = Fused(x, right, b5);
        }

        Add(c, a0, b0);
        Add(c + cRow, a1, b1);
        Add(c + 2 * cRow, a2, b2);
        Add(c + 3 * cRow, a3, b3);
        Add(c + 4 * cRow, a4, b4);
        Add(c + 5 * cRow, a5, b5);
    }

    /// <summary>The same for one register of columns, where no more are left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void MultiplyAddHalf(T* a, nint aRow, nint aDepth, T* b, nint bDepth, int depth, T* c, nint cRow)
    {
        Vector<T> a0 = default, a1 = default, a2 = default, a3 = default, a4 = default, a5 = default;
        T* second = a + 3 * aRow;
        for (; depth > 0; depth--, a += aDepth, second += aDepth, b += bDepth)
        {
            Vector<T> column = Vector.Load(b);
            a0 = Fused(new Vector<T>(*a), column, a0);
            a1 = Fused(new Vector<T>(a[aRow]), column, a1);
            a2 = Fused(new Vector<T>(a[2 * aRow]), column, a2);
            a3 = Fused(new Vector<T>(*second), column, a3);
            a4 = Fused(new Vector<T>(second[aRow]), column, a4);
            a5 = Fused(new Vector<T>(second[2 * aRow]), column, a5);
        }

        Vector.Store(Vector.Load(c) + a0, c);
        Vector.Store(Vector.Load(c + cRow) + a1, c + cRow);
        Vector.Store(Vector.Load(c + 2 * cRow) + a2, c + 2 * cRow);
        Vector.Store(Vector.Load(c + 3 * cRow) + a3, c + 3 * cRow);
        Vector.Store(Vector.Load(c + 4 * cRow) + a4, c + 4 * cRow);
        Vector.Store(Vector.Load(c + 5 * cRow) + a5, c + 5 * cRow);
    }

    /// <summary>The tiles of a whole product: <paramref name="rows"/> is a multiple of six, <paramref name="columns"/> of a register.</summary>
    public static void Product(T* a, nint aRow, nint aDepth, T* b, nint bDepth, int rows, int columns, int depth, T* c, nint cRow)
    {
        for (int column = 0; column < columns; column += Columns)
        {
            bool half = columns - column < Columns;
            for (int row = 0; row < rows; row += Rows)
            {
                if (half)
                    MultiplyAddHalf(a + row * aRow, aRow, aDepth, b + column, bDepth, depth, c + row * cRow + column, cRow);
                else
                    MultiplyAdd(a + row * aRow, aRow, aDepth, b + column, bDepth, depth, c + row * cRow + column, cRow);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<T> Fused(Vector<T> x, Vector<T> y, Vector<T> sum) => typeof(T) == typeof(float)
        ? Vector.FusedMultiplyAdd(x.As<T, float>(), y.As<T, float>(), sum.As<T, float>()).As<float, T>()
        : Vector.FusedMultiplyAdd(x.As<T, double>(), y.As<T, double>(), sum.As<T, double>()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(T* c, Vector<T> left, Vector<T> right)
    {
        Vector.Store(Vector.Load(c) + left, c);
        Vector.Store(Vector.Load(c + Vector<T>.Count) + right, c + Vector<T>.Count);
    }
}
