using Word2Vec.CudaOnCpu;

namespace Word2Vec.Kernels.Tests.CudaOnCpu;

/// <summary>What a program must not do is seen, and said.</summary>
public sealed class PtxFaultTests
{
    private const string MyWord = "mul.wide.u32 %rd2, %r1, 4;\nmov.b64 %rd3, words;\nadd.u64 %rd2, %rd3, %rd2;\n";
    private const string NextWord = "add.s32 %r3, %r1, 1;\nand.b32 %r3, %r3, 31;\nmul.wide.u32 %rd4, %r3, 4;\nadd.u64 %rd4, %rd3, %rd4;\n";
    private const string PreviousWord = "add.s32 %r3, %r1, 31;\nand.b32 %r3, %r3, 31;\nmul.wide.u32 %rd6, %r3, 4;\nadd.u64 %rd6, %rd3, %rd6;\n";
    private const string ToArray = "mul.wide.u32 %rd5, %r1, 4;\nadd.u64 %rd5, %rd1, %rd5;\nst.global.b32 [%rd5], %r4;\n";

    [Fact]
    public void A_barrier_orders_what_threads_write_and_read()
    {
        int[] found = PtxKernel.Run($"{MyWord}{NextWord}st.shared.b32 [%rd2], %r1;\nbar.sync 0;\nld.shared.b32 %r4, [%rd4];\n{ToArray}", new int[32], threads: 32);
        Assert.Equal([.. Enumerable.Range(1, 31), 0], found);
    }

