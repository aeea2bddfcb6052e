using System.Numerics.Tensors;
using Word2Vec.Vectors;

namespace Word2Vec.Analysis;

/// <summary>
/// Vectors less their mean, in 64-bit floats, cut into parts whose number does not follow from that of threads: sums are taken part by part and
/// then in order.
/// </summary>
internal sealed unsafe class CenteredRows : IDisposable
{
    private const int MostParts = 64;
    private const long PartsBytes = 1L << 28;

    private readonly WordVectors.PinnedRows _rows;

    /// <summary>Measures the mean; each part may have <paramref name="partBytes"/> of its own, which bounds their number.</summary>
    public CenteredRows(WordVectors vectors, long partBytes, ParallelOptions parallelism)
    {
        (Count, Size, Parallelism) = (vectors.Count, vectors.Size, parallelism);
        Parts = (int)Math.Clamp(PartsBytes / partBytes, 1, MostParts);
        _rows = vectors.PinRows();
        Mean = MeasureMean();
    }

    public int Count { get; }

    public int Size { get; }

    public int Parts { get; }

    public ParallelOptions Parallelism { get; }

    public double[] Mean { get; }

    /// <summary>The first row of a part.</summary>
    public int Begin(int part) => (int)((long)Count * part / Parts);

    /// <summary>Writes row <paramref name="id"/> less the mean to <paramref name="row"/>.</summary>
    public void Copy(int id, Span<double> row)
    {
        TensorPrimitives.ConvertChecked<float, double>(new ReadOnlySpan<float>(_rows[id], Size), row);
        TensorPrimitives.Subtract(row, Mean, row);
    }

    public void Dispose() => _rows.Dispose();

    private double[] MeasureMean()
    {
        var sums = new double[Parts][];
        Parallel.For(0, Parts, Parallelism, part =>
        {
            sums[part] = new double[Size];
            var row = new double[Size];
            for (int id = Begin(part), end = Begin(part + 1); id < end; id++)
            {
                TensorPrimitives.ConvertChecked<float, double>(new ReadOnlySpan<float>(_rows[id], Size), row);
                TensorPrimitives.Add(sums[part], row, sums[part]);
            }
        });
        for (int part = 1; part < Parts; part++)
            TensorPrimitives.Add(sums[0], sums[part], sums[0]);
        TensorPrimitives.Divide(sums[0], Count, sums[0]);
        return sums[0];
    }
}
