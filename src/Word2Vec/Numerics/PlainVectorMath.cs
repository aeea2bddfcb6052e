namespace Word2Vec.Numerics;

/// <summary>
/// What <see cref="VectorMath"/> computes, one component after another with 64-bit sums: its definition, its yardstick in the tests, and
/// its way out where 32 bits would overflow.
/// </summary>
internal static class PlainVectorMath
{
    /// <summary>Returns Σ a[i] · b[i]; the lengths must agree.</summary>
    public static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        CheckLengths(a.Length, b.Length);
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += (double)a[i] * b[i];
        return (float)sum;
    }

    /// <summary>Adds <paramref name="scale"/> · <paramref name="source"/> to <paramref name="target"/>; the lengths must agree.</summary>
    public static void AddScaled(Span<float> target, float scale, ReadOnlySpan<float> source)
    {
        CheckLengths(target.Length, source.Length);
        for (int i = 0; i < target.Length; i++)
            target[i] = (float)(target[i] + (double)scale * source[i]);
    }

    /// <summary>Returns √Σ a[i]².</summary>
    public static float Norm(ReadOnlySpan<float> a) => (float)WideNorm(a);

    /// <summary>Divides <paramref name="a"/> by its norm; a vector of zeros stays as it is. Returns the norm it had.</summary>
    public static float Normalize(Span<float> a)
    {
        double norm = WideNorm(a);
        if (norm == 0)
            return 0;
        for (int i = 0; i < a.Length; i++)
            a[i] = (float)(a[i] / norm);
        return (float)norm;
    }

    /// <summary>
    /// Returns the cosine of the angle between <paramref name="a"/> and <paramref name="b"/>, −1 … 1; 0 if one of them is zero.
    /// </summary>
    public static float Cosine(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        CheckLengths(a.Length, b.Length);
        double norms = WideNorm(a) * WideNorm(b), sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += (double)a[i] * b[i];
        return norms == 0 ? 0 : (float)Math.Clamp(sum / norms, -1, 1);
    }

    // The square of any float, down to the smallest denormal, is a normal double.
    private static double WideNorm(ReadOnlySpan<float> a)
    {
        double sum = 0;
        foreach (float x in a)
            sum += (double)x * x;
        return Math.Sqrt(sum);
    }

    private static void CheckLengths(int a, int b)
    {
        if (a != b)
            throw new ArgumentException($"The vectors have {a} and {b} components; the lengths must agree.");
    }
}
