using Word2Vec.Formats;
using Word2Vec.Vectors;

namespace Word2Vec.Tests.Formats;

public class FaissFlatTests : VectorFileTest
{
    private static readonly byte[] TwoByThree = Index("IxFI", 3, 2, 0, 6, 1f, 2f, 3f, -4f, 0.5f, -0f);

    [Fact]
    public void The_bytes_are_those_that_Faiss_writes_and_the_words_lie_beside()
    {
        VectorFile.Save(Make(3, ["king", "é"], 1, 2, 3, -4, 0.5f, -0f), PathOf("v.faiss"));
        Assert.Equal(TwoByThree, File.ReadAllBytes(PathOf("v.faiss")));
        Assert.Equal("king\né\n", File.ReadAllText(PathOf("v.words.txt")));
    }

    [Theory]
    [InlineData("IxF2", 1)]
    [InlineData("IxFl", 0)]
    [InlineData("IxFl", 1)]
    public void Other_flat_indexes_are_read(string mark, int metric)
    {
        Write("v.words.txt", "a\nb\n");
        Write("v.faiss", Index(mark, 2, 2, metric, 4, 1f, 2f, 3f, 4f));
        using WordVectors read = VectorFile.Open(PathOf("v.faiss"));
        AssertSame(Make(2, ["a", "b"], 1, 2, 3, 4), read);
    }

    [Theory]
    [InlineData("IxMp", "IndexIDMap")]
    [InlineData("IwFl", "'IwFl'")]
    [InlineData("IHNf", "'IHNf'")]
    [InlineData("IxPQ", "reconstruct_n")]
    public void An_index_that_is_not_flat_is_refused_by_its_kind(string mark, string hint) =>
        AssertRefused(ErrorKind.Format, Write("v.faiss", Index(mark, 2, 2, 0, 4, 1f, 2f, 3f, 4f)), hint);

    [Fact]
    public void A_text_whose_first_word_begins_like_an_index_is_a_text()
    {
        using WordVectors read = VectorFile.Open(Write("v", "Ixtapa 1 2\nIwFl 3 4\n"));
        Assert.Equal(["Ixtapa", "IwFl"], read.EnumerateWords());
    }

    [Fact]
    public void Damage_is_named_by_its_byte()
    {
        Write("v.words.txt", "a\nb\n");
        AssertRefused(ErrorKind.Format, Write("v.faiss", TwoByThree[..44]), "ends at byte 44");
        AssertRefused(ErrorKind.Format, Write("v.faiss", TwoByThree[..^1]), "23 bytes");
        AssertRefused(ErrorKind.Format, Write("v.faiss", TwoByThree, "x"), "byte 69");
        AssertRefused(ErrorKind.Format, Write("v.faiss", TwoByThree[..^4], float.NaN), "byte 65", "'b'");
        AssertRefused(ErrorKind.Format, Write("v.faiss", Index("IxFI", 2, 2, 3, 4, 1f, 2f, 3f, 4f)), "metric 3");
        AssertRefused(ErrorKind.Format, Write("v.faiss", Index("IxFI", 2, 2, 0, 5, 1f, 2f, 3f, 4f)), "5 floats");
    }

    [Fact]
    public void Numbers_that_cannot_be_are_refused_before_anything_is_allocated()
    {
        long[] numbers = [-1, 0, 1, int.MaxValue, 1L << 31, 1L << 32, 1L << 40, long.MaxValue, long.MinValue];
        Write("v.words.txt", "a\n");
        foreach (long count in numbers)
        {
            foreach (int size in new[] { -1, 0, 1, 1 << 20, (1 << 24) - 1 }.Where(size => (count, size) is not (1, 1)))
            {
                string path = Write("v.faiss", Index("IxFI", size, count, 0, unchecked(count * size), 1f));
                long before = GC.GetAllocatedBytesForCurrentThread();
                AssertRefused(ErrorKind.Format, path);
                Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
            }
        }
    }

    private static byte[] Index(string mark, int size, long count, int metric, long floats, params float[] rows) => Bytes(
        mark, BitConverter.GetBytes(size), BitConverter.GetBytes(count), BitConverter.GetBytes(1L << 20), BitConverter.GetBytes(1L << 20),
        new byte[] { 1 }, BitConverter.GetBytes(metric), BitConverter.GetBytes(floats), rows.SelectMany(BitConverter.GetBytes).ToArray());
}
