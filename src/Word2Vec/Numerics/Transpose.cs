using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Word2Vec.Numerics;

/// <summary>Turns rows into columns.</summary>
internal static unsafe class Transpose
{
    /// <summary>
    /// Writes the components of four rows side by side: component i of row r to target[i · stride + r]. <paramref name="length"/> is a multiple of four.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Four(float** rows, int length, float* target, int stride)
    {
        float* r0 = rows[0], r1 = rows[1], r2 = rows[2], r3 = rows[3];
        for (int i = 0; i < length; i += 4, target += 4L * stride)
        {
            Vector128<float> a = Vector128.Load(r0 + i), b = Vector128.Load(r1 + i), c = Vector128.Load(r2 + i), d = Vector128.Load(r3 + i);
            Vector128<double> abLow = Zip(a, b, high: false).AsDouble(), cdLow = Zip(c, d, high: false).AsDouble();
            Vector128<double> abHigh = Zip(a, b, high: true).AsDouble(), cdHigh = Zip(c, d, high: true).AsDouble();
            Zip(abLow, cdLow, high: false).AsSingle().Store(target);
            Zip(abLow, cdLow, high: true).AsSingle().Store(target + stride);
            Zip(abHigh, cdHigh, high: false).AsSingle().Store(target + 2L * stride);
            Zip(abHigh, cdHigh, high: true).AsSingle().Store(target + 3L * stride);
        }
    }

    /// <summary>The lower or upper halves of two registers, their components in turn: a₀, b₀, a₁, b₁ or a₂, b₂, a₃, b₃.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Zip(Vector128<float> a, Vector128<float> b, bool high) =>
        Sse.IsSupported ? high ? Sse.UnpackHigh(a, b) : Sse.UnpackLow(a, b)
        : AdvSimd.Arm64.IsSupported ? high ? AdvSimd.Arm64.ZipHigh(a, b) : AdvSimd.Arm64.ZipLow(a, b)
        : high ? Vector128.Create(a[2], b[2], a[3], b[3]) : Vector128.Create(a[0], b[0], a[1], b[1]);

    /// <summary>The lower or the upper component of two registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> Zip(Vector128<double> a, Vector128<double> b, bool high) =>
        Sse2.IsSupported ? high ? Sse2.UnpackHigh(a, b) : Sse2.UnpackLow(a, b)
        : AdvSimd.Arm64.IsSupported ? high ? AdvSimd.Arm64.ZipHigh(a, b) : AdvSimd.Arm64.ZipLow(a, b)
        : high ? Vector128.Create(a[1], b[1]) : Vector128.Create(a[0], b[0]);
}
