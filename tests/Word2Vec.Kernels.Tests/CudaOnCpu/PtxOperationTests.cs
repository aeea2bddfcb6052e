using Word2Vec.CudaOnCpu;

namespace Word2Vec.Kernels.Tests.CudaOnCpu;

/// <summary>Each operation against the values that the definition of PTX gives.</summary>
public sealed class PtxOperationTests
{
    private const int Least = int.MinValue;

    /// <summary>%r3 and %r4 hold the operands; the result is %r5.</summary>
    [Theory]
    [InlineData("add.s32 %r5, %r3, %r4;", int.MaxValue, 1, Least)]
    [InlineData("sub.s32 %r5, %r3, %r4;", 3, 5, -2)]
    [InlineData("mul.lo.s32 %r5, %r3, %r4;", 0x10001, 0x10001, 0x20001)]
    [InlineData("mul.hi.s32 %r5, %r3, %r4;", -1, 1, -1)]
    [InlineData("mul.hi.u32 %r5, %r3, %r4;", -1, -1, -2)]
    [InlineData("mad.lo.s32 %r5, %r3, %r4, -7;", 5, 6, 23)]
    [InlineData("div.s32 %r5, %r3, %r4;", -7, 2, -3)]
    [InlineData("div.u32 %r5, %r3, %r4;", -7, 2, 0x7FFFFFFC)]
    [InlineData("rem.s32 %r5, %r3, %r4;", -7, 4, -3)]
    [InlineData("min.s32 %r5, %r3, %r4;", -1, 1, -1)]
    [InlineData("min.u32 %r5, %r3, %r4;", -1, 1, 1)]
    [InlineData("max.s32 %r5, %r3, %r4;", -1, 1, 1)]
    [InlineData("and.b32 %r5, %r3, %r4;", 12, 10, 8)]
    [InlineData("or.b32 %r5, %r3, %r4;", 12, 10, 14)]
    [InlineData("xor.b32 %r5, %r3, %r4;", 12, 10, 6)]
    [InlineData("not.b32 %r5, %r3;", 12, 0, -13)]
    [InlineData("neg.s32 %r5, %r3;", 12, 0, -12)]
    [InlineData("abs.s32 %r5, %r3;", -12, 0, 12)]
    [InlineData("popc.b32 %r5, %r3;", -1, 0, 32)]
    [InlineData("clz.b32 %r5, %r3;", 1, 0, 31)]
    [InlineData("shl.b32 %r5, %r3, %r4;", 3, 31, Least)]
    [InlineData("shl.b32 %r5, %r3, %r4;", 3, 32, 0)]
    [InlineData("shr.u32 %r5, %r3, %r4;", -1, 31, 1)]
    [InlineData("shr.u32 %r5, %r3, %r4;", -1, 40, 0)]
    [InlineData("shr.s32 %r5, %r3, %r4;", -8, 1, -4)]
    [InlineData("shr.s32 %r5, %r3, %r4;", -8, 40, -1)]
    [InlineData("mul.wide.s32 %rd3, %r3, %r4; shr.s64 %rd3, %rd3, 4; cvt.u32.u64 %r5, %rd3;", -16, 3, -3)]
    [InlineData("mul.wide.u32 %rd3, %r3, %r4; shr.u64 %rd3, %rd3, 32; cvt.u32.u64 %r5, %rd3;", -1, -1, -2)]
    [InlineData("cvt.s64.s32 %rd3, %r3; shr.s64 %rd3, %rd3, 32; cvt.u32.u64 %r5, %rd3;", -1, 0, -1)]
    [InlineData("cvt.u64.u32 %rd3, %r3; shr.u64 %rd3, %rd3, 32; cvt.u32.u64 %r5, %rd3;", -1, 0, 0)]
    [InlineData("cvt.s64.s32 %rd3, %r3; cvt.s64.s32 %rd4, %r4; mad.lo.u64 %rd5, %rd3, %rd4, 1; cvt.s32.s64 %r5, %rd5;", -3, 5, -14)]
    [InlineData("setp.lt.s32 %p1, %r3, %r4; selp.b32 %r5, 1, 2, %p1;", -1, 1, 1)]
    [InlineData("setp.lt.u32 %p1, %r3, %r4; selp.b32 %r5, 1, 2, %p1;", -1, 1, 2)]
    [InlineData("setp.hi.u32 %p1, %r3, %r4; selp.b32 %r5, %r3, %r4, %p1;", -1, 1, -1)]
    [InlineData("setp.le.s32 %p1, %r3, %r4; not.pred %p2, %p1; selp.b32 %r5, 1, 2, %p2;", 4, 4, 2)]
    [InlineData("setp.ge.s32 %p1, %r3, 4; setp.ne.s32 %p2, %r4, 4; and.pred %p3, %p1, %p2; selp.b32 %r5, 1, 2, %p3;", 4, 5, 1)]
    [InlineData("setp.eq.s32 %p1, %r3, 4; @%p1 bra L_1; mov.b32 %r5, 1; bra.uni L_2; L_1: mov.b32 %r5, 2; L_2: mov.b32 %r6, 0;", 4, 0, 2)]
    [InlineData("setp.eq.s32 %p1, %r3, 4; @!%p1 bra L_1; mov.b32 %r5, 1; bra.uni L_2; L_1: mov.b32 %r5, 2; L_2: mov.b32 %r6, 0;", 4, 0, 1)]
    [InlineData("mov.b32 %r5, 0; L_1: add.s32 %r5, %r5, %r4; sub.s32 %r3, %r3, 1; setp.gt.s32 %p1, %r3, 0; @%p1 bra L_1;", 5, 7, 35)]
    public void Integers(string operation, int a, int b, int expected) =>
        Assert.Equal(expected, PtxKernel.Run($"{Lines("ld.global.b32 %r3, [%rd1]; ld.global.b32 %r4, [%rd1+4];")}{Lines(operation)}st.global.b32 [%rd1+8], %r5;", [a, b, 0])[2]);

