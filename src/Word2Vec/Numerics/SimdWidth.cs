using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Word2Vec.Numerics;

/// <summary>The register widths that this processor has, and which of them is used.</summary>
internal static class SimdWidth
{
    /// <summary>The environment variable that forces a width: avx512, avx2 or portable.</summary>
    public const string Variable = "WORD2VEC_SIMD";

    private static readonly (string Name, int Floats)[] Widths = [("portable", 4), ("avx2", 8), ("avx512", 16)];

    /// <summary>Floats in the widest register.</summary>
    public static int Widest => Avx512F.IsSupported && Vector512.IsHardwareAccelerated ? 16 : Avx2.IsSupported && Fma.IsSupported ? 8 : 4;

    /// <summary>Floats in the widest register, or in the one that <see cref="Variable"/> forces.</summary>
    /// <exception cref="Word2VecException">The variable names no width or one that this processor lacks.</exception>
    public static int Best => Choose(Environment.GetEnvironmentVariable(Variable), Widest);

    /// <summary>The width that <paramref name="forced"/> names, or the widest where it is empty.</summary>
    internal static int Choose(string? forced, int widest)
    {
        if (string.IsNullOrEmpty(forced))
            return widest;
        (string Name, int Floats)[] there = Array.FindAll(Widths, width => width.Floats <= widest);
        int found = Array.FindIndex(there, width => width.Name.Equals(forced, StringComparison.OrdinalIgnoreCase));
        return found >= 0 ? there[found].Floats : throw new Word2VecException(ErrorKind.Usage, $"The environment variable {Variable} is " +
            $"'{forced}'; this processor has: {string.Join(", ", there.Select(width => width.Name))}.");
    }
}
