using Word2Vec.Formats;
using Word2Vec.Vectors;
using Word2Vec.Words;

namespace Word2Vec.Tests.Formats;

public class ParquetTests : VectorFileTest
{
    [Fact]
    public void Writes_the_bytes_of_the_format()
    {
        VectorFile.Save(Make(2, ["king", "é"], 1.5f, -2, 0.25f, -0f), PathOf("v.parquet"));
        // Page headers: type, sizes, and a structure with the number of values and the encodings PLAIN, RLE, RLE.
        byte[] words = [0x15, 0, 0x15, 0x1c, 0x15, 0x1c, 0x2c, 0x15, 4, 0x15, 0, 0x15, 6, 0x15, 6, 0, 0];
        byte[] vectors = [0x15, 0, 0x15, 0x44, 0x15, 0x44, 0x2c, 0x15, 8, 0x15, 0, 0x15, 6, 0x15, 6, 0, 0];
        // Repetition levels 0 1 0 1, definition levels 1 1 1 1, each with its length.
        byte[] levels = [8, 0, 0, 0, 2, 0, 2, 1, 2, 0, 2, 1, 2, 0, 0, 0, 8, 1];
        byte[] schema =
        [
            0x15, 2, 0x19, 0x5c, 0x48, 6, .. "schema"u8, 0x15, 4, 0,
            0x15, 12, 0x25, 0, 0x18, 4, .. "word"u8, 0x25, 0, 0x4c, 0x1c, 0, 0, 0,
            0x35, 0, 0x18, 6, .. "vector"u8, 0x15, 2, 0x15, 6, 0x4c, 0x3c, 0, 0, 0,
            0x35, 4, 0x18, 4, .. "list"u8, 0x15, 2, 0,
            0x15, 8, 0x25, 0, 0x18, 7, .. "element"u8, 0,
        ];
        byte[] rows =
        [
            0x16, 4, 0x19, 0x1c, 0x19, 0x2c,
            0x26, 0, 0x1c, 0x15, 12, 0x19, 0x25, 0, 6, 0x19, 0x18, 4, .. "word"u8, 0x15, 0, 0x16, 4, 0x16, 62, 0x16, 62, 0x26, 8, 0, 0,
            0x26, 0, 0x1c, 0x15, 8, 0x19, 0x25, 0, 6, 0x19, 0x38, 6, .. "vector"u8, 4, .. "list"u8, 7, .. "element"u8, 0x15, 0, 0x16, 8,
            0x16, 0x66, 0x16, 0x66, 0x26, 70, 0, 0,
            0x16, 0xa4, 1, 0x16, 4, 0, 0x28, 8, .. "Word2Vec"u8, 0,
        ];
        byte[] expected = Bytes(
            "PAR1", words, BitConverter.GetBytes(4), "king", BitConverter.GetBytes(2), "é",
            vectors, levels, 1.5f, -2f, 0.25f, -0f, schema, rows,
            BitConverter.GetBytes(schema.Length + rows.Length), "PAR1");
        Assert.Equal(expected, File.ReadAllBytes(PathOf("v.parquet")));
    }

    [Fact]
    public void Counts_and_metadata_come_back()
    {
        var vectors = new WordVectors(WordIndex.From(["a", "b", "c"]), 1, [1, 2, 3])
        {
            Counts = [0, 1L << 40, -1],
            Metadata = new Dictionary<string, string> { ["corpus"] = "reviews é", ["long"] = new string('x', 10_000) },
        };
        VectorFile.Save(vectors, PathOf("v.parquet"));
        using WordVectors read = VectorFile.Open(PathOf("v.parquet"));
        AssertSame(vectors, read);
        Assert.Equal(vectors.Counts, read.Counts);
        Assert.Equal(vectors.Metadata, read.Metadata);
    }