    /// <summary>%f1 and %f2 hold the operands; the result is %f3.</summary>
    [Theory]
    [InlineData("add.f32 %f3, %f1, %f2;", 1e8f, 1f, 1e8f)]
    [InlineData("mul.f32 %f3, %f1, %f2;", 3f, -0f, -0f)]
    [InlineData("sub.f32 %f3, %f1, %f2;", 3f, 4f, -1f)]
    [InlineData("div.rn.f32 %f3, %f1, %f2;", 1f, 3f, 1f / 3)]
    [InlineData("fma.rn.f32 %f3, %f1, %f2, 0fBF800000;", 1.0000001f, 1.0000001f, 2.3841858e-7f)]
    [InlineData("neg.f32 %f3, %f1;", 0f, 0f, -0f)]
    [InlineData("abs.f32 %f3, %f1;", -2f, 0f, 2f)]
    [InlineData("min.f32 %f3, %f1, %f2;", float.NaN, 2f, 2f)]
    [InlineData("max.f32 %f3, %f1, %f2;", 2f, float.NaN, 2f)]
    [InlineData("mov.f32 %f3, 0f40490FDB;", 0f, 0f, 3.1415927f)]
    [InlineData("mov.b32 %r3, %f1; add.s32 %r3, %r3, 1; mov.b32 %f3, %r3;", 1f, 0f, 1.0000001f)]
    [InlineData("cvt.rzi.s32.f32 %r3, %f1; cvt.rn.f32.s32 %f3, %r3;", -2.7f, 0f, -2f)]
    [InlineData("cvt.rzi.s32.f32 %r3, %f1; cvt.rn.f32.s32 %f3, %r3;", float.NaN, 0f, 0f)]
    [InlineData("cvt.rzi.s32.f32 %r3, %f1; cvt.rn.f32.s32 %f3, %r3;", 1e30f, 0f, 2147483648f)]
    [InlineData("cvt.rni.s32.f32 %r3, %f1; cvt.rn.f32.s32 %f3, %r3;", 2.5f, 0f, 2f)]
    [InlineData("mov.b32 %r3, -1; cvt.rn.f32.u32 %f3, %r3;", 0f, 0f, 4294967296f)]
    [InlineData("setp.lt.f32 %p1, %f1, %f2; selp.f32 %f3, %f1, %f2, %p1;", 1f, float.NaN, float.NaN)]
    [InlineData("setp.ltu.f32 %p1, %f1, %f2; selp.f32 %f3, %f1, %f2, %p1;", 1f, float.NaN, 1f)]
    [InlineData("setp.ge.f32 %p1, %f1, %f2; selp.f32 %f3, 0f3F800000, 0f40000000, %p1;", 1f, float.NaN, 2f)]
    [InlineData("setp.geu.f32 %p1, %f1, %f2; selp.f32 %f3, 0f3F800000, 0f40000000, %p1;", 1f, float.NaN, 1f)]
    [InlineData("setp.ne.f32 %p1, %f1, %f2; selp.f32 %f3, 0f3F800000, 0f40000000, %p1;", 1f, float.NaN, 2f)]
    [InlineData("setp.neu.f32 %p1, %f1, %f2; selp.f32 %f3, 0f3F800000, 0f40000000, %p1;", 1f, float.NaN, 1f)]
    [InlineData("testp.notanumber.f32 %p1, %f1; selp.f32 %f3, 0f3F800000, 0f40000000, %p1;", float.NaN, 0f, 1f)]
    public void Floats(string operation, float a, float b, float expected) =>
        Assert.Equal(
            BitConverter.SingleToInt32Bits(expected),
            BitConverter.SingleToInt32Bits(PtxKernel.Run($"{Lines("ld.global.f32 %f1, [%rd1]; ld.global.f32 %f2, [%rd1+4];")}{Lines(operation)}st.global.f32 [%rd1+8], %f3;", [a, b, 0])[2]));

