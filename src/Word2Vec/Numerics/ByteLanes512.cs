using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Word2Vec.Numerics;

/// <summary>AVX-512: 64 bytes.</summary>
internal readonly unsafe struct ByteLanes512 : IByteLanes<Vector512<float>>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> LoadBytes(byte* source) => Vector512.Load(source).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> BroadcastFour(int bytes) => Vector512.Create(bytes).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> MultiplyAddBytes(Vector512<float> factors, Vector512<float> signed, Vector512<float> sums) =>
        (sums.AsInt16() + Avx512BW.MultiplyAddAdjacent(factors.AsByte(), signed.AsSByte())).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> AddHalves(Vector512<float> sums) =>
        Vector512.ConvertToSingle(Avx512BW.MultiplyAddAdjacent(sums.AsInt16(), Vector512<short>.One));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Round(Vector512<float> x) => Vector512.Round(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreBytes(Vector512<float> whole, sbyte* target) =>
        Avx512F.ConvertToVector128SByteWithSaturation(Vector512.ConvertToInt32Native(whole)).Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> MaxMagnitude(Vector512<float> a, Vector512<float> b) => Vector512.MaxNative(Vector512.Abs(a), Vector512.Abs(b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Max(Vector512<float> vector) => ByteLanes256.Max(Vector256.MaxNative(vector.GetLower(), vector.GetUpper()));
}
