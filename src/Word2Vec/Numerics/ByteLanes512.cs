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
    public static Vector512<float> MultiplyBytes(Vector512<float> factors, Vector512<float> signed) => Avx512BW.IsSupported
        ? Avx512BW.MultiplyAddAdjacent(factors.AsByte(), signed.AsSByte()).AsSingle()
        : Vector512.Create(ByteLanes256.MultiplyBytes(factors.GetLower(), signed.GetLower()),
            ByteLanes256.MultiplyBytes(factors.GetUpper(), signed.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> AddHalfwise(Vector512<float> a, Vector512<float> b) => (a.AsInt16() + b.AsInt16()).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> AddHalves(Vector512<float> sums) => Avx512BW.IsSupported
        ? Vector512.ConvertToSingle(Avx512BW.MultiplyAddAdjacent(sums.AsInt16(), Vector512<short>.One))
        : Vector512.Create(ByteLanes256.AddHalves(sums.GetLower()), ByteLanes256.AddHalves(sums.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Round(Vector512<float> x) => Vector512.Round(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreBytes(Vector512<float> whole, sbyte* target)
    {
        if (Avx512F.IsSupported)
        {
            Avx512F.ConvertToVector128SByteWithSaturation(Vector512.ConvertToInt32Native(whole)).Store(target);
            return;
        }

        ByteLanes256.StoreBytes(whole.GetLower(), target);
        ByteLanes256.StoreBytes(whole.GetUpper(), target + 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> MaxMagnitude(Vector512<float> a, Vector512<float> b) =>
        Vector512.MaxNative(Vector512.Abs(a), Vector512.Abs(b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Max(Vector512<float> vector) => ByteLanes256.Max(Vector256.MaxNative(vector.GetLower(), vector.GetUpper()));
}
