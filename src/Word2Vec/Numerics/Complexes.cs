using System.Numerics;
using System.Runtime.CompilerServices;

namespace Word2Vec.Numerics;

/// <summary>A register of complex numbers: their real and their imaginary parts.</summary>
internal readonly unsafe struct Complexes(Vector<float> real, Vector<float> imaginary)
{
    private readonly Vector<float> _real = real, _imaginary = imaginary;

    public static Complexes operator +(Complexes a, Complexes b) => new(a._real + b._real, a._imaginary + b._imaginary);

    public static Complexes operator -(Complexes a, Complexes b) => new(a._real - b._real, a._imaginary - b._imaginary);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Complexes operator *(Complexes a, Complexes b) => new(
        a._real * b._real - a._imaginary * b._imaginary, a._real * b._imaginary + a._imaginary * b._real);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Complexes Load(float* real, float* imaginary) => new(Vector.Load(real), Vector.Load(imaginary));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* real, float* imaginary)
    {
        Vector.Store(_real, real);
        Vector.Store(_imaginary, imaginary);
    }

    public Complexes Scale(Vector<float> factor) => new(_real * factor, _imaginary * factor);

    public Complexes TimesI() => new(-_imaginary, _real);
}
