using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Word2Vec.Benchmarks;

/// <summary>What one core can do at most: the yardsticks that a share is a share of.</summary>
internal static class Core
{
    /// <summary>Billions of operations a second, two for each fused multiply-add of 32-bit floats, in registers of 4, 8 or 16.</summary>
    public static double MultiplyAddPeak(int floats)
    {
        const int Rounds = 50_000_000, Sums = 10;
        double seconds = Seconds(() => GC.KeepAlive(floats switch
        {
            16 => (object)Run<Fused512, Vector512<float>>(Rounds, Vector512.Create(0.9999999f), Vector512.Create(1e-9f)),
            8 => Run<Fused256, Vector256<float>>(Rounds, Vector256.Create(0.9999999f), Vector256.Create(1e-9f)),
            _ => Run<Fused128, Vector128<float>>(Rounds, Vector128.Create(0.9999999f), Vector128.Create(1e-9f)),
        }));
        return 2.0 * Rounds * Sums * floats / seconds / 1e9;
    }

    /// <summary>Billions of bytes a second that one thread reads from memory, one after the other.</summary>
    public static double ReadingBandwidth()
    {
        var data = new int[1 << 26];
        Array.Fill(data, 1);
        return sizeof(int) * (double)data.Length / Seconds(() => GC.KeepAlive(Sum(data))) / 1e9;
    }

    /// <summary>Processor time of this process while <paramref name="action"/> runs.</summary>
    public static double Seconds(Action action)
    {
        TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
        action();
        return (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds;
    }

    // Ten sums side by side, so that none waits for its last addition. Nothing is called here: vectors do not survive that in registers.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static TVector Run<TFused, TVector>(int rounds, TVector x, TVector y)
        where TFused : struct, IFused<TVector>
        where TVector : struct
    {
        TVector a = x, b = x, c = x, d = x, e = x, f = x, g = x, h = x, i = x, j = x;
        for (int round = 0; round < rounds; round++)
        {
            (a, b) = (TFused.MultiplyAdd(a, x, y), TFused.MultiplyAdd(b, x, y));
            (c, d) = (TFused.MultiplyAdd(c, x, y), TFused.MultiplyAdd(d, x, y));
            (e, f) = (TFused.MultiplyAdd(e, x, y), TFused.MultiplyAdd(f, x, y));
            (g, h) = (TFused.MultiplyAdd(g, x, y), TFused.MultiplyAdd(h, x, y));
            (i, j) = (TFused.MultiplyAdd(i, x, y), TFused.MultiplyAdd(j, x, y));
        }

        TVector sum = TFused.MultiplyAdd(a, b, TFused.MultiplyAdd(c, d, TFused.MultiplyAdd(e, f, y)));
        return TFused.MultiplyAdd(g, h, TFused.MultiplyAdd(i, j, sum));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Sum(ReadOnlySpan<int> data)
    {
        Vector<int> a = default, b = default;
        for (int i = 0; i < data.Length; i += 2 * Vector<int>.Count)
            (a, b) = (a + new Vector<int>(data[i..]), b + new Vector<int>(data[(i + Vector<int>.Count)..]));
        return Vector.Sum(a + b);
    }

    private interface IFused<TVector>
    {
        static abstract TVector MultiplyAdd(TVector a, TVector b, TVector c);
    }

    private readonly struct Fused512 : IFused<Vector512<float>>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<float> MultiplyAdd(Vector512<float> a, Vector512<float> b, Vector512<float> c) =>
            Vector512.FusedMultiplyAdd(a, b, c);
    }

    private readonly struct Fused256 : IFused<Vector256<float>>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> MultiplyAdd(Vector256<float> a, Vector256<float> b, Vector256<float> c) =>
            Vector256.FusedMultiplyAdd(a, b, c);
    }

    private readonly struct Fused128 : IFused<Vector128<float>>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector128<float> MultiplyAdd(Vector128<float> a, Vector128<float> b, Vector128<float> c) =>
            Vector128.FusedMultiplyAdd(a, b, c);
    }
}
