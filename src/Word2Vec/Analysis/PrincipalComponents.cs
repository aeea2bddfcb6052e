using System.Numerics.Tensors;
using Word2Vec.Numerics;
using Word2Vec.Vectors;
using Word2Vec.Words;

namespace Word2Vec.Analysis;

/// <summary>
/// The directions in which vectors vary most (principal component analysis): the eigenvectors of their covariance, in 64-bit floats.
/// </summary>
public sealed unsafe class PrincipalComponents
{
    private const int Block = 96;

    private readonly double[] _mean;
    private readonly double[][] _directions;

    private PrincipalComponents(double[] mean, double[][] directions, double[] variances, double total)
    {
        (_mean, _directions, Variances, TotalVariance) = (mean, directions, variances, total);
    }

    /// <summary>The mean of the vectors, which is taken off before they are turned.</summary>
    public IReadOnlyList<double> Mean => _mean;

    /// <summary>
    /// The directions, of length 1 and at right angles to each other, the one of the largest variance first; the largest component of each is positive.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<double>> Directions => _directions;

    /// <summary>The variance along each direction (divisor: the number of vectors less 1).</summary>
    public IReadOnlyList<double> Variances { get; }

    /// <summary>The sum of the variances of all components of the vectors.</summary>
    public double TotalVariance { get; }

    /// <summary>The share of the variance that the directions keep, 0 … 1; 1 where nothing varies.</summary>
    public double Kept => TotalVariance > 0 ? Math.Min(1, Variances.Sum() / TotalVariance) : 1;

