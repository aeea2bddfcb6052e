using System.Buffers.Binary;
using Word2Vec.Formats;
using Word2Vec.Vectors;

namespace Word2Vec.Tests.Formats;

/// <summary>Files that name the same bytes over and over, so that a small one would take much memory.</summary>
public sealed class SharedBytesTests : VectorFileTest
{
    [Fact]
    public void Rows_of_an_sqlite_database_do_not_share_their_bytes()
    {
        const int Page = 4096, Table = 2, Cells = 3, Addresses = 8, Words = 12;
        string[] words = [new string('x', 2000), .. Enumerable.Range(1, Words - 1).Select(i => $"w{i}")];
        VectorFile.Save(Make(2, words, [.. Enumerable.Repeat(0.5f, 2 * Words)]), PathOf("v.sqlite"));
        byte[] file = File.ReadAllBytes(PathOf("v.sqlite"));
        Span<byte> table = file.AsSpan((Table - 1) * Page, Page);
        Assert.Equal(Words, BinaryPrimitives.ReadUInt16BigEndian(table[Cells..]));
        for (int i = 1; i < Words; i++)
            table.Slice(Addresses, 2).CopyTo(table[(Addresses + 2 * i)..]);
        AssertRefused(ErrorKind.Format, Write("shared.sqlite", file), "share");
    }

    [Fact]
    public void A_long_word_in_a_dictionary_of_parquet_is_not_repeated_without_end()
    {
        const int Rows = 4000;
        var file = new ParquetBuilder();
        file.AddDictionaryWord(new string('x', 20_000), Rows);
        file.AddVectors(ParquetBuilder.Run(Rows, 0), ParquetBuilder.Run(Rows, 1), new float[Rows]);
        string path = Write("v.parquet", file.Build(Rows));
        long before = GC.GetAllocatedBytesForCurrentThread();
        AssertRefused(ErrorKind.Format, path, "out of proportion");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64_000_000);

        var fewer = new ParquetBuilder();
        fewer.AddDictionaryWord("word", Rows);
        fewer.AddVectors(ParquetBuilder.Run(Rows, 0), ParquetBuilder.Run(Rows, 1), new float[Rows]);
        using WordVectors read = VectorFile.Open(Write("fewer.parquet", fewer.Build(Rows)));
        Assert.Equal((Rows, 1), (read.Count, read.Size));
    }
}
