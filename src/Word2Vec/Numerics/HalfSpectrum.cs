using System.Numerics;

namespace Word2Vec.Numerics;

/// <summary>
/// The transform along its columns of a grid of real numbers, frequencies 0 to length / 2, which say all that there is; the rest is their
/// conjugate. Rows of frequencies lie <see cref="Stride"/> floats apart, real and imaginary parts in planes of their own.
/// </summary>
internal sealed unsafe class HalfSpectrum : IDisposable
{
    /// <summary>Two strips of columns share a transform, one as its real and one as its imaginary parts.</summary>
    public const int Block = 2 * FourierStrip.Width;

    private const int Width = FourierStrip.Width;

    private readonly void* _memory;

    /// <summary>Makes room for columns of <paramref name="length"/> and for so many columns, rounded up to blocks.</summary>
    public HalfSpectrum(int length, int columns)
    {
        (Length, Stride) = (length, Multiples.RoundUp(columns, Block));
        Strips = Multiples.RoundUp(length / 2 + 1, Width) / Width;
        nuint plane = (nuint)Strips * Width * (nuint)Stride;
        _memory = LargeMemory.AllocateZeroed(2 * plane * sizeof(float));
        Real = (float*)_memory;
        Imaginary = Real + plane;
    }

    ~HalfSpectrum() => LargeMemory.Free(_memory);

    /// <summary>Numbers of a column.</summary>
    public int Length { get; }

    /// <summary>Floats from a row to the next.</summary>
    public int Stride { get; }

    /// <summary>Strips of 16 rows; what lies behind the last frequency is 0.</summary>
    public int Strips { get; }

    public float* Real { get; }

    public float* Imaginary { get; }

    /// <summary>
    /// Transforms the columns of <paramref name="grid"/>, whose <paramref name="rows"/> rows lie <paramref name="stride"/> floats apart and
    /// are followed by zeros; <paramref name="columns"/> is a multiple of <see cref="Block"/>.
    /// </summary>
    public void Take(FourierPlan plan, float* grid, int stride, int rows, int columns, FourierStripPool strips, ParallelOptions parallelism) =>
        Parallel.For(0, columns / Block, parallelism, block =>
        {
            FourierStrip strip = strips.Rent();
            float* source = grid + block * Block;
            for (int row = 0; row < rows; row++, source += stride)
            {
                new Span<float>(source, Width).CopyTo(new Span<float>(strip.Real + row * Width, Width));
                new Span<float>(source + Width, Width).CopyTo(new Span<float>(strip.Imaginary + row * Width, Width));
            }

            ClearFrom(rows, strip, Length);
            plan.Transform(strip);
            Part(strip, block * Block);
            strips.Return(strip);
        });

    /// <summary>
    /// Writes the rows of a strip as sequences of <paramref name="length"/>: the first <paramref name="columns"/> columns, then zeros.
    /// </summary>
    public void Load(int strip, int columns, FourierStrip target, int length)
    {
        float** re = stackalloc float*[4];
        float** im = stackalloc float*[4];
        for (int four = 0; four < Width; four += 4)
        {
            for (int i = 0; i < 4; i++)
            {
                long row = (long)(strip * Width + four + i) * Stride;
                re[i] = Real + row;
                im[i] = Imaginary + row;
            }

            Transpose.Four(re, columns, target.Real + four, Width);
            Transpose.Four(im, columns, target.Imaginary + four, Width);
        }

        ClearFrom(columns, target, length);
    }

    /// <summary>
    /// Takes the first <paramref name="columns"/> components of the sequences of <paramref name="source"/> as the rows of a strip.
    /// </summary>
    public void Store(int strip, int columns, FourierStrip source)
    {
        float** rows = stackalloc float*[4];
        long first = (long)strip * Width * Stride;
        for (int column = 0; column < columns; column += 4)
        {
            for (int i = 0; i < 4; i++)
                rows[i] = source.Real + (column + i) * Width;
            Transpose.Four(rows, Width, Real + first + column, Stride);
            for (int i = 0; i < 4; i++)
                rows[i] = source.Imaginary + (column + i) * Width;
            Transpose.Four(rows, Width, Imaginary + first + column, Stride);
        }
    }

    public void Dispose()
    {
        LargeMemory.Free(_memory);
        GC.SuppressFinalize(this);
    }

    private static void ClearFrom(int component, FourierStrip strip, int length)
    {
        new Span<float>(strip.Real + component * Width, (length - component) * Width).Clear();
        new Span<float>(strip.Imaginary + component * Width, (length - component) * Width).Clear();
    }

    // The transform of a + i·b for real a and b is A + i·B, where A and B at −k are the conjugates of those at k.
    private void Part(FourierStrip strip, int column)
    {
        var half = new Vector<float>(0.5f);
        for (int k = 0; k <= Length / 2; k++)
        {
            int mirrored = k == 0 ? 0 : Length - k;
            float* re = Real + (long)k * Stride + column, im = Imaginary + (long)k * Stride + column;
            for (int i = 0; i < Width; i += Vector<float>.Count)
            {
                Vector<float> x = Vector.Load(strip.Real + k * Width + i), y = Vector.Load(strip.Imaginary + k * Width + i);
                Vector<float> u = Vector.Load(strip.Real + mirrored * Width + i), v = Vector.Load(strip.Imaginary + mirrored * Width + i);
                Vector.Store((x + u) * half, re + i);
                Vector.Store((y - v) * half, im + i);
                Vector.Store((y + v) * half, re + Width + i);
                Vector.Store((u - x) * half, im + Width + i);
            }
        }
    }
}
