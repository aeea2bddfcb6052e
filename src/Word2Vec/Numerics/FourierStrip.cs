namespace Word2Vec.Numerics;

/// <summary>
/// Sixteen sequences of complex numbers side by side, real and imaginary parts apart: component i of sequence s is <see cref="Real"/>[i ·
/// 16 + s]. One thread's work memory for <see cref="FourierPlan"/>.
/// </summary>
internal sealed unsafe class FourierStrip : IDisposable
{
    /// <summary>Sequences of a strip: a cache line of floats.</summary>
    public const int Width = 16;

    private readonly ScratchMemory _memory;

    /// <summary>Makes room for sequences of <paramref name="length"/>.</summary>
    public FourierStrip(int length)
    {
        long bytes = sizeof(float) * (long)Width * length;
        _memory = new ScratchMemory(4 * bytes, 4);
        Real = (float*)_memory.Take(bytes);
        Imaginary = (float*)_memory.Take(bytes);
        OtherReal = (float*)_memory.Take(bytes);
        OtherImaginary = (float*)_memory.Take(bytes);
    }

    /// <summary>The real parts; where they lie changes with every transform.</summary>
    public float* Real { get; private set; }

    /// <summary>The imaginary parts.</summary>
    public float* Imaginary { get; private set; }

    /// <summary>Where a pass writes the real parts to.</summary>
    public float* OtherReal { get; private set; }

    /// <summary>Where a pass writes the imaginary parts to.</summary>
    public float* OtherImaginary { get; private set; }

    /// <summary>What was written becomes what is read.</summary>
    public void Swap()
    {
        float* real = Real, imaginary = Imaginary;
        Real = OtherReal;
        Imaginary = OtherImaginary;
        OtherReal = real;
        OtherImaginary = imaginary;
    }

    /// <summary>Real and imaginary parts change their names.</summary>
    public void SwapParts()
    {
        float* real = Real, other = OtherReal;
        Real = Imaginary;
        OtherReal = OtherImaginary;
        Imaginary = real;
        OtherImaginary = other;
    }

    public void Dispose() => _memory.Dispose();
}