    /// <summary>Operations that a card approximates are off here, too, by as much as is documented and no more.</summary>
    [Theory]
    [InlineData("ex2", 1.5f, 2.8284271247)]
    [InlineData("ex2", -20.3f, 7.746e-7)]
    [InlineData("lg2", 10f, 3.3219280949)]
    [InlineData("rcp", 3f, 0.3333333333)]
    [InlineData("rsqrt", 3f, 0.5773502692)]
    public void Approximations(string operation, float a, double expected)
    {
        float found = Approximation($"{operation}.approx.f32 %f2, %f1;", a);
        Assert.InRange(found / expected, 1 - 1e-6 - (operation == "ex2" && a < 0 ? 1e-4 : 0), 1 + 1e-6 + (operation == "ex2" && a < 0 ? 1e-4 : 0));
    }

    /// <summary>With .ftz a number below the normal ones is a zero, as an operand and as a result.</summary>
    [Theory]
    [InlineData("ex2.approx.f32 %f2, %f1;", -130f, 7.34684e-40f)]
    [InlineData("ex2.approx.ftz.f32 %f2, %f1;", -130f, 0f)]
    [InlineData("lg2.approx.ftz.f32 %f2, %f1;", 1e-40f, float.NegativeInfinity)]
    [InlineData("rcp.approx.ftz.f32 %f2, %f1;", -1e-40f, float.NegativeInfinity)]
    [InlineData("div.approx.ftz.f32 %f2, 0f00800000, %f1;", 4f, 0f)]
    [InlineData("div.approx.f32 %f2, 0f3F800000, %f1;", 4f, 0.25f)]
    public void Small_numbers(string operation, float a, float expected)
    {
        float found = Approximation(operation, a);
        Assert.True(float.IsInfinity(expected) ? found == expected : MathF.Abs(found - expected) <= 3e-7f * MathF.Abs(expected), $"{found}");
    }

