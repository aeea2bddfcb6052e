using System.Numerics;
using Word2Vec.Numerics;

namespace Word2Vec.Analysis;

/// <summary>
/// The forces that charges at the nodes of a grid make at its nodes, by a fast Fourier transform: Σ charge · d / (1 + |d|²)², where d is
/// what lies between the nodes. The transform is twice as long as the grid, so that what goes around its ends meets nobody.
/// </summary>
internal sealed unsafe class GridField : IDisposable
{
    private const int Width = FourierStrip.Width;

    private readonly FourierPlan _along;
    private readonly FourierPlan _down;
    private readonly GridKernels _kernels;
    private readonly HalfSpectrum _x;
    private readonly HalfSpectrum _y;
    private readonly FourierStripPool _strips;
    private readonly ParallelOptions _parallelism;
    private readonly double[] _sums;

    /// <summary>
    /// Makes a field for grids up to half of <paramref name="width"/> × <paramref name="height"/> nodes, which lie <paramref
    /// name="spacing"/> apart.
    /// </summary>
    public GridField(int width, int height, double spacing, ParallelOptions parallelism)
    {
        (_along, _down, Spacing, _parallelism) = (new FourierPlan(width), new FourierPlan(height), spacing, parallelism);
        _kernels = new GridKernels(_along, _down, spacing, parallelism);
        (_x, _y) = (new HalfSpectrum(height, width), new HalfSpectrum(height, width));
        _strips = new FourierStripPool(Math.Max(width, height));
        _sums = new double[_x.Strips];
    }

    /// <summary>Numbers of a row, with those that keep its ends apart.</summary>
    public int Length => _along.Length;

    /// <summary>The same of a column.</summary>
    public int Height => _down.Length;

    /// <summary>What lies between two nodes.</summary>
    public double Spacing { get; }

    /// <summary>
    /// Replaces the charges in <paramref name="x"/>, <paramref name="rows"/> rows of <paramref name="columns"/> in whole blocks, by the
    /// horizontal forces, and
    /// <paramref name="y"/> by the vertical ones. Returns Σ charge · charge / (1 + |d|²) over all pairs of nodes, a node with itself too.
    /// </summary>
    public double Compute(float* x, float* y, int rows, int columns)
    {
        _x.Take(_down, x, columns, rows, columns, _strips, _parallelism);
        Parallel.For(0, _x.Strips, _parallelism, strip => Multiply(strip, columns));
        Parallel.For(0, columns / Width, _parallelism, strip => Return(strip * Width, x, y, rows, columns));
        return _sums.Sum();
    }

    public void Dispose()
    {
        _kernels.Dispose();
        _x.Dispose();
        _y.Dispose();
        _strips.Dispose();
    }

    private void Multiply(int strip, int columns)
    {
        FourierStrip x = _strips.Rent(), y = _strips.Rent();
        _x.Load(strip, columns, x, _along.Length);
        _along.Transform(x);
        _sums[strip] = _kernels.Multiply(strip, x, y);
        _along.TransformBack(x);
        _along.TransformBack(y);
        _x.Store(strip, columns, x);
        _y.Store(strip, columns, y);
        _strips.Return(x);
        _strips.Return(y);
    }

    // Both fields are real, so that one transform brings both back: X + i·Y.
    private void Return(int column, float* x, float* y, int rows, int stride)
    {
        FourierStrip strip = _strips.Rent();
        int length = _down.Length;
        for (int k = 0; k <= length / 2; k++)
        {
            long row = (long)k * _x.Stride + column;
            int mirrored = k == 0 ? 0 : length - k;
            for (int i = 0; i < Width; i += Vector<float>.Count)
            {
                Vector<float> xr = Vector.Load(_x.Real + row + i), xi = Vector.Load(_x.Imaginary + row + i);
                Vector<float> yr = Vector.Load(_y.Real + row + i), yi = Vector.Load(_y.Imaginary + row + i);
                Vector.Store(xr + yi, strip.Real + mirrored * Width + i);
                Vector.Store(yr - xi, strip.Imaginary + mirrored * Width + i);
                Vector.Store(xr - yi, strip.Real + k * Width + i);
                Vector.Store(xi + yr, strip.Imaginary + k * Width + i);
            }
        }

        _down.TransformBack(strip);
        for (int row = 0; row < rows; row++)
        {
            new Span<float>(strip.Real + row * Width, Width).CopyTo(new Span<float>(x + (long)row * stride + column, Width));
            new Span<float>(strip.Imaginary + row * Width, Width).CopyTo(new Span<float>(y + (long)row * stride + column, Width));
        }

        _strips.Return(strip);
    }
}
