#pragma warning disable IDE1006, CA1707 // Methods that stand for one operation bear its name.

using System.Numerics;

namespace Word2Vec.CudaOnCpu;

/// <summary>Operations that are no single instruction of the runtime's.</summary>
internal static class PtxMath
{
    public static int Min(int a, int b) => Math.Min(a, b);

    public static uint Min(uint a, uint b) => Math.Min(a, b);

    public static long Min(long a, long b) => Math.Min(a, b);

    public static ulong Min(ulong a, ulong b) => Math.Min(a, b);

    /// <summary>The number, where one operand is NaN.</summary>
    public static float Min(float a, float b) => float.MinNumber(a, b);

    public static int Max(int a, int b) => Math.Max(a, b);

    public static uint Max(uint a, uint b) => Math.Max(a, b);

    public static long Max(long a, long b) => Math.Max(a, b);

    public static ulong Max(ulong a, ulong b) => Math.Max(a, b);

    /// <summary>The number, where one operand is NaN.</summary>
    public static float Max(float a, float b) => float.MaxNumber(a, b);

    public static uint ShiftLeft(uint a, int by) => (uint)by > 31 ? 0 : a << by;

    public static ulong ShiftLeft(ulong a, int by) => (uint)by > 63 ? 0 : a << by;

    public static int ShiftRight(int a, int by) => a >> (int)Math.Min((uint)by, 31);

    public static uint ShiftRight(uint a, int by) => (uint)by > 31 ? 0 : a >> by;

    public static long ShiftRight(long a, int by) => a >> (int)Math.Min((uint)by, 63);

    public static ulong ShiftRight(ulong a, int by) => (uint)by > 63 ? 0 : a >> by;

    public static float abs(float a) => MathF.Abs(a);

    public static int abs(int a) => a < 0 ? -a : a;

    public static int popc(uint a) => BitOperations.PopCount(a);

    public static int popc(ulong a) => BitOperations.PopCount(a);

    public static int clz(uint a) => BitOperations.LeadingZeroCount(a);

    /// <summary>2ᵃ, off by the 2⁻²² of it that are documented for .approx.</summary>
    public static float ex2(float a) => Worst(Math.Pow(2, a));

    /// <summary>log₂ a, off by the 2⁻²² that are documented for .approx: of the result, near 1 of 1.</summary>
    public static float lg2(float a) => (float)(Math.Log2(a) + (Sign(BitConverter.SingleToInt32Bits(a)) * Math.ScaleB(1, -22)));

    /// <summary>1 / a, off by the unit in the last place that is documented for .approx.</summary>
    public static float rcp(float a) => (float)(1.0 / a * (1 + (Sign(BitConverter.SingleToInt32Bits(a)) * Math.ScaleB(1, -23))));

    /// <summary>a / b, off by the 2⁻²² of it, two units in the last place, that are documented for .approx.</summary>
    public static float divide(float a, float b) => Worst((double)a / b);

    public static float divideFlushed(float a, float b) => divide(flush(a), flush(b));

    /// <summary>.ftz: a number below the normal ones is a zero.</summary>
    public static float flush(float a) => float.IsSubnormal(a) ? MathF.CopySign(0, a) : a;

    public static float sqrt(float a) => MathF.Sqrt(a);

    /// <summary>a^−½, off by the 2⁻²² of it that are documented for .approx.</summary>
    public static float rsqrt(float a) => Worst(1 / Math.Sqrt(a));

    /// <summary>To the nearest, ties to even.</summary>
    public static float rni(float a) => MathF.Round(a);

    public static float rmi(float a) => MathF.Floor(a);

    public static float rpi(float a) => MathF.Ceiling(a);

    public static bool ne(float a, float b) => a < b || a > b;

    public static bool equ(float a, float b) => !(a < b || a > b);

    public static bool num(float a, float b) => !float.IsNaN(a) && !float.IsNaN(b);

    public static bool nan(float a, float b) => float.IsNaN(a) || float.IsNaN(b);

    public static bool notanumber(float a) => float.IsNaN(a);

    public static bool number(float a) => !float.IsNaN(a);

    public static bool finite(float a) => float.IsFinite(a);

    public static bool infinite(float a) => float.IsInfinity(a);

    private static float Worst(double exact) => (float)(exact * (1 + (Sign(BitConverter.SingleToInt32Bits((float)exact)) * Math.ScaleB(1, -22))));

    // Errors in both directions, the same one for the same number.
    private static int Sign(int bits) => (BitOperations.PopCount((uint)bits) & 1) == 0 ? 1 : -1;
}