    private static float Approximation(string operation, float a) => PtxKernel.Run<float>($"ld.global.f32 %f1, [%rd1];\n{operation}\nst.global.f32 [%rd1], %f2;", [a])[0];

    [Fact]
    public void Vectors_and_reductions()
    {
        float[] found = PtxKernel.Run<float>(Lines("ld.global.v4.f32 {%f1, %f2, %f3, %f4}, [%rd1]; st.global.v2.f32 [%rd1+8], {%f1, %f2}; red.add.global.f32 [%rd1], %f4;"), [1, 2, 3, 4]);
        Assert.Equal([5f, 2f, 1f, 2f], found);
        Assert.Equal([7, 5], PtxKernel.Run<int>(Lines("atom.global.add.u32 %r3, [%rd1], 2; st.global.b32 [%rd1+4], %r3;"), [5, 0]));
        Assert.Equal([-3], PtxKernel.Run<int>("red.global.min.s32 [%rd1], -3;", [5]));
    }

    [Fact]
    public void Vectors_are_added_on_cards_that_do()
    {
        const string Load = "ld.global.v4.f32 {%f1, %f2, %f3, %f4}, [%rd1];\n", Pair = "red.relaxed.gpu.global.add.v2.f32 [\t%rd1+8], {%f1, %f2};";
        Assert.Equal([2f, 4f, 6f, 8f], PtxKernel.Run<float>($"{Load}red.relaxed.gpu.global.add.v4.f32 [%rd1], {{%f1, %f2, %f3, %f4}};", [1, 2, 3, 4]));
        Assert.Equal([1f, 2f, 4f, 6f], PtxKernel.Run<float>(Load + Pair, [1, 2, 3, 4]));
        var tooOld = Assert.Throws<PtxException>(() => PtxKernel.Run<float>(Load + Pair, [1, 2, 3, 4], target: 80));
        Assert.Contains("vectors are added from .version 8.1 and .target sm_90 on", tooOld.Message, StringComparison.Ordinal);
    }

    /// <summary>A butterfly inside each warp, of two warps, more than one piece of code long.</summary>
    [Fact]
    public void Shuffles()
    {
        string sums = string.Concat(Enumerable.Range(0, 5).Select(i => $"shfl.sync.bfly.b32 %f2, %f1, {16 >> i}, 31, 4294967295;\nadd.f32 %f1, %f1, %f2;\n{string.Concat(Enumerable.Repeat("add.s32 %r4, %r4, 1;\n", 300))}"));
        float[] found = PtxKernel.Run(
            $"{Lines("mul.wide.u32 %rd2, %r1, 4; add.u64 %rd2, %rd1, %rd2; ld.global.f32 %f1, [%rd2]; mov.b32 %r4, 0;")}{sums}{Lines("cvt.rn.f32.s32 %f3, %r4; add.f32 %f1, %f1, %f3; st.global.f32 [%rd2], %f1;")}",
            [.. Enumerable.Range(0, 64).Select(i => (float)i)], threads: 64);
        Assert.Equal([.. Enumerable.Repeat(496f + 1500, 32), .. Enumerable.Repeat(1520f + 1500, 32)], found);
    }

