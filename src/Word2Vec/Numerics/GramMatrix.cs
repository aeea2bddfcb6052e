using System.Numerics.Tensors;

namespace Word2Vec.Numerics;

/// <summary>AᵀA of a tall matrix A in double precision: all products of two of its columns.</summary>
internal static unsafe class GramMatrix
{
    // A fixed number, so that the sums are taken in the same order on any number of processors.
    private const int Parts = 8;

    /// <summary>
    /// Returns <paramref name="size"/> × <paramref name="size"/> products, row by row, of the <paramref name="count"/> rows of
    /// <paramref name="size"/> floats at <paramref name="rows"/>.
    /// </summary>
    public static double[] Of(float* rows, long count, int size, CancellationToken cancellation = default)
    {
        var parts = new double[Parts][];
        Parallel.For(0, Parts, new ParallelOptions { CancellationToken = cancellation }, part =>
            parts[part] = UpperHalf(rows, count * part / Parts, count * (part + 1) / Parts, size, cancellation));
        double[] gram = parts[0];
        for (int part = 1; part < Parts; part++)
            TensorPrimitives.Add(gram, parts[part], gram);
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < i; j++)
                gram[i * size + j] = gram[j * size + i];
        }

        return gram;
    }

    private static double[] UpperHalf(float* rows, long first, long end, int size, CancellationToken cancellation)
    {
        var sums = new double[size * size];
        var row = new double[size];
        for (long id = first; id < end; id++)
        {
            if (id % 1024 == 0)
                cancellation.ThrowIfCancellationRequested();
            TensorPrimitives.ConvertChecked(new ReadOnlySpan<float>(rows + id * size, size), row.AsSpan());
            for (int i = 0; i < size; i++)
            {
                Span<double> target = sums.AsSpan(i * size + i, size - i);
                if (row[i] != 0)
                    TensorPrimitives.MultiplyAddEstimate(row.AsSpan(i), row[i], target, target);
            }
        }

        return sums;
    }
}
