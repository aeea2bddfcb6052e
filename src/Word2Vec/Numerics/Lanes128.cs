using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Word2Vec.Numerics;

/// <summary>The portable width: 4 floats, which every processor that .NET runs on has (SSE, NEON).</summary>
internal readonly unsafe struct Lanes128 : ILanes<Vector128<float>>
{
    public static int Count => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Load(float* source) => Vector128.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<float> vector, float* target) => vector.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Broadcast(float value) => Vector128.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> MultiplyAdd(Vector128<float> a, Vector128<float> b, Vector128<float> c) => Vector128.MultiplyAddEstimate(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Vector128<float> vector) => Vector128.Sum(vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SumSix(
        Vector128<float> a, Vector128<float> b, Vector128<float> c, Vector128<float> d, Vector128<float> e, Vector128<float> f, float* target)
    {
        Vector128<float> ef = AddNeighbours(e, f);
        AddNeighbours(AddNeighbours(a, b), AddNeighbours(c, d)).Store(target);
        AddNeighbours(ef, ef).Store(target + 4);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Prefetch(void* address)
    {
        if (Sse.IsSupported)
            Sse.Prefetch1(address);
    }

    /// <summary>a₀ + a₁, a₂ + a₃, b₀ + b₁, b₂ + b₃.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> AddNeighbours(Vector128<float> a, Vector128<float> b) =>
        Sse3.IsSupported ? Sse3.HorizontalAdd(a, b)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.AddPairwise(a, b)
        : Vector128.Create(a[0] + a[1], a[2] + a[3], b[0] + b[1], b[2] + b[3]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Add(Vector128<float> a, Vector128<float> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Subtract(Vector128<float> a, Vector128<float> b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Multiply(Vector128<float> a, Vector128<float> b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Divide(Vector128<float> a, Vector128<float> b) => a / b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> ClampBelow(Vector128<float> x) => Vector128.Max(x, Vector128<float>.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> BySign(Vector128<float> x, Vector128<float> positive, Vector128<float> negative) =>
        Vector128.ConditionalSelect(Vector128.GreaterThanOrEqual(x, Vector128<float>.Zero), positive, negative);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Above(Vector128<float> a, Vector128<float> b) => Vector128.GreaterThan(a, b).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> ExpOfMinusAbs(Vector128<float> x)
    {
        Vector128<float> y = Vector128.Max(-Vector128.Abs(x), Vector128.Create(-LogisticFunction.Limit));
        Vector128<float> n = Vector128.Round(y * LogisticFunction.Log2E);
        Vector128<float> r = MultiplyAdd(n, Vector128.Create(-LogisticFunction.Ln2High), y);
        r = MultiplyAdd(n, Vector128.Create(-LogisticFunction.Ln2Low), r);
        Vector128<float> series = MultiplyAdd(Vector128.Create(LogisticFunction.E4), r, Vector128.Create(LogisticFunction.E3));
        series = MultiplyAdd(series, r, Vector128.Create(LogisticFunction.E2));
        series = MultiplyAdd(series, r, Vector128.Create(LogisticFunction.E1));
        series = MultiplyAdd(series, r, Vector128.Create(LogisticFunction.E0));
        Vector128<float> power = MultiplyAdd(r * r, series, r + Vector128<float>.One);
        return power * Vector128.ShiftLeft(Vector128.ConvertToInt32Native(n) + Vector128.Create(127), 23).AsSingle();
    }
}