    /// <summary>A 16 × 8 and an 8 × 8 matrix, which a warp's lanes hold as the definition says; of factors the bits below the tenth of the mantissa do not count.</summary>
    [Fact]
    public void A_warp_multiplies_matrices()
    {
        // The first matrix at 0, by rows; the second at 128; what is added to at 192; the product at 320.
        float[] array = [.. Enumerable.Range(0, 128).Select(i => (float)((i * 7 % 19) - 9)), .. Enumerable.Range(0, 64).Select(i => (float)((i * 5 % 13) - 6)), .. Enumerable.Range(0, 128).Select(i => i / 4f), .. new float[128]];
        var expected = new float[128];
        for (int row = 0; row < 16; row++)
        {
            for (int column = 0; column < 8; column++)
                expected[(row * 8) + column] = array[192 + (row * 8) + column] + Enumerable.Range(0, 8).Sum(k => array[(row * 8) + k] * array[128 + (k * 8) + column]);
        }

        for (int i = 0; i < 192; i++)
            array[i] = BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(array[i]) | (array[i] == 0 ? 0 : 0x1FFF));
        const string Lane = "shr.u32 %r3, %r1, 2; and.b32 %r4, %r1, 3;";
        string first = At("%rd2", "%r3", "%r4", 8, 0) + "ld.global.b32 %r10, [%rd2]; ld.global.b32 %r11, [%rd2+256]; ld.global.b32 %r12, [%rd2+16]; ld.global.b32 %r13, [%rd2+272];";
        string second = At("%rd2", "%r4", "%r3", 8, 512) + "ld.global.b32 %r14, [%rd2]; ld.global.b32 %r15, [%rd2+128];";
        string sums = "add.s32 %r4, %r4, %r4; " + At("%rd2", "%r3", "%r4", 8, 768) + "ld.global.v2.f32 {%f1,%f2}, [%rd2]; ld.global.v2.f32 {%f3,%f4}, [%rd2+256];";
        const string Product = "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {%f5,%f6,%f7,%f8}, {%r10,%r11,%r12,%r13}, {%r14,%r15}, {%f1,%f2,%f3,%f4};";
        const string Store = "st.global.v2.f32 [%rd2+512], {%f5,%f6}; st.global.v2.f32 [%rd2+768], {%f7,%f8};";
        Assert.Equal(expected, PtxKernel.Run(Lines($"{Lane} {first} {second} {sums} {Product} {Store}"), array, threads: 32)[320..]);

        static string At(string register, string row, string column, int stride, int start) =>
            $"mul.lo.s32 %r5, {row}, {stride}; add.s32 %r5, %r5, {column}; mul.wide.u32 {register}, %r5, 4; add.u64 {register}, %rd1, {register}; add.u64 {register}, {register}, {start}; ";
    }

    [Fact]
    public void Each_thread_has_local_memory_of_its_own()
    {
        string body = Lines("mov.b64 %rd2, mine; st.local.b32 [%rd2+4], %r1; bar.sync 0; ld.local.b32 %r3, [%rd2+4]; mul.wide.u32 %rd3, %r1, 4; add.u64 %rd3, %rd1, %rd3; st.global.b32 [%rd3], %r3;");
        Assert.Equal(Enumerable.Range(0, 40), PtxKernel.Run(body, new int[40], threads: 40));
        var e = Assert.Throws<PtxException>(() => PtxKernel.Run(body.Replace("%rd2+4", "%rd2+8", StringComparison.Ordinal), new int[40], threads: 40));
        Assert.Contains("local memory has 8 bytes, and these are the 4 at 8", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tex.1d.v4.f32.s32 {%f1, %f2, %f3, %f4}, [%rd1, {%r1}];", "line 20: tex.1d.v4.f32.s32")]
    [InlineData("add.s32 %r3, %r99, 1;", "no register %r99")]
    [InlineData("add.f16 %r3, %r4, %r5;", "line 20: add.f16")]
    [InlineData("bra L_3;", "no label L_3")]
    [InlineData("@%p1 add.s32 %r3, %r4, %r5;", "only branches have predicates here")]
    [InlineData("ld.b32 %r3, [%rd1];", "neither parameters nor global nor shared memory")]
    [InlineData("red.global.add.v4.f32 [%rd1], {%f1, %f2};", "2 registers for 4")]
    public void What_is_not_executed_here_is_refused_with_its_line(string instruction, string words)
    {
        var e = Assert.Throws<PtxException>(() => PtxKernel.Run(instruction, [0]));
        Assert.Equal(PtxException.Invalid, e.Error);
        Assert.Contains(words, e.Message, StringComparison.Ordinal);
    }

    private static string Lines(string instructions) => string.Concat(instructions.Split(' ').Select(word => word + (word[^1] is ';' or ':' ? "\n" : " ")));
}
