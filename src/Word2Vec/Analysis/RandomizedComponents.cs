using System.Numerics.Tensors;
using Word2Vec.Numerics;
using Word2Vec.Words;

namespace Word2Vec.Analysis;

/// <summary>
/// The first principal components of wide vectors by randomised subspace iteration (Halko, Martinsson, Tropp: Finding structure with
/// randomness, SIAM Review 2011, algorithms 4.4 and 5.3): drawn directions are multiplied by the covariance a few times and made orthonormal
/// in between; within the space that they then span the components are exact. The covariance itself is never made.
/// </summary>
internal sealed unsafe class RandomizedComponents
{
    // Directions that are tried besides those that are asked for, and how often they are multiplied: with these the error of a variance is below
    // a thousandth where variances fall as slowly as those of word vectors.
    private const int Oversampling = 10, Passes = 8, Block = 96;

    private readonly CenteredRows _rows;
    private readonly int _width;
    private readonly int _columns;
    private readonly int _depth;

    private RandomizedComponents(CenteredRows rows, int width)
    {
        (_rows, _width) = (rows, width);
        _columns = Multiples.RoundUp(width, MatrixTile<double>.Columns);
        _depth = Multiples.RoundUp(rows.Size, MatrixTile<double>.Rows);
    }

    /// <summary>
    /// Finds <paramref name="size"/> directions with the variances along them and the sum of all variances; the draws follow from
    /// <paramref name="seed"/>. <paramref name="report"/> gets the passes over the rows that are done and how many there are.
    /// </summary>
    public static (double[][] Directions, double[] Variances, double Total) Of(CenteredRows rows, int size, ulong seed, Action<int, int> report)
    {
        var search = new RandomizedComponents(rows, Math.Min(size + Oversampling, rows.Size));
        double[][] basis = search.Drawn(seed);
        for (int pass = 0; pass < Passes; pass++)
        {
            report(pass, Passes + 1);
            Orthonormalize(basis);
            basis = search.Multiply(basis, out _);
        }

        report(Passes, Passes + 1);
        Orthonormalize(basis);
        double[][] image = search.Multiply(basis, out double total);
        report(Passes + 1, Passes + 1);
        double divisor = Math.Max(1, rows.Count - 1);
        double[][] small = [.. basis.Select(left => Array.ConvertAll(image, right => TensorPrimitives.Dot<double>(left, right) / divisor))];
        for (int i = 0; i < small.Length; i++)
        {
            for (int j = 0; j < i; j++)
                small[i][j] = small[j][i] = (small[i][j] + small[j][i]) / 2;
        }

        var eigen = new SymmetricEigen(small);
        double[][] directions = [.. eigen.Vectors.Take(size).Select(turn => Combine(basis, turn))];
        return (directions, [.. eigen.Values.Take(size)], total / divisor);
    }

    private static double[] Combine(double[][] basis, double[] turn)
    {
        var direction = new double[basis[0].Length];
        for (int i = 0; i < basis.Length; i++)
            TensorPrimitives.MultiplyAddEstimate(basis[i], turn[i], direction, direction);
        return direction;
    }

    private double[][] Drawn(ulong seed) => [.. Enumerable.Range(0, _width).Select(i =>
    {
        DrawKey key = DrawKey.From(seed, i, 0);
        // The sum of twelve uniform draws is normal enough: what counts is that no direction is preferred.
        return Enumerable.Range(0, _rows.Size).Select(d => Enumerable.Range(0, 12).Sum(k => (double)CounterRandom.Unit(key.Draw(12L * d + k))) - 6).ToArray();
    })];

    // Gram and Schmidt's way, twice, which leaves nothing of what rounding kept. A direction that depends on those before it becomes 0.
    private static void Orthonormalize(double[][] basis)
    {
        for (int i = 0; i < basis.Length; i++)
        {
            double before = TensorPrimitives.Norm<double>(basis[i]);
            for (int j = 0; j < 2 * i; j++)
            {
                double[] other = basis[j % i];
                TensorPrimitives.MultiplyAddEstimate(other, -TensorPrimitives.Dot<double>(basis[i], other), basis[i], basis[i]);
            }

            double norm = TensorPrimitives.Norm<double>(basis[i]);
            if (norm > 1e-12 * before)
                TensorPrimitives.Divide(basis[i], norm, basis[i]);
            else
                Array.Clear(basis[i]);
        }
    }

    // The basis times the rows' products with themselves, and the sum of the squares of all components.
    private double[][] Multiply(double[][] basis, out double squares)
    {
        using var turned = new NativeBuffer<double>((long)_rows.Size * _columns);
        for (int d = 0; d < _rows.Size; d++)
        {
            for (int i = 0; i < _width; i++)
                turned.First[(long)d * _columns + i] = basis[i][d];
        }

        var sums = new NativeBuffer<double>[_rows.Parts];
        var parts = new double[_rows.Parts];
        Parallel.For(0, _rows.Parts, _rows.Parallelism, part => sums[part] = Multiply(turned.First, part, out parts[part]));
        squares = parts.Sum();
        double[][] image = [.. basis.Select(_ => new double[_rows.Size])];
        foreach (NativeBuffer<double> sum in sums)
        {
            for (int i = 0; i < _width; i++)
            {
                for (int d = 0; d < _rows.Size; d++)
                    image[i][d] += sum.First[(long)d * _columns + i];
            }

            sum.Dispose();
        }

        return image;
    }

    private NativeBuffer<double> Multiply(double* turned, int part, out double squares)
    {
        var sum = new NativeBuffer<double>((long)_depth * _columns);
        using var rows = new NativeBuffer<double>((long)Block * _depth);
        using var products = new NativeBuffer<double>((long)Block * _columns);
        squares = 0;
        for (int id = _rows.Begin(part), end = _rows.Begin(part + 1); id < end; id += Block)
        {
            int count = Math.Min(Block, end - id);
            for (int i = 0; i < count; i++)
            {
                var row = new Span<double>(rows.First + (long)i * _depth, _rows.Size);
                _rows.Copy(id + i, row);
                squares += TensorPrimitives.SumOfSquares<double>(row);
            }

            new Span<double>(products.First, Block * _columns).Clear();
            int tiles = Multiples.RoundUp(count, MatrixTile<double>.Rows);
            MatrixTile<double>.Product(rows.First, _depth, 1, turned, _columns, tiles, _columns, _rows.Size, products.First, _columns);
            MatrixTile<double>.Product(rows.First, 1, _depth, products.First, _columns, _depth, _columns, count, sum.First, _columns);
        }

        return sum;
    }
}
