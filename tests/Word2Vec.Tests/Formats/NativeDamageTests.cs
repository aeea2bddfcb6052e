using Word2Vec.Formats;
using Word2Vec.Tests.Shared;
using Word2Vec.Vectors;

namespace Word2Vec.Tests.Formats;

/// <summary>Word2Vec files that are damaged, or that no writer of ours wrote.</summary>
public class NativeDamageTests : NativeFileTest
{
    [Theory]
    [InlineData(VectorPrecision.Full)]
    [InlineData(VectorPrecision.Quantized)]
    public void Every_flipped_byte_is_found(VectorPrecision precision)
    {
        VectorFile.Save(MakeKnown(3, 2), PathOf("v.w2v"), new VectorWriteOptions { Precision = precision });
        byte[] whole = File.ReadAllBytes(PathOf("v.w2v"));
        for (int at = 0; at < whole.Length; at++)
        {
            byte[] damaged = [.. whole];
            damaged[at] ^= (byte)(1 << (at % 8));
            File.WriteAllBytes(PathOf("v.w2v"), damaged);
            AssertRefused(ErrorKind.Format, PathOf("v.w2v"));
        }
    }

    [Fact]
    public void Every_mutant_is_found()
    {
        VectorFile.Save(MakeKnown(12, 5), PathOf("v.w2v"));
        byte[] whole = File.ReadAllBytes(PathOf("v.w2v"));
        var random = new Random(11);
        for (int i = 0; i < 1000; i++)
        {
            byte[] mutant = Mutation.Of(whole, random);
            if (mutant.AsSpan().SequenceEqual(whole))
                continue;
            File.WriteAllBytes(PathOf("v.w2v"), mutant);
            AssertRefused(ErrorKind.Format, PathOf("v.w2v"));
        }
    }

    [Fact]
    public void Every_length_but_the_whole_is_refused()
    {
        VectorFile.Save(MakeKnown(3, 2), PathOf("v.w2v"));
        byte[] whole = File.ReadAllBytes(PathOf("v.w2v"));
        for (int length = 8; length < whole.Length; length++)
        {
            File.WriteAllBytes(PathOf("v.w2v"), whole[..length]);
            AssertRefused(ErrorKind.Format, PathOf("v.w2v"), "cut short");
        }

        File.WriteAllBytes(PathOf("v.w2v"), [.. whole, 0]);
        AssertRefused(ErrorKind.Format, PathOf("v.w2v"), "was added");
    }

    // Checksums are made anew, so that only the numbers themselves can be at fault.
    [Fact]
    public void Hostile_headers_are_refused()
    {
        VectorFile.Save(MakeKnown(3, 2), PathOf("v.w2v"));
        byte[] whole = File.ReadAllBytes(PathOf("v.w2v"));
        long[] numbers = [-1, 0, 1, int.MaxValue, 1L << 31, (1L << 31) + 1, 1L << 32, 1L << 40, long.MaxValue];
        int[] fields = [16, 24, 32, 36, 40, 72, 80, 96, 104, 176, 184, 200, 208];
        var crossed = from first in fields from second in fields from a in numbers select (first, second, a);
        int shift = 0;
        foreach ((int first, int second, long a) in crossed)
        {
            byte[] hostile = [.. whole];
            Put(hostile, first, a);
            Put(hostile, second, numbers[shift++ * 4 % numbers.Length]);
            Seal(hostile);
            File.WriteAllBytes(PathOf("v.w2v"), hostile);
            long before = GC.GetAllocatedBytesForCurrentThread();
            AssertRefused(ErrorKind.Format, PathOf("v.w2v"));
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
        }
    }

    [Theory]
    [InlineData(3, new[] { 0, 9, 3 }, "word offset 2")]
    [InlineData(3, new[] { 1, 1, 3 }, "word offset 0")]
    [InlineData(3, new[] { 0, 1, 2 }, "word offset 2")]
    [InlineData(3, new[] { 0, -5, 3 }, "word offset 1")]
    [InlineData(4, new[] { 1, 2 }, "power of two")]
    [InlineData(4, new[] { 1, 2, 0 }, "power of two")]
    [InlineData(1, new[] { 1, 1 }, "names with their values")]
    [InlineData(6, new[] { 0, 0, 0, 0x7f800000 }, "infinite")]
    public void Contents_that_no_writer_writes_are_refused(int kind, int[] content, string hint)
    {
        byte[] file = MakeFile((kind, Bytes(content.Select(Four).Cast<object>().ToArray())));
        AssertRefused(ErrorKind.Format, Write("v.w2v", file), hint);
    }

    [Fact]
    public void A_table_without_an_empty_slot_ends_the_search()
    {
        byte[] full = Bytes(Four(1), Four(2), Four(99), Four(-1));
        using WordVectors read = VectorFile.Open(Write("v.w2v", MakeFile((4, full))));
        Assert.False(read.Words.TryGetId("z", out _));
    }

    [Fact]
    public void A_kind_of_section_that_is_not_known_is_passed_over()
    {
        byte[] file = Assemble(2, 2, 0, [2, 3, 4, 6, 8, 77], [.. Contents().Values, Bytes("later")]);
        using WordVectors read = VectorFile.Open(Write("v.w2v", file));
        Assert.Equal([3f, 4f], read["a"].ToArray());
    }

    [Fact]
    public void A_later_version_is_named()
    {
        byte[] file = MakeFile();
        Put(file, 8, 2, sizeof(int));
        AssertRefused(ErrorKind.Format, Write("v.w2v", file), "version 2", "newer");
    }
}
