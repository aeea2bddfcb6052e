using System.Numerics;
using System.Numerics.Tensors;

namespace Word2Vec.Numerics;

/// <summary>Writes row <paramref name="index"/> to <paramref name="target"/>.</summary>
internal delegate void RowWriter(int index, Span<double> target);

/// <summary>Products of tall matrices, whose rows are written when they are needed, with each other and with small ones; in 64-bit floats.</summary>
internal static unsafe class RowBlocks
{
    // A multiple of the tile's rows. The parts are a fixed number, so that sums do not depend on the number of threads.
    private const int Block = 96, Parts = 8;

    /// <summary>Σ left[r, i] · right[r, j] over <paramref name="count"/> rows r of <paramref name="size"/> components: size × size, row by row.</summary>
    public static double[] Cross(int count, int size, RowWriter left, RowWriter right, CancellationToken cancellation)
    {
        int height = Multiples.RoundUp(size, MatrixTile<double>.Rows), width = Multiples.RoundUp(size, Vector<double>.Count);
        var sums = new double[Parts][];
        Parallel.For(0, Parts, new ParallelOptions { CancellationToken = cancellation }, part =>
        {
            var (a, b, c) = (new double[Block * height], new double[Block * width], new double[height * width]);
            int end = (int)((long)count * (part + 1) / Parts);
            for (int start = (int)((long)count * part / Parts); start < end; start += Block)
            {
                cancellation.ThrowIfCancellationRequested();
                int rows = Math.Min(Block, end - start);
                for (int r = 0; r < rows; r++)
                {
                    left(start + r, a.AsSpan(r * height, size));
                    right(start + r, b.AsSpan(r * width, size));
                }

                fixed (double* first = a, second = b, sum = c)
                    MatrixTile<double>.Product(first, 1, height, second, width, height, width, rows, sum, width);
            }

            sums[part] = c;
        });
        for (int part = 1; part < Parts; part++)
            TensorPrimitives.Add(sums[0], sums[part], sums[0]);
        return Narrow(sums[0], size, width);
    }

    /// <summary>
    /// Multiplies each of <paramref name="count"/> rows by the size × size <paramref name="matrix"/> and hands it to <paramref name="take"/>, on several
    /// threads and in any order.
    /// </summary>
    public static void Multiply(int count, int size, RowWriter rows, double[] matrix, Action<int, double[]> take, CancellationToken cancellation)
    {
        int width = Multiples.RoundUp(size, Vector<double>.Count);
        var wide = new double[size * width];
        for (int i = 0; i < size; i++)
            matrix.AsSpan(i * size, size).CopyTo(wide.AsSpan(i * width));
        Parallel.For(0, (count + Block - 1) / Block, new ParallelOptions { CancellationToken = cancellation }, block =>
        {
            var (a, c, row) = (new double[Block * size], new double[Block * width], new double[size]);
            int start = block * Block, end = Math.Min(count, start + Block);
            for (int i = start; i < end; i++)
                rows(i, a.AsSpan((i - start) * size, size));
            fixed (double* first = a, second = wide, product = c)
                MatrixTile<double>.Product(first, size, 1, second, width, Block, width, size, product, width);
            for (int i = start; i < end; i++)
            {
                c.AsSpan((i - start) * width, size).CopyTo(row);
                take(i, row);
            }
        });
    }

    private static double[] Narrow(double[] wide, int size, int width)
    {
        var matrix = new double[size * size];
        for (int i = 0; i < size; i++)
            wide.AsSpan(i * width, size).CopyTo(matrix.AsSpan(i * size));
        return matrix;
    }
}
