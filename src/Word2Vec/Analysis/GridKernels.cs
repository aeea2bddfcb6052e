using System.Numerics;
using Word2Vec.Numerics;
using Word2Vec.Words;

namespace Word2Vec.Analysis;

/// <summary>
/// The transforms of the forces between two nodes of a grid, d / (1 + |d|²)², and of their affinity, 1 / (1 + |d|²), in the order in which
/// <see cref="HalfSpectrum.Load"/> makes strips. The forces are odd, so their transforms are imaginary: i times what is kept.
/// </summary>
/// <remarks>
/// Charges of points are spread over the nodes, and forces at points taken from them, by the cubic B-spline. Both are undone in the
/// transform as well as can be over all places that a point may have between the nodes (R. Hockney, J. Eastwood: Computer Simulation Using
/// Particles, 1988, section 8.3).
/// </remarks>
internal sealed unsafe class GridKernels : IDisposable
{
    private const int Width = FourierStrip.Width, Splines = 4;

    private readonly ScratchMemory _memory;
    private readonly int _length;
    private readonly double[] _alongUnspread;
    private readonly double[] _downUnspread;
    private readonly float* _x;
    private readonly float* _y;
    private readonly float* _affinity;

    public GridKernels(FourierPlan along, FourierPlan down, double spacing, ParallelOptions parallelism)
    {
        _length = along.Length;
        long bytes = sizeof(float) * (long)Multiples.RoundUp(down.Length / 2 + 1, Width) * along.Length;
        _memory = new ScratchMemory(3 * bytes, 3);
        _x = (float*)_memory.Take(bytes);
        _y = (float*)_memory.Take(bytes);
        _affinity = (float*)_memory.Take(bytes);
        (_alongUnspread, _downUnspread) = (Unspread(along.Length), Unspread(down.Length));
        using var spectrum = new HalfSpectrum(down.Length, along.Length);
        using var strips = new FourierStripPool(Math.Max(spectrum.Stride, down.Length));
        Fill(_x, (dx, dy) => dx / Square(1 + dx * dx + dy * dy), isOdd: true);
        Fill(_y, (dx, dy) => dy / Square(1 + dx * dx + dy * dy), isOdd: true);
        Fill(_affinity, (dx, dy) => 1 / (1 + dx * dx + dy * dy), isOdd: false);

        void Fill(float* target, Func<double, double, double> kernel, bool isOdd)
        {
            using NativeBuffer<float> grid = Sample(along.Length, down.Length, spectrum.Stride, spacing, kernel, isOdd, parallelism);
            spectrum.Take(down, grid.First, spectrum.Stride, down.Length, spectrum.Stride, strips, parallelism);
            Parallel.For(0, spectrum.Strips, parallelism, i =>
            {
                FourierStrip strip = strips.Rent();
                spectrum.Load(i, Multiples.RoundUp(along.Length, 4), strip, spectrum.Stride);
                along.Transform(strip);
                Keep(isOdd ? strip.Imaginary : strip.Real, target, i, down.Length, isPair: !isOdd);
                strips.Return(strip);
            });
        }
    }

    /// <summary>
    /// Multiplies the transform of charges in <paramref name="x"/> by those of the forces, into <paramref name="x"/> and <paramref
    /// name="y"/>, and returns what the strip adds to the sum of affinities, by Parseval's theorem.
    /// </summary>
    public double Multiply(int strip, FourierStrip x, FourierStrip y)
    {
        long first = (long)strip * _length * Width;
        float* alongX = _x + first, alongY = _y + first, affinity = _affinity + first;
        double total = 0;
        for (int k = 0; k < _length; k++)
        {
            var sum = Vector<float>.Zero;
            for (int i = k * Width; i < (k + 1) * Width; i += Vector<float>.Count)
            {
                Vector<float> re = Vector.Load(x.Real + i), im = Vector.Load(x.Imaginary + i);
                Vector<float> toX = Vector.Load(alongX + i), toY = Vector.Load(alongY + i);
                sum += (re * re + im * im) * Vector.Load(affinity + i);
                Vector.Store(-im * toX, x.Real + i);
                Vector.Store(re * toX, x.Imaginary + i);
                Vector.Store(-im * toY, y.Real + i);
                Vector.Store(re * toY, y.Imaginary + i);
            }

            total += Vector.Sum(sum);
        }

        return total;
    }

    public void Dispose() => _memory.Dispose();

    private static NativeBuffer<float> Sample(
        int length, int height, int stride, double spacing, Func<double, double, double> kernel, bool isOdd, ParallelOptions parallelism)
    {
        var grid = new NativeBuffer<float>((long)height * stride);
        Parallel.For(0, height, parallelism, row =>
        {
            for (int column = 0; column < length; column++)
            {
                // What lies half a length away lies in both directions: odd forces cancel out.
                bool isHalf = isOdd && (2 * row == height || 2 * column == length);
                double dx = spacing * (2 * column > length ? column - length : column), dy = spacing * (2 * row > height ? row - height : row);
                grid.First[(long)row * stride + column] = isHalf ? 0 : (float)kernel(dx, dy);
            }
        });
        return grid;
    }

    private void Keep(float* transformed, float* target, int strip, int height, bool isPair)
    {
        for (int k = 0; k < _length; k++)
        {
            for (int i = 0; i < Width; i++)
            {
                int row = strip * Width + i;
                if (row > height / 2)
                    continue;
                // Frequencies between the ends stand for their conjugates too.
                double share = isPair && row != 0 && 2 * row != height ? 2 : 1;
                double scale = share / ((double)_length * height) * _alongUnspread[k] * _downUnspread[row];
                target[((long)strip * _length + k) * Width + i] = (float)(scale * transformed[k * Width + i]);
            }
        }
    }

    // What undoes the spreading of charges and the gathering of forces along one axis, for each frequency.
    private static double[] Unspread(int length)
    {
        var factors = new double[length];
        for (int k = 0; k < length; k++)
        {
            double frequency = (2 * k > length ? k - length : k) / (double)length, all = 0;
            for (int m = -4; m <= 4; m++)
                all += Math.Pow(Sinc(frequency + m), 2 * Splines);
            factors[k] = Square(Math.Pow(Sinc(frequency), Splines) / all);
        }

        return factors;
    }

    private static double Sinc(double x) => x == 0 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);

    private static double Square(double x) => x * x;
}