    [Theory]
    [InlineData("st.shared.b32 [%rd2], %r1;\nld.shared.b32 %r4, [%rd4];", "nobody wrote")]
    [InlineData("st.shared.b32 [%rd2], %r1;\nbar.sync 0;\nld.shared.b32 %r4, [%rd4];\nst.shared.b32 [%rd2], %r1;", "thread 1 writes the word at 4 of shared memory, which thread 0 read")]
    [InlineData("st.shared.b32 [%rd2], %r1;\nbar.sync 0;\nst.shared.b32 [%rd2], %r1;\nld.shared.b32 %r4, [%rd6];", "thread 1 reads the word at 0 of shared memory, which thread 0 wrote")]
    [InlineData("st.shared.b32 [%rd3], %r1;", "thread 1 writes the word at 0 of shared memory, which thread 0 wrote")]
    [InlineData("st.shared.b32 [%rd2], 0;\nbar.sync 0;\nred.add.shared.u32 [%rd3], 1;\nld.shared.b32 %r4, [%rd3];", "thread 1 changes the word at 0 of shared memory, which thread 0 read")]
    public void Threads_that_have_to_do_with_one_word_between_two_barriers(string body, string words)
    {
        var e = Assert.Throws<PtxException>(() => PtxKernel.Run($"{MyWord}{NextWord}{PreviousWord}{body}", new int[32], threads: 32));
        Assert.Equal(PtxException.LaunchFailed, e.Error);
        Assert.Contains(words, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Atomic_changes_of_one_word_are_no_fault()
    {
        int[] found = PtxKernel.Run($"{MyWord}st.shared.b32 [%rd2], 0;\nbar.sync 0;\nred.add.shared.u32 [%rd3], 2;\nbar.sync 0;\nld.shared.b32 %r4, [%rd3];\n{ToArray}", new int[40], threads: 40);
        Assert.Equal(Enumerable.Repeat(80, 40), found);
    }

    [Theory]
    [InlineData("ld.global.f32 %f1, [%rd1+16];", PtxException.IllegalAddress, "are not allocated, 0 bytes behind the end of 16")]
    [InlineData("ld.global.v4.f32 {%f1, %f2, %f3, %f4}, [%rd1+4];", PtxException.IllegalAddress, "the 16 bytes at")]
    [InlineData("ld.global.v2.f32 {%f1, %f2}, [%rd1+4];", PtxException.Misaligned, "8 bytes at")]
    [InlineData("red.relaxed.gpu.global.add.v4.f32 [%rd1+8], {%f1, %f2, %f3, %f4};", PtxException.IllegalAddress, "the 16 bytes at")]
    [InlineData("red.relaxed.gpu.global.add.v2.f32 [%rd1+4], {%f1, %f2};", PtxException.Misaligned, "8 bytes at")]
    [InlineData("red.add.global.f32 [%rd2], %f1;", PtxException.IllegalAddress, "of global memory are not allocated")]
    [InlineData("mov.b64 %rd2, dynamic;\nld.shared.f32 %f1, [%rd2+64];", PtxException.IllegalAddress, "shared memory has 576 bytes, and these are the 4 at 576")]
    [InlineData("mov.b64 %rd2, words;\nst.shared.v4.f32 [%rd2+8], {%f1, %f2, %f3, %f4};", PtxException.Misaligned, "16 bytes at 8 of shared memory")]
    [InlineData("mov.b32 %r3, 0;\ndiv.s32 %r4, 1, %r3;", PtxException.LaunchFailed, "divide by zero")]
    public void Addresses_and_divisors(string body, int error, string words)
    {
        var e = Assert.Throws<PtxException>(() => PtxKernel.Run<float>($"mov.b64 %rd2, 4096;\n{body}", [1, 2, 3, 4], sharedBytes: 64));
        Assert.Equal(error, e.Error);
        Assert.Contains(words, e.Message, StringComparison.Ordinal);
        Assert.Contains("(thread 0 of group 0, line 2", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("setp.lt.s32 %p1, %r1, 16;\n@%p1 bra L_1;\nbar.sync 0;\nL_1:\nmov.b32 %r3, 0;", "waits at line 22: bar.sync 0 while thread 0 has ended")]
    [InlineData("setp.lt.s32 %p1, %r1, 16;\n@%p1 bra L_1;\nbar.sync 0;\nbra L_2;\nL_1:\nbar.sync 0;\nL_2:\nmov.b32 %r3, 0;", "thread 16 of group 0 waits at line 22: bar.sync 0 while thread 0 waits at line 25: bar.sync 0")]
    [InlineData("setp.lt.s32 %p1, %r1, 32;\n@%p1 bra L_1;\nbar.sync 0;\nL_1:\nmov.b32 %r3, 0;", "thread 32 of group 0 waits at line 22: bar.sync 0 while thread 0 has ended")]
    [InlineData("setp.lt.s32 %p1, %r1, 40;\n@%p1 bra L_1;\nshfl.sync.bfly.b32 %r3, %r1, 1, 31, 4294967295;\nL_1:\nmov.b32 %r3, 0;", "shfl.sync.bfly.b32")]
    public void Threads_that_do_not_come_to_the_same_barrier_or_shuffle(string body, string words)
    {
        var e = Assert.Throws<PtxException>(() => PtxKernel.Run(body, [0], threads: 64));
        Assert.Contains(words, e.Message, StringComparison.Ordinal);
        Assert.Contains("a card would hang", e.Message, StringComparison.Ordinal);
    }

    /// <summary>Two warps may wait at different barriers; what counts on a card is that all threads wait.</summary>
    [Fact]
    public void Warps_may_come_to_different_barriers() =>
        PtxKernel.Run("setp.lt.s32 %p1, %r1, 32;\n@%p1 bra L_1;\nbar.sync 0;\nbra L_2;\nL_1:\nbar.sync 0;\nL_2:\nmov.b32 %r3, 0;", [0], threads: 64);

    /// <summary>Each of ten groups adds its number, three at a time: all run, and none runs twice.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(20)]
    public void Groups_wait_until_there_is_room_for_them(int resident) =>
        Assert.Equal([450], PtxKernel.Run("add.s32 %r3, %r2, 0;\nbar.sync 0;\nred.global.add.u32 [%rd1], %r3;", [0], groups: 10, threads: 10, resident: resident));
}
