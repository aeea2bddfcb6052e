using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Word2Vec.Numerics;

/// <summary>AVX-512: 16 floats.</summary>
internal readonly unsafe struct Lanes512 : ILanes<Vector512<float>>
{
    public static int Count => 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(float* source) => Vector512.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<float> vector, float* target) => vector.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Broadcast(float value) => Vector512.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> MultiplyAdd(Vector512<float> a, Vector512<float> b, Vector512<float> c) => Vector512.MultiplyAddEstimate(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Vector512<float> vector) => Vector512.Sum(vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SumSix(
        Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d, Vector512<float> e, Vector512<float> f, float* target) =>
        Lanes256.SumSix(Fold(a), Fold(b), Fold(c), Fold(d), Fold(e), Fold(f), target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Prefetch(void* address) => Lanes128.Prefetch(address);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Fold(Vector512<float> vector) => vector.GetLower() + vector.GetUpper();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Add(Vector512<float> a, Vector512<float> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Subtract(Vector512<float> a, Vector512<float> b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Multiply(Vector512<float> a, Vector512<float> b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Divide(Vector512<float> a, Vector512<float> b) => a / b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> ClampBelow(Vector512<float> x) => Vector512.Max(x, Vector512<float>.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> BySign(Vector512<float> x, Vector512<float> positive, Vector512<float> negative) =>
        Vector512.ConditionalSelect(Vector512.GreaterThanOrEqual(x, Vector512<float>.Zero), positive, negative);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Above(Vector512<float> a, Vector512<float> b) => Vector512.GreaterThan(a, b).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> ExpOfMinusAbs(Vector512<float> x)
    {
        Vector512<float> y = Vector512.Max(-Vector512.Abs(x), Vector512.Create(-LogisticFunction.Limit));
        Vector512<float> n = Vector512.Round(y * LogisticFunction.Log2E);
        Vector512<float> r = MultiplyAdd(n, Vector512.Create(-LogisticFunction.Ln2High), y);
        r = MultiplyAdd(n, Vector512.Create(-LogisticFunction.Ln2Low), r);
        Vector512<float> series = MultiplyAdd(Vector512.Create(LogisticFunction.E4), r, Vector512.Create(LogisticFunction.E3));
        series = MultiplyAdd(series, r, Vector512.Create(LogisticFunction.E2));
        series = MultiplyAdd(series, r, Vector512.Create(LogisticFunction.E1));
        series = MultiplyAdd(series, r, Vector512.Create(LogisticFunction.E0));
        Vector512<float> power = MultiplyAdd(r * r, series, r + Vector512<float>.One);
        return power * Vector512.ShiftLeft(Vector512.ConvertToInt32Native(n) + Vector512.Create(127), 23).AsSingle();
    }
}