    /// <summary>Finds the <paramref name="size"/> first directions of <paramref name="vectors"/>, 1 to as many as these have components.</summary>
    /// <param name="threads">The most threads; 0, the default: all processors. The result does not depend on it.</param>
    /// <param name="progress">Hears, from several threads, of the stage <c>covariance</c> (rows).</param>
    /// <exception cref="Word2VecException">The size is out of its range (Usage).</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static PrincipalComponents Of(
        WordVectors vectors, int size, int threads = 0, IProgress<StageProgress>? progress = null, CancellationToken cancellation = default)
    {
        using CenteredRows rows = Rows(vectors, size, threads, 8L * vectors.Size * vectors.Size, cancellation);
        double[][] covariance = Covariance(rows, progress);
        double total = Enumerable.Range(0, vectors.Size).Sum(i => covariance[i][i]);
        cancellation.ThrowIfCancellationRequested();
        var eigen = new SymmetricEigen(covariance);
        return Make(rows, [.. eigen.Vectors.Take(size)], eigen.Values.Take(size), total);
    }

    /// <summary>
    /// The same for wide vectors, of thousands of components, of which few directions are wanted: by randomised subspace iteration, without the covariance. The
    /// variances are nearly those of <see cref="Of"/>, never more, and so are the directions where variances are far enough from each other.
    /// </summary>
    /// <param name="seed">The drawn directions that the search begins with follow from it; 1 by default.</param>
    /// <param name="threads">The most threads; 0, the default: all processors. The result does not depend on it.</param>
    /// <param name="progress">Hears, on the calling thread, of the stage <c>passes</c> over all rows.</param>
    /// <exception cref="Word2VecException">The size is out of its range (Usage).</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static PrincipalComponents Approximate(
        WordVectors vectors, int size, ulong seed = 1, int threads = 0, IProgress<StageProgress>? progress = null, CancellationToken cancellation = default)
    {
        using CenteredRows rows = Rows(vectors, size, threads, 8L * vectors.Size * Math.Min(size + 32, vectors.Size), cancellation);
        (double[][] directions, double[] variances, double total) = RandomizedComponents.Of(
            rows, size, seed, (done, total) => progress?.Report(new StageProgress("passes", done, total)));
        return Make(rows, directions, variances, total);
    }

    /// <summary>
    /// Returns <paramref name="vectors"/>, less the mean, in terms of the directions: a component for each. Words, counts and metadata come along.
    /// </summary>
    /// <exception cref="Word2VecException">The vectors have another size than those that the directions were found for (Usage).</exception>
    public WordVectors Apply(WordVectors vectors)
    {
        if (vectors.Size != _mean.Length)
            throw new Word2VecException(ErrorKind.Usage, $"The principal components are those of vectors of {_mean.Length} components; these have " +
                $"{vectors.Size}. Take vectors of the same kind.");
        int size = _directions.Length;
        var reduced = new NativeBuffer<float>((long)vectors.Count * size);
        using (var rows = vectors.PinRows())
        {
            Parallel.For(0, Multiples.RoundUp(vectors.Count, Block) / Block,
                block => Turn(rows, block * Block, Math.Min(vectors.Count, (block + 1) * Block), reduced));
        }

        GC.KeepAlive(vectors);
        return new WordVectors(vectors.Words.InMemory(), size, reduced.First, (long)size * sizeof(float), reduced)
        {
            Counts = vectors.Counts?.ToArray(),
            Metadata = vectors.Metadata,
        };
    }

    private void Turn(WordVectors.PinnedRows rows, int start, int end, NativeBuffer<float> reduced)
    {
        var row = new double[_mean.Length];
        for (int id = start; id < end; id++)
        {
            TensorPrimitives.ConvertChecked<float, double>(new ReadOnlySpan<float>(rows[id], row.Length), row);
            TensorPrimitives.Subtract(row, _mean, row);
            for (int i = 0; i < _directions.Length; i++)
                reduced.First[(long)id * _directions.Length + i] = (float)TensorPrimitives.Dot<double>(row, _directions[i]);
        }
    }

    private static CenteredRows Rows(WordVectors vectors, int size, int threads, long partBytes, CancellationToken cancellation)
    {
        OptionCheck.Range("size", size, 1, vectors.Size);
        OptionCheck.Range("threads", threads, 0, int.MaxValue);
        var parallelism = new ParallelOptions { MaxDegreeOfParallelism = threads == 0 ? -1 : threads, CancellationToken = cancellation };
        return new CenteredRows(vectors, partBytes, parallelism);
    }

    // Of a direction and its opposite the one whose largest component is positive.
    private static PrincipalComponents Make(CenteredRows rows, double[][] directions, IEnumerable<double> variances, double total)
    {
        foreach (double[] direction in directions)
        {
            if (direction[TensorPrimitives.IndexOfMaxMagnitude<double>(direction)] < 0)
                TensorPrimitives.Negate<double>(direction, direction);
        }

        return new PrincipalComponents(rows.Mean, directions, [.. variances.Select(value => Math.Max(0, value))], total);
    }

    private static double[][] Covariance(CenteredRows rows, IProgress<StageProgress>? progress)
    {
        int size = rows.Size, stride = Multiples.RoundUp(Multiples.RoundUp(size, MatrixTile<double>.Rows), MatrixTile<double>.Columns);
        var sums = new NativeBuffer<double>[rows.Parts];
        int done = 0;
        Parallel.For(0, rows.Parts, rows.Parallelism, part =>
        {
            sums[part] = new NativeBuffer<double>((long)stride * stride);
            using var block = new NativeBuffer<double>((long)Block * stride);
            for (int id = rows.Begin(part), end = rows.Begin(part + 1); id < end; id += Block)
            {
                int count = Math.Min(Block, end - id);
                for (int i = 0; i < count; i++)
                    rows.Copy(id + i, new Span<double>(block.First + (long)i * stride, size));
                AddProducts(block.First, count, size, stride, sums[part].First);
                progress?.Report(new StageProgress("covariance", Interlocked.Add(ref done, count), rows.Count));
            }
        });
        double[][] covariance = [.. Enumerable.Range(0, size).Select(_ => new double[size])];
        foreach (NativeBuffer<double> sum in sums)
        {
            for (int i = 0; i < size; i++)
                TensorPrimitives.Add(covariance[i], new ReadOnlySpan<double>(sum.First + (long)i * stride, size), covariance[i]);
            sum.Dispose();
        }

        // The tiles above the diagonal alone were multiplied.
        for (int i = 0; i < size; i++)
        {
            for (int j = i; j < size; j++)
                covariance[i][j] = covariance[j][i] = covariance[i][j] / Math.Max(1, rows.Count - 1);
        }

        return covariance;
    }

    private static void AddProducts(double* block, int count, int size, int stride, double* sums)
    {
        const int Rows = MatrixTile<double>.Rows;
        for (int column = 0; column < size; column += MatrixTile<double>.Columns)
        {
            int rows = Math.Min(Multiples.RoundUp(size, Rows), Multiples.RoundUp(column + MatrixTile<double>.Columns, Rows));
            MatrixTile<double>.Product(block, 1, stride, block + column, stride, rows, MatrixTile<double>.Columns, count, sums + column, stride);
        }
    }
}