    // A page is about a megabyte and a row group 32.
    [Theory]
    [InlineData(3, 300_000)]
    [InlineData(70_000, 5)]
    [InlineData(10, 1_000_000)]
    public void Rows_in_many_pages_and_row_groups_stay_in_the_file(int count, int size)
    {
        var rows = new float[count * size];
        for (int i = 0; i < rows.Length; i++)
            rows[i] = i % 8191;
        WordIndex words = WordIndex.From(Enumerable.Range(0, count).Select(id => $"{id}{new string('x', id % 40)}"));
        var vectors = new WordVectors(words, size, rows);
        VectorFile.Save(vectors, PathOf("v.parquet"));
        using WordVectors read = VectorFile.Open(PathOf("v.parquet"));
        Assert.True(read.OwnsRows);
        Assert.Equal(vectors.EnumerateWords(), read.EnumerateWords());
        for (int id = 0; id < count; id++)
            Assert.True(vectors[id].SequenceEqual(read[id]), $"row {id}");
    }

    public static TheoryData<string> Samples => [.. ParquetSamples.All.Keys];

    [Theory]
    [MemberData(nameof(Samples))]
    public void Reads_what_duckdb_wrote(string name)
    {
        using WordVectors read = VectorFile.Open(Write("v", ParquetSamples.All[name]));
        Assert.Equal(ParquetSamples.Rows, read.Count);
        for (int id = 0; id < read.Count; id++)
        {
            Assert.Equal($"w{id % 50}é", read.Words[id]);
            Assert.Equal([id % 7, id % 5 / 4f, -1], read.CopyRow(id));
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Damage_to_what_duckdb_wrote_does_no_harm(string name) => CheckMutants(ParquetSamples.All[name]);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_row_may_be_split_over_pages(bool hasPackedLevels)
    {
        var file = new ParquetBuilder();
        file.AddWords("a", "b", "c");
        // The levels 0 1 1 0, then 1 1 0 1, then 1: packed, eight in a byte, or in runs.
        file.AddVectors(hasPackedLevels ? [3, 0b0110] : [2, 0, 4, 1, 2, 0], 1, 2, 3, 4);
        file.AddVectors(hasPackedLevels ? [3, 0b1011] : [4, 1, 2, 0, 2, 1], 5, 6, 7, 8);
        file.AddVectors([2, 1], 9);
        using WordVectors read = VectorFile.Open(Write("v.parquet", file.Build(3)));
        AssertSame(Make(3, ["a", "b", "c"], 1, 2, 3, 4, 5, 6, 7, 8, 9), read);
    }

    [Fact]
    public void Vectors_of_different_sizes_are_refused()
    {
        var shorter = new ParquetBuilder();
        shorter.AddWords("a", "b", "c");
        shorter.AddVectors([3, 0b11110100], 1, 2, 3, 4, 5, 6, 7, 8);
        AssertRefused(ErrorKind.Format, Write("v.parquet", shorter.Build(3)), "row 2", "more than 1 components");
        var longer = new ParquetBuilder();
        longer.AddWords("a", "b", "c");
        longer.AddVectors([3, 0b11110110], 1, 2, 3, 4, 5, 6, 7, 8);
        AssertRefused(ErrorKind.Format, Write("v.parquet", longer.Build(2)), "row 2 of the file, the last", "3 components");
        var cut = new ParquetBuilder();
        cut.AddWords("a", "b", "c");
        cut.AddVectors([3, 0b00001110], 1, 2, 3, 4, 5, 6);
        AssertRefused(ErrorKind.Format, Write("v.parquet", cut.Build(3)),
            "1 components in row 2", "4 were expected", "page 1", "row group 1");
    }

    [Fact]
    public void A_missing_element_is_refused()
    {
        var file = new ParquetBuilder();
        file.AddWords("a");
        file.AddVectors([2, 0, 2, 1], [2, 1, 2, 0], 1, 2);
        AssertRefused(ErrorKind.Format, Write("v.parquet", file.Build(1)), "NULL", "value 2", "vector.list.element");
    }

    [Fact]
    public void A_component_that_is_not_finite_is_refused()
    {
        VectorFile.Save(Make(2, ["a", "b"], 1, 2, 3, 4), PathOf("v.parquet"));
        byte[] file = File.ReadAllBytes(PathOf("v.parquet"));
        int at = file.AsSpan().IndexOf(Bytes(3f, 4f));
        BitConverter.TryWriteBytes(file.AsSpan(at + 4), float.NaN);
        AssertRefused(ErrorKind.Format, Write("v.parquet", file), "row 2", $"byte {at}", "not a number", "vector.list.element");
    }

    [Theory]
    [InlineData(6, "ZSTD", "compression uncompressed")]
    [InlineData(4, "BROTLI")]
    [InlineData(99, "99")]
    [InlineData(1, "SNAPPY")]
    [InlineData(2, "GZIP")]
    public void A_compression_that_is_not_read_or_does_not_fit_is_named(int codec, params string[] hints)
    {
        var file = new ParquetBuilder { Codec = codec };
        file.AddWords("a");
        file.AddVectors([2, 0, 2, 1], 1, 2);
        AssertRefused(ErrorKind.Format, Write("v.parquet", file.Build(1)), [.. hints, "column", "row group 1"]);
    }

    [Fact]
    public void An_encoding_that_is_not_read_is_named()
    {
        var file = new ParquetBuilder();
        file.AddWords("a");
        file.Encoding = ParquetEncoding.DeltaByteArray;
        file.AddVectors([2, 0, 2, 1], 1, 2);
        AssertRefused(ErrorKind.Format, Write("v.parquet", file.Build(1)), "DELTA_BYTE_ARRAY", "page 1", "byte ");
    }

    [Fact]
    public void A_place_beyond_the_dictionary_is_refused()
    {
        var file = new ParquetBuilder();
        file.AddWords("a");
        file.Encoding = ParquetEncoding.RleDictionary;
        file.AddVectors([2, 0, 2, 1], BitConverter.ToSingle([8, 4, 7, 0]));
        AssertRefused(ErrorKind.Format, Write("v.parquet", file.Build(1)), "dictionary of 0");
    }

    [Theory]
    [InlineData("PAR1", "cut short")]
    [InlineData("PAR1 and then something else", "PAR1 was expected", "byte 24")]
    [InlineData("PAR1 and then something encryptedPARE", "encrypted")]
    [InlineData("PAR1____\u007f\u007f\u007f\u007fPAR1", "byte 8", "2139062143")]
    [InlineData("PAR1\0\u0001\0\0\0PAR1", "schema")]
    public void A_footer_that_cannot_be_is_refused(string text, params string[] hints) =>
        AssertRefused(ErrorKind.Format, Write("v.parquet", text), hints);

    [Fact]
    public void A_file_without_vectors_says_what_it_has()
    {
        VectorFile.Save(Make(2, ["a", "b"], 1, 2, 3, 4), PathOf("v.parquet"));
        byte[] file = File.ReadAllBytes(PathOf("v.parquet"));
        int element = file.AsSpan().LastIndexOf(Bytes(new byte[] { 0x15, 8, 0x25, 0, 0x18, 7 }));
        file[element + 1] = 2;
        AssertRefused(ErrorKind.Format, Write("v.parquet", file), "lists of FLOAT", "word BYTEARRAY", "vector.list.element INT32");
    }

    // Each number of the file's description at and beyond every limit: sizes, counts, offsets, types.
    [Fact]
    public void Numbers_at_and_beyond_every_limit_do_no_harm()
    {
        long[] numbers = [-1, 0, 1, 2, int.MaxValue, 1L << 31, uint.MaxValue, 1L << 32, 1L << 40, long.MaxValue, long.MinValue];
        for (int field = 0; field < ParquetBuilder.Numbers; field++)
        {
            foreach (long number in numbers)
            {
                var file = new ParquetBuilder { Changed = field, Number = number };
                file.AddWords("a", "b");
                file.AddVectors([2, 0, 2, 1, 2, 0, 2, 1], 1, 2, 3, 4);
                string path = Write("v.parquet", file.Build(2));
                long before = GC.GetAllocatedBytesForCurrentThread();
                try
                {
                    using WordVectors vectors = VectorFile.Open(path);
                    Assert.True(vectors.Count > 0);
                }
                catch (Word2VecException error)
                {
                    Assert.Equal(ErrorKind.Format, error.Kind);
                }

                Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1_000_000, $"field {field}, number {number}");
            }
        }
    }

    [Fact]
    public void Runs_and_packed_numbers_are_read()
    {
        // The example of the encoding's description: 0 to 7 in three bits; then a run of 5 nines in four bits.
        var packed = new int[8];
        Assert.True(ParquetRuns.TryRead([3, 0x88, 0xc6, 0xfa], 3, packed));
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7], packed);
        var run = new int[5];
        Assert.True(ParquetRuns.TryRead([10, 9], 4, run));
        Assert.Equal([9, 9, 9, 9, 9], run);
        Assert.False(ParquetRuns.TryRead([10, 9], 4, new int[6]));
        Assert.False(ParquetRuns.TryRead([3, 0x88, 0xc6], 3, new int[8]));
        Assert.False(ParquetRuns.TryRead([0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1], 3, new int[8]));
        Assert.False(ParquetRuns.TryRead([2, 1], 33, new int[1]));
        var zeros = new int[3];
        Assert.True(ParquetRuns.TryRead([6], 0, zeros));
    }

    // The examples of the encoding's description: 1 to 5 are differences of 1 in no bits; 7 5 3 1 2 3 4 5 are −2 and 0 to 3 in two bits.
    [Fact]
    public void Differences_are_read()
    {
        var even = new int[5];
        Assert.Equal(10, ParquetDelta.Read([0x80, 1, 4, 5, 2, 2, 0, 0, 0, 0, 99], even));
        Assert.Equal([1, 2, 3, 4, 5], even);
        var uneven = new int[8];
        byte[] packed = [0x80, 1, 4, 8, 14, 3, 2, 0, 0, 0, 0xc0, 0x3f, 0, 0, 0, 0, 0, 0];
        Assert.Equal(18, ParquetDelta.Read(packed, uneven));
        Assert.Equal([7, 5, 3, 1, 2, 3, 4, 5], uneven);
        Assert.Equal(-1, ParquetDelta.Read(packed, new int[9]));
        Assert.Equal(-1, ParquetDelta.Read(packed.AsSpan(..^1), uneven));
        Assert.Equal(-1, ParquetDelta.Read([0x80, 1, 0, 8, 14, 3], uneven));
        Assert.Equal(-1, ParquetDelta.Read([0x80, 1, 3, 8, 14, 3], uneven));
    }

    [Theory]
    [InlineData(5, new byte[] { 5, 16, 104, 101, 108, 108, 111 }, "hello")]
    [InlineData(11, new byte[] { 11, 4, 97, 98, 13, 2, 6, 1, 0 }, "ababababaaa")]
    [InlineData(4, new byte[] { 4, 0xf0, 3, 49, 50, 51, 52 }, "1234")]
    [InlineData(4, new byte[] { 4, 0, 49, 0x0b, 1, 0, 0, 0 }, "1111")]
    public void Snappy_unpacks(int length, byte[] packed, string expected) => Assert.Equal(Bytes(expected), Snappy.Unpack(packed, length));

    [Theory]
    [InlineData(new byte[] { 4, 12, 49, 50, 51 })]
    [InlineData(new byte[] { 4, 8, 49, 50, 51 })]
    [InlineData(new byte[] { 4, 16, 49, 50, 51, 52, 53 })]
    [InlineData(new byte[] { 4, 0, 49, 0x0a, 2, 0 })]
    [InlineData(new byte[] { 4, 0, 49, 0x0a, 0, 0 })]
    [InlineData(new byte[] { 4, 0, 49, 0x0a, 1 })]
    [InlineData(new byte[] { 4, 0xfc, 0xff, 0xff, 0xff, 0xff, 1 })]
    [InlineData(new byte[] { 0x84, 0x80, 0x80, 0x80, 0x80, 0x80, 0 })]
    [InlineData(new byte[] { 5, 16, 104, 101, 108, 108, 111 })]
    [InlineData(new byte[0])]
    public void Snappy_that_is_damaged_is_refused(byte[] packed) => Assert.Null(Snappy.Unpack(packed, 4));
}
