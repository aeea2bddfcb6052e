using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Word2Vec.Numerics;

/// <summary>
/// The arithmetic of vectors, on the widest registers there are. <see cref="PlainVectorMath"/> says the same in plain loops.
/// </summary>
internal static class VectorMath
{
    // Between these the sum of the squares neither overflows nor loses digits below the smallest normal float.
    private const float SafeNormLowest = 1e-15f;
    private const float SafeNormHighest = 1e15f;

    /// <summary>Returns Σ a[i] · b[i]; the lengths must agree.</summary>
    public static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b) => TensorPrimitives.Dot(a, b);

    /// <summary>Adds <paramref name="scale"/> · <paramref name="source"/> to <paramref name="target"/>; the lengths must agree.</summary>
    public static void AddScaled(Span<float> target, float scale, ReadOnlySpan<float> source) =>
        TensorPrimitives.MultiplyAddEstimate(source, scale, target, target);

    /// <summary>Returns √Σ a[i]²; neither overflows nor underflows before the result itself does.</summary>
    public static float Norm(ReadOnlySpan<float> a)
    {
        float norm = TensorPrimitives.Norm(a);
        return norm is >= SafeNormLowest and <= SafeNormHighest ? norm : PlainVectorMath.Norm(a);
    }

    /// <summary>Whether no component is infinite or not a number; true for an empty vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // hot from its first call on: files are opened once
    public static bool IsFinite(ReadOnlySpan<float> a)
    {
        // The largest exponent of all is that of infinity and of what is not a number.
        const int Infinity = 0x7f800000;
        ReadOnlySpan<int> bits = MemoryMarshal.Cast<float, int>(a);
        Vector<int> largest = Vector<int>.Zero, exponent = new(Infinity);
        int i = 0;
        for (; i <= bits.Length - Vector<int>.Count; i += Vector<int>.Count)
            largest = Vector.Max(largest, new Vector<int>(bits[i..]) & exponent);
        int rest = 0;
        for (; i < bits.Length; i++)
            rest = Math.Max(rest, bits[i] & Infinity);
        return rest != Infinity && !Vector.EqualsAny(largest, exponent);
    }

    /// <summary>Divides <paramref name="a"/> by its norm; a vector of zeros stays as it is. Returns the norm it had.</summary>
    public static float Normalize(Span<float> a)
    {
        float norm = TensorPrimitives.Norm(a);
        if (norm is not (>= SafeNormLowest and <= SafeNormHighest))
            return PlainVectorMath.Normalize(a);
        TensorPrimitives.Divide(a, norm, a);
        return norm;
    }

    /// <summary>Rotates two vectors in their plane: a becomes c · a − s · b, and b becomes s · a + c · b; the lengths must agree.</summary>
    public static void Rotate(Span<double> a, Span<double> b, double c, double s)
    {
        b = b[..a.Length];
        int i = 0;
        for (; i <= a.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            Vector<double> x = new(a[i..]), y = new(b[i..]);
            (c * x - s * y).CopyTo(a[i..]);
            (s * x + c * y).CopyTo(b[i..]);
        }

        for (; i < a.Length; i++)
            (a[i], b[i]) = (c * a[i] - s * b[i], s * a[i] + c * b[i]);
    }
}
