using System.Runtime.Intrinsics;
using Word2Vec.Numerics;

namespace Word2Vec.Tests.Numerics;

/// <summary>Products of bytes at each register width, against plain arithmetic.</summary>
public sealed unsafe class ByteLanesTests
{
    [Fact]
    public void Registers_of_64_bytes_compute_what_plain_code_does() => Check<ByteLanes512, Lanes512, Vector512<float>>();

    [Fact]
    public void Registers_of_32_bytes_compute_what_plain_code_does() => Check<ByteLanes256, Lanes256, Vector256<float>>();

    [Fact]
    public void Registers_of_16_bytes_compute_what_plain_code_does() => Check<ByteLanes128, Lanes128, Vector128<float>>();

    [Fact]
    public void Without_an_instruction_for_it_the_products_are_the_same()
    {
        byte[] factors = new byte[16];
        sbyte[] signed = new sbyte[16];
        Fill(factors, signed, 7);
        Vector128<short> found = ByteLanes128.MultiplyPlainly(Vector128.Create(factors).AsInt16(), Vector128.Create(signed).AsInt16());
        for (int pair = 0; pair < 8; pair++)
            Assert.Equal(factors[2 * pair] * signed[2 * pair] + factors[2 * pair + 1] * signed[2 * pair + 1], found[pair]);
    }

    [Theory]
    [InlineData(null, 16, 16)]
    [InlineData("", 8, 8)]
    [InlineData("AVX2", 16, 8)]
    [InlineData("portable", 4, 4)]
    public void The_environment_forces_a_width(string? forced, int widest, int expected) =>
        Assert.Equal(expected, SimdWidth.Choose(forced, widest));

    [Theory]
    [InlineData("avx512", "this processor has: portable, avx2.")]
    [InlineData("mmx", "is 'mmx'")]
    public void A_width_that_is_not_there_is_a_usage_error(string forced, string expected)
    {
        var error = Assert.Throws<Word2VecException>(() => SimdWidth.Choose(forced, 8));
        Assert.Equal(ErrorKind.Usage, error.Kind);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    private static void Check<TByteLanes, TLanes, TVector>()
        where TByteLanes : struct, IByteLanes<TVector>
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        int count = TLanes.Count;
        byte[] factors = new byte[4 * count];
        sbyte[] signed = new sbyte[4 * count], stored = new sbyte[count];
        float* result = stackalloc float[count], plain = stackalloc float[count];
        Fill(factors, signed, count);
        fixed (byte* a = factors)
        fixed (sbyte* b = signed)
        {
            TVector products = TByteLanes.MultiplyBytes(TByteLanes.LoadBytes(a), TByteLanes.LoadBytes((byte*)b));
            TLanes.Store(TByteLanes.AddHalves(products), result);
            for (int lane = 0; lane < count; lane++)
                Assert.Equal(Enumerable.Range(4 * lane, 4).Sum(i => factors[i] * signed[i]), result[lane]);
        }

        // Once around 2^16 and back: 65 times 32000 is more than a half holds, and taken away again it is gone.
        TVector many = TByteLanes.BroadcastFour(0x7d00_7d00), back = TByteLanes.BroadcastFour((0x10000 - 65 * 0x7d00 % 0x10000) * 0x10001);
        for (int i = 0; i < 64; i++)
            many = TByteLanes.AddHalfwise(many, TByteLanes.BroadcastFour(0x7d00_7d00));
        TLanes.Store(TByteLanes.AddHalves(TByteLanes.AddHalfwise(many, back)), result);
        Assert.All(new ReadOnlySpan<float>(result, count).ToArray(), lane => Assert.Equal(0, lane));

        for (int lane = 0; lane < count; lane++)
            plain[lane] = lane % 2 == 0 ? 127 - 7.3f * lane : -127 + 7.3f * lane;
        TVector x = TLanes.Load(plain), whole = TByteLanes.Round(x);
        fixed (sbyte* target = stored)
            TByteLanes.StoreBytes(whole, target);
        Assert.Equal(new ReadOnlySpan<float>(plain, count).ToArray().Select(value => (sbyte)MathF.Round(value)), stored);
        Assert.Equal(127, TByteLanes.Max(TByteLanes.MaxMagnitude(x, TLanes.Broadcast(-3))));
        TLanes.Store(TByteLanes.MaxMagnitude(TLanes.Broadcast(2), TLanes.Broadcast(-3)), result);
        Assert.All(new ReadOnlySpan<float>(result, count).ToArray(), lane => Assert.Equal(3, lane));
    }

    // The greatest products are among them.
    private static void Fill(byte[] factors, sbyte[] signed, int seed)
    {
        var random = new Random(seed);
        for (int i = 0; i < factors.Length; i++)
            (factors[i], signed[i]) = i < 2 ? ((byte)127, (sbyte)-127) : ((byte)random.Next(128), (sbyte)random.Next(-127, 128));
    }
}
