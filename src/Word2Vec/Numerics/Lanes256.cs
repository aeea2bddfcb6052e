using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Word2Vec.Numerics;

/// <summary>AVX2: 8 floats.</summary>
internal readonly unsafe struct Lanes256 : ILanes<Vector256<float>>
{
    public static int Count => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Load(float* source) => Vector256.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<float> vector, float* target) => vector.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Broadcast(float value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> MultiplyAdd(Vector256<float> a, Vector256<float> b, Vector256<float> c) => Vector256.MultiplyAddEstimate(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Vector256<float> vector) => Vector256.Sum(vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SumSix(
        Vector256<float> a, Vector256<float> b, Vector256<float> c, Vector256<float> d, Vector256<float> e, Vector256<float> f, float* target)
    {
        if (!Avx.IsSupported)
        {
            Lanes128.SumSix(Fold(a), Fold(b), Fold(c), Fold(d), Fold(e), Fold(f), target);
            return;
        }

        // Neighbours are added twice, which leaves the sums of a, b, c, d (and of e, f, e, f) of each half; then the halves are added.
        Vector256<float> ef = Avx.HorizontalAdd(e, f);
        Vector256<float> abcd = Avx.HorizontalAdd(Avx.HorizontalAdd(a, b), Avx.HorizontalAdd(c, d)), efef = Avx.HorizontalAdd(ef, ef);
        (Avx.Permute2x128(abcd, efef, 0x20) + Avx.Permute2x128(abcd, efef, 0x31)).Store(target);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Prefetch(void* address) => Lanes128.Prefetch(address);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Fold(Vector256<float> vector) => vector.GetLower() + vector.GetUpper();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Add(Vector256<float> a, Vector256<float> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Subtract(Vector256<float> a, Vector256<float> b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Multiply(Vector256<float> a, Vector256<float> b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Divide(Vector256<float> a, Vector256<float> b) => a / b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> ClampBelow(Vector256<float> x) => Vector256.Max(x, Vector256<float>.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> BySign(Vector256<float> x, Vector256<float> positive, Vector256<float> negative) =>
        Vector256.ConditionalSelect(Vector256.GreaterThanOrEqual(x, Vector256<float>.Zero), positive, negative);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Above(Vector256<float> a, Vector256<float> b) => Vector256.GreaterThan(a, b).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> ExpOfMinusAbs(Vector256<float> x)
    {
        Vector256<float> y = Vector256.Max(-Vector256.Abs(x), Vector256.Create(-LogisticFunction.Limit));
        Vector256<float> n = Vector256.Round(y * LogisticFunction.Log2E);
        Vector256<float> r = MultiplyAdd(n, Vector256.Create(-LogisticFunction.Ln2High), y);
        r = MultiplyAdd(n, Vector256.Create(-LogisticFunction.Ln2Low), r);
        Vector256<float> series = MultiplyAdd(Vector256.Create(LogisticFunction.E4), r, Vector256.Create(LogisticFunction.E3));
        series = MultiplyAdd(series, r, Vector256.Create(LogisticFunction.E2));
        series = MultiplyAdd(series, r, Vector256.Create(LogisticFunction.E1));
        series = MultiplyAdd(series, r, Vector256.Create(LogisticFunction.E0));
        Vector256<float> power = MultiplyAdd(r * r, series, r + Vector256<float>.One);
        return power * Vector256.ShiftLeft(Vector256.ConvertToInt32Native(n) + Vector256.Create(127), 23).AsSingle();
    }
}
