using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Word2Vec.Numerics;

/// <summary>What a vector is multiplied by to be of length 1.</summary>
internal static class UnitScale
{
    // Within these a product of a row with a unit vector neither overflows nor vanishes. Training stays far inside.
    private const float Shortest = 1e-15f;
    private const float Longest = 1e15f;

    /// <summary>
    /// One over <paramref name="norm"/>; 0 for a row of zeros, not a number for a row shorter than 1e-15 or longer than 1e15, whose products
    /// with others 32 bits do not hold.
    /// </summary>
    public static float Of(float norm) => norm == 0 ? 0 : IsSafe(norm) ? 1 / norm : float.NaN;

    /// <summary>Whether <paramref name="norm"/> lies within what 32-bit sums hold.</summary>
    public static bool IsSafe(float norm) => norm is >= Shortest and <= Longest;

    /// <summary>
    /// The scale of <paramref name="row"/>: its squares are added up as 64-bit floats, so that every machine finds the same, and a file may keep it.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // hot from its first call on: vectors are saved once
    public static float Of(ReadOnlySpan<float> row)
    {
        // Eight sums whatever the registers are. No multiply-add: not all processors have it.
        Vector512<double> sums = Vector512<double>.Zero;
        ReadOnlySpan<Vector256<float>> whole = MemoryMarshal.Cast<float, Vector256<float>>(row);
        foreach (Vector256<float> eight in whole)
        {
            Vector512<double> wide = Vector512.Create(Widen(eight.GetLower()), Widen(eight.GetUpper()));
            sums += wide * wide;
        }

        double sum = 0;
        for (int i = 0; i < Vector512<double>.Count; i++)
            sum += sums[i];
        foreach (float x in row[(whole.Length * Vector256<float>.Count)..])
            sum += (double)x * x;
        return Of((float)Math.Sqrt(sum));
    }

    private static Vector256<double> Widen(Vector128<float> four)
    {
        (Vector128<double> lower, Vector128<double> upper) = Vector128.Widen(four);
        return Vector256.Create(lower, upper);
    }
}
