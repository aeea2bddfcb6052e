namespace Word2Vec.Numerics;

/// <summary>The plain twins of <c>VectorMath</c>: one component after another, the same bytes on every machine.</summary>
public static class PlainVectorMath
{
    /// <summary>Returns Σ a[i] · b[i] of two vectors of one length.</summary>
    public static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        float sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }

    /// <summary>Adds <paramref name="scale"/> · <paramref name="source"/> to <paramref name="target"/>, two vectors of one length.</summary>
    public static void AddScaled(Span<float> target, ReadOnlySpan<float> source, float scale)
    {
        for (int i = 0; i < target.Length; i++)
            target[i] += scale * source[i];
    }
}
