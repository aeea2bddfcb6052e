using System.Runtime.Intrinsics;
using Word2Vec.Numerics;

namespace Word2Vec.Tests.Numerics;

/// <summary>Each register width against plain arithmetic; widths that the processor lacks are computed in halves by .NET.</summary>
public sealed unsafe class LanesTests
{
    [Fact]
    public void Registers_of_16_floats_compute_what_plain_code_does() => Check<Lanes512, Vector512<float>>();

    [Fact]
    public void Registers_of_8_floats_compute_what_plain_code_does() => Check<Lanes256, Vector256<float>>();

    [Fact]
    public void Registers_of_4_floats_compute_what_plain_code_does() => Check<Lanes128, Vector128<float>>();

    private static void Check<TLanes, TVector>()
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        int count = TLanes.Count;
        float* rows = stackalloc float[6 * count], sums = stackalloc float[8], result = stackalloc float[count];
        for (int i = 0; i < 6 * count; i++)
            rows[i] = (i * 37 % 101 - 50) / 4f;
        TLanes.SumSix(
            TLanes.Load(rows), TLanes.Load(rows + count), TLanes.Load(rows + 2 * count), TLanes.Load(rows + 3 * count),
            TLanes.Load(rows + 4 * count), TLanes.Load(rows + 5 * count), sums);
        for (int row = 0; row < 6; row++)
        {
            // Quarters below a hundred add up exactly in any order.
            float expected = new ReadOnlySpan<float>(rows + row * count, count).ToArray().Sum();
            Assert.Equal(expected, sums[row]);
            Assert.Equal(expected, TLanes.Sum(TLanes.Load(rows + row * count)));
        }

        TVector x = TLanes.Load(rows), y = TLanes.Load(rows + count);
        TLanes.Store(TLanes.ExpOfMinusAbs(x), result);
        for (int i = 0; i < count; i++)
            Assert.Equal(Math.Exp(-Math.Abs(rows[i])), result[i], 2e-7);
        TLanes.Store(TLanes.BySign(x, TLanes.Broadcast(1), TLanes.Broadcast(2)), result);
        for (int i = 0; i < count; i++)
            Assert.Equal(rows[i] >= 0 ? 1 : 2, result[i]);
        ulong above = TLanes.Above(x, y);
        for (int i = 0; i < count; i++)
            Assert.Equal(rows[i] > rows[count + i], (above >> i & 1) != 0);
    }
}
