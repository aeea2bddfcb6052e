using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Word2Vec.Numerics;

/// <summary>The portable width: 16 bytes, on every processor.</summary>
internal readonly unsafe struct ByteLanes128 : IByteLanes<Vector128<float>>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LoadBytes(byte* source) => Vector128.Load(source).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> BroadcastFour(int bytes) => Vector128.Create(bytes).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> MultiplyBytes(Vector128<float> factors, Vector128<float> signed) =>
        (Ssse3.IsSupported ? Ssse3.MultiplyAddAdjacent(factors.AsByte(), signed.AsSByte())
            : AdvSimd.Arm64.IsSupported ? MultiplyOnArm(factors.AsSByte(), signed.AsSByte())
            : MultiplyPlainly(factors.AsInt16(), signed.AsInt16())).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> AddHalfwise(Vector128<float> a, Vector128<float> b) => (a.AsInt16() + b.AsInt16()).AsSingle();

    // The low half of a lane, with its sign, is what a shift up and down again leaves.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> AddHalves(Vector128<float> sums) =>
        Vector128.ConvertToSingle(((sums.AsInt32() << 16) >> 16) + (sums.AsInt32() >> 16));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Round(Vector128<float> x) => Vector128.Round(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreBytes(Vector128<float> whole, sbyte* target)
    {
        Vector128<int> numbers = Vector128.ConvertToInt32Native(whole);
        Vector128<short> shorts = Vector128.Narrow(numbers, numbers);
        *(int*)target = Vector128.Narrow(shorts, shorts).AsInt32()[0];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> MaxMagnitude(Vector128<float> a, Vector128<float> b) =>
        Vector128.MaxNative(Vector128.Abs(a), Vector128.Abs(b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Max(Vector128<float> vector)
    {
        Vector64<float> two = Vector64.Max(vector.GetLower(), vector.GetUpper());
        return Math.Max(two[0], two[1]);
    }

    /// <summary>What the processors' own instructions compute, for those that have none: shifts take a byte out of its pair.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<short> MultiplyPlainly(Vector128<short> factors, Vector128<short> signed) =>
        ((factors << 8) >> 8) * ((signed << 8) >> 8) + (factors >> 8) * (signed >> 8);

    // Factors of at most 127 are the same with and without a sign.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<short> MultiplyOnArm(Vector128<sbyte> factors, Vector128<sbyte> signed) =>
        AdvSimd.Arm64.AddPairwise(
            AdvSimd.MultiplyWideningLower(factors.GetLower(), signed.GetLower()), AdvSimd.MultiplyWideningUpper(factors, signed));
}
