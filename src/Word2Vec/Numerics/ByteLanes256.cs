using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Word2Vec.Numerics;

/// <summary>AVX2: 32 bytes.</summary>
internal readonly unsafe struct ByteLanes256 : IByteLanes<Vector256<float>>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> LoadBytes(byte* source) => Vector256.Load(source).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> BroadcastFour(int bytes) => Vector256.Create(bytes).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> MultiplyBytes(Vector256<float> factors, Vector256<float> signed) => Avx2.IsSupported
        ? Avx2.MultiplyAddAdjacent(factors.AsByte(), signed.AsSByte()).AsSingle()
        : Vector256.Create(ByteLanes128.MultiplyBytes(factors.GetLower(), signed.GetLower()),
            ByteLanes128.MultiplyBytes(factors.GetUpper(), signed.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> AddHalfwise(Vector256<float> a, Vector256<float> b) => (a.AsInt16() + b.AsInt16()).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> AddHalves(Vector256<float> sums) => Avx2.IsSupported
        ? Vector256.ConvertToSingle(Avx2.MultiplyAddAdjacent(sums.AsInt16(), Vector256<short>.One))
        : Vector256.Create(ByteLanes128.AddHalves(sums.GetLower()), ByteLanes128.AddHalves(sums.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Round(Vector256<float> x) => Vector256.Round(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreBytes(Vector256<float> whole, sbyte* target)
    {
        Vector256<int> numbers = Vector256.ConvertToInt32Native(whole);
        Vector128<short> shorts = Vector128.Narrow(numbers.GetLower(), numbers.GetUpper());
        *(long*)target = Vector128.Narrow(shorts, shorts).AsInt64()[0];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> MaxMagnitude(Vector256<float> a, Vector256<float> b) =>
        Vector256.MaxNative(Vector256.Abs(a), Vector256.Abs(b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Max(Vector256<float> vector) => ByteLanes128.Max(Vector128.MaxNative(vector.GetLower(), vector.GetUpper()));
}
