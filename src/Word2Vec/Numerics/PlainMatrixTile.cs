using System.Numerics;

namespace Word2Vec.Numerics;

/// <summary>What <see cref="MatrixTile{T}"/> computes, one product after another: its definition and its yardstick in the tests.</summary>
internal static unsafe class PlainMatrixTile
{
    /// <summary>Adds a · b to c; the arguments are those of <see cref="MatrixTile{T}.Product"/>.</summary>
    public static void Product<T>(T* a, nint aRow, nint aDepth, T* b, nint bDepth, int rows, int columns, int depth, T* c, nint cRow)
        where T : unmanaged, INumberBase<T>
    {
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                T sum = T.Zero;
                for (int d = 0; d < depth; d++)
                    sum += a[row * aRow + d * aDepth] * b[d * bDepth + column];
                c[row * cRow + column] += sum;
            }
        }
    }
}
