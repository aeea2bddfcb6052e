using System.Numerics.Tensors;
using Word2Vec.Numerics;
using Word2Vec.Vectors;

namespace Word2Vec.Analysis;

/// <summary>
/// The vectors as clusters see them: at length 1 where directions are compared, otherwise less their mean, which keeps digits where they all lie on one
/// side of the origin.
/// </summary>
internal sealed unsafe class PointRows : IDisposable
{
    /// <summary>Rows of a chunk. Sums are taken chunk by chunk and then in order, so that they do not depend on the number of threads.</summary>
    public const int Chunk = 1536;

    private readonly WordVectors.PinnedRows _rows;
    private readonly float[] _factors;
    private readonly float[] _mean;
    private readonly bool _spherical;

    public PointRows(WordVectors vectors, bool spherical, int threads, CancellationToken cancellation)
    {
        (Count, Size, _spherical) = (vectors.Count, vectors.Size, spherical);
        Parallelism = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        _rows = vectors.PinRows();
        _mean = new float[Size];
        _factors = new float[spherical ? Count : 0];
        Squares = new float[Count];
        double[] sums = Measure();
        double[] means = Array.ConvertAll(sums, sum => sum / Count);
        if (!spherical)
        {
            _mean = Array.ConvertAll(means, mean => (float)mean);
            ForChunks((start, end) =>
            {
                var row = new float[Size];
                for (int id = start; id < end; id++)
                    Square(id, row);
            });
        }

        double squares = Squares.Sum(square => (double)square);
        Variance = Math.Max(0, (squares - (spherical ? Count * means.Sum(mean => mean * mean) : 0)) / Count / Size);
    }

    public int Count { get; }

    public int Size { get; }

    /// <summary>The square of the length of each row as <see cref="Copy"/> gives it.</summary>
    public float[] Squares { get; }

    /// <summary>The mean over the components of their variances.</summary>
    public double Variance { get; }

    public ParallelOptions Parallelism { get; }

    /// <summary>What was taken off each row.</summary>
    public ReadOnlySpan<float> Mean => _mean;

    /// <summary>Writes row <paramref name="id"/> to <paramref name="target"/>, <see cref="Size"/> floats.</summary>
    public void Copy(int id, Span<float> target)
    {
        var row = new ReadOnlySpan<float>(_rows[id], Size);
        if (_spherical)
            TensorPrimitives.Multiply(row, _factors[id], target);
        else
            TensorPrimitives.Subtract(row, _mean, target);
    }

    /// <summary>Writes the sum of the rows <paramref name="ids"/>, as <see cref="Copy"/> gives them, to <paramref name="target"/>.</summary>
    public void Sum(ReadOnlySpan<int> ids, Span<double> target)
    {
        var (sum, row) = (new WideSum(Size), new float[Size]);
        foreach (int id in ids)
        {
            Copy(id, row);
            sum.Add(row);
        }

        sum.Take(target);
    }

    /// <summary>Calls <paramref name="body"/> with the first row and the end of every chunk, on several threads.</summary>
    public void ForChunks(Action<int, int> body) => Parallel.For(0, Multiples.RoundUp(Count, Chunk) / Chunk, Parallelism,
        chunk => body(chunk * Chunk, Math.Min(Count, (chunk + 1) * Chunk)));

    public void Dispose() => _rows.Dispose();

    // The sum of all rows; where directions are compared, of the rows at length 1, whose factors and squares are found on the way.
    private double[] Measure()
    {
        var parts = new double[Multiples.RoundUp(Count, Chunk) / Chunk][];
        ForChunks((start, end) =>
        {
            var (sum, row) = (new WideSum(Size), new float[Size]);
            for (int id = start; id < end; id++)
            {
                var stored = new ReadOnlySpan<float>(_rows[id], Size);
                if (_spherical)
                {
                    float norm = VectorMath.Norm(stored);
                    _factors[id] = norm > 0 ? 1 / norm : 0;
                    Square(id, row);
                }

                sum.Add(_spherical ? row : stored);
            }

            sum.Take(parts[start / Chunk] = new double[Size]);
        });
        var sums = new double[Size];
        foreach (double[] part in parts)
            TensorPrimitives.Add(sums, part, sums);
        return sums;
    }

    private void Square(int id, float[] row)
    {
        Copy(id, row);
        Squares[id] = VectorMath.Dot(row, row);
    }
}
