using System.Numerics.Tensors;

namespace Word2Vec.Formats;

/// <summary>
/// Rows of 32-bit floats as 16-bit floats, and as signed bytes with a factor a row.
/// </summary>
/// <remarks>
/// A 16-bit float keeps 11 bits of a component from 6.1e-5 to 65,504 (an error of at most 1 in 2,048), and less of smaller ones, down to 6e-8. A signed
/// byte is a step of 1/127 of the row's largest component, the error half a step at most.
/// </remarks>
internal static class RowCode
{
    private const int GreatestCode = 127;

    /// <summary>Rounds <paramref name="row"/> to 16 bits; false if a component is beyond 65,504.</summary>
    public static bool TryToHalf(ReadOnlySpan<float> row, Span<Half> half)
    {
        TensorPrimitives.ConvertToHalf(row, half);
        return TensorPrimitives.IsFiniteAll<Half>(half);
    }

    /// <summary>The 32-bit floats of <paramref name="half"/>, exactly.</summary>
    public static void FromHalf(ReadOnlySpan<Half> half, Span<float> row) => TensorPrimitives.ConvertToSingle(half, row);

    /// <summary>Rounds <paramref name="row"/> to bytes; returns the factor that brings them back.</summary>
    public static float ToBytes(ReadOnlySpan<float> row, Span<sbyte> codes)
    {
        float factor = Math.Abs(TensorPrimitives.MaxMagnitude(row)) / GreatestCode;
        if (!float.IsFinite(factor * GreatestCode))
            factor = MathF.BitDecrement(factor);
        for (int i = 0; i < row.Length; i++)
            codes[i] = factor == 0 ? (sbyte)0 : (sbyte)Math.Clamp(MathF.Round(row[i] / factor), -GreatestCode, GreatestCode);
        return factor;
    }

    /// <summary>The components that <paramref name="codes"/> times <paramref name="factor"/> are.</summary>
    public static void FromBytes(ReadOnlySpan<sbyte> codes, float factor, Span<float> row)
    {
        TensorPrimitives.ConvertTruncating<sbyte, float>(codes, row);
        TensorPrimitives.Multiply(row, factor, row);
    }
}
