using System.Buffers.Binary;
using System.Text;
using Word2Vec.Formats;
using Word2Vec.Queries;
using Word2Vec.Vectors;
using Word2Vec.Words;

namespace Word2Vec.Tests.Formats;

public class NativeFormatTests : VectorFileTest
{
    private static readonly VectorReadOptions Verify = new() { Verify = true };

    // Byte by byte from the table in the documentation of NativeFormat.
    [Fact]
    public void Writes_the_documented_bytes()
    {
        var words = new WordVectors(WordIndex.From(["a", "bc"]), 2, [3, 4, 0, 0])
        {
            Counts = [7, 5],
            Metadata = new Dictionary<string, string> { ["k"] = "é" },
            OutputVectors = new WordVectors(WordIndex.From(["a", "bc"]), 2, [1, -1, 0.5f, 2]),
        };
        VectorFile.Save(words, PathOf("v.w2v"));

        byte[][] sections =
        [
            Bytes(Int(1), "k", Int(2), "é"),
            Bytes("abc"),
            Bytes(Int(0), Int(1), Int(3)),
            Bytes(Slots(("a", 1), ("bc", 2)).Select(Int).Cast<object>().ToArray()),
            Bytes(Long(7), Long(5)),
            Bytes(3f, 4f, 0f, 0f),
            Bytes(0.2f, 0f),
            Bytes(1f, -1f, 0.5f, 2f),
        ];
        int[] kinds = [1, 2, 3, 4, 5, 6, 8, 9];
        byte[] file = Assemble(2, 2, 0, kinds, sections);
        Assert.Equal(file, File.ReadAllBytes(PathOf("v.w2v")));
    }

    [Theory]
    [InlineData(VectorPrecision.Full)]
    [InlineData(VectorPrecision.Half)]
    [InlineData(VectorPrecision.Quantized)]
    public void All_that_is_known_comes_back(VectorPrecision precision)
    {
        WordVectors vectors = MakeKnown(57, 19);
        VectorFile.Save(vectors, PathOf("v.w2v"), new VectorWriteOptions { Precision = precision });
        using WordVectors read = VectorFile.Open(PathOf("v.w2v"), Verify);
        Assert.Equal(vectors.Counts, read.Counts);
        Assert.Equal(vectors.Metadata, read.Metadata);
        Assert.Equal((57, 19), (read.OutputVectors!.Count, read.OutputVectors.Size));
        for (int id = 0; id < vectors.Count; id++)
        {
            Assert.True(read.Words.TryGetId(vectors.Words.Bytes(id), out int found));
            Assert.Equal(id, found);
            Assert.Equal(Stored(vectors[id], precision), read.CopyRow(id));
            Assert.Equal(Stored(vectors.OutputVectors![id], precision), read.OutputVectors.CopyRow(id));
        }

        Assert.False(read.Words.TryGetId("nothing", out _));
    }

    [Fact]
    public void Any_words_and_any_finite_floats_come_back()
    {
        WordVectors vectors = MakeRandom(300, 17, seed: 5);
        VectorFile.Save(vectors, PathOf("v.w2v"));
        using WordVectors read = VectorFile.Open(PathOf("v.w2v"));
        AssertSame(vectors, read);
    }

    [Fact]
    public void Words_that_no_text_can_hold_come_back()
    {
        WordVectors vectors = Make(1, ["", " ", "a b\n", "\0", " "], 1, 2, 3, 4, 5);
        VectorFile.Save(vectors, PathOf("v.w2v"));
        using WordVectors read = VectorFile.Open(PathOf("v.w2v"));
        AssertSame(vectors, read);
        Assert.True(read.Words.TryGetId(" ", out int id));
        Assert.Equal(1, id);
    }

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
        byte[] file = MakeFile((kind, Bytes(content.Select(Int).Cast<object>().ToArray())));
        AssertRefused(ErrorKind.Format, Write("v.w2v", file), hint);
    }

    [Fact]
    public void A_table_without_an_empty_slot_ends_the_search()
    {
        byte[] full = Bytes(Int(1), Int(2), Int(99), Int(-1));
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

    [Fact]
    public void Vectors_go_through_a_pipe()
    {
        WordVectors vectors = MakeKnown(9, 4);
        using var stream = new MemoryStream();
        VectorFile.Save(vectors, stream, new VectorWriteOptions { Format = VectorFormat.Native });
        stream.Position = 0;
        using WordVectors read = VectorFile.Open(stream);
        AssertSame(vectors, read);
    }

    [Fact]
    public void The_first_words_are_written_like_words_of_their_own()
    {
        VectorFile.Save(MakeKnown(40, 3), PathOf("v.w2v"));
        using (WordVectors first = VectorFile.Open(PathOf("v.w2v"), new VectorReadOptions { Limit = 7 }))
        {
            Assert.Equal((7, 7), (first.Counts!.Count, first.OutputVectors!.Count));
            Assert.False(first.Words.TryGetId(MakeKnown(40, 3).Words.Bytes(8), out _));
            VectorFile.Save(first, PathOf("first.w2v"));
        }

        using WordVectors again = VectorFile.Open(PathOf("first.w2v"));
        Assert.Equal(7, again.Count);
        Assert.True(again.Words.TryGetId(MakeKnown(40, 3).Words.Bytes(6), out int id));
        Assert.Equal(6, id);
    }

    [Fact]
    public void An_index_takes_the_lengths_from_the_file()
    {
        var random = new Random(3);
        float[] rows = [.. Enumerable.Range(0, 500 * 33).Select(_ => random.NextSingle() * 2 - 1)];
        rows.AsSpan(33, 33).Clear();
        rows.AsSpan(66, 33).Fill(1e-30f);
        var vectors = new WordVectors(WordIndex.From(Enumerable.Range(0, 500).Select(id => $"w{id}")), 33, rows);
        VectorFile.Save(vectors, PathOf("v.w2v"));
        using WordVectors read = VectorFile.Open(PathOf("v.w2v"));
        foreach (int restrict in new[] { 0, 20 })
        {
            var expected = new VectorIndex(vectors, restrict).MostSimilarBatch(["w0", "w2", "w7"], 20);
            var actual = new VectorIndex(read, restrict).MostSimilarBatch(["w0", "w2", "w7"], 20);
            for (int i = 0; i < expected.Count; i++)
            {
                Assert.Equal(expected[i].Select(hit => hit.Id), actual[i].Select(hit => hit.Id));
                Assert.All(expected[i].Zip(actual[i]), pair => Assert.Equal(pair.First.Similarity, pair.Second.Similarity, 1e-5f));
            }
        }
    }

    [Fact]
    public void What_lies_in_the_file_ends_with_the_vectors_and_what_was_made_of_them_does_not()
    {
        VectorFile.Save(MakeKnown(5, 3), PathOf("v.w2v"));
        WordVectors read = VectorFile.Open(PathOf("v.w2v"));
        WordVectors unit = read.Normalized();
        var index = new VectorIndex(read);
        read.Dispose();
        Assert.Throws<ObjectDisposedException>(() => read.Words[0]);
        Assert.Throws<ObjectDisposedException>(() => read.Words.TryGetId("a", out _));
        Assert.Throws<ObjectDisposedException>(() => read.Counts![0]);
        Assert.Throws<ObjectDisposedException>(() => read.OutputVectors!.CopyRow(0));
        Assert.Throws<ObjectDisposedException>(() => index.Nearest(new float[3]));
        Assert.Throws<ObjectDisposedException>(() => new VectorIndex(read));
        Assert.Equal(MakeKnown(5, 3).Words[4], unit.Words[4]);
        Assert.Equal(MakeKnown(5, 3).Counts, unit.Counts);
    }

    [Fact]
    public void What_16_bits_cannot_hold_is_refused()
    {
        WordVectors vectors = Make(1, ["a", "b"], 1, 70000);
        var error = Assert.Throws<Word2VecException>(
            () => VectorFile.Save(vectors, PathOf("v.w2v"), new VectorWriteOptions { Precision = VectorPrecision.Half }));
        Assert.Equal(ErrorKind.Output, error.Kind);
        Assert.Contains("'b' (number 2)", error.Message);
        Assert.Empty(FileNames());
    }

    [Theory]
    [InlineData(float.MaxValue, -float.MaxValue)]
    [InlineData(1e-45f, -1e-45f)]
    [InlineData(0f, 0f)]
    [InlineData(1e-38f, 3e-39f)]
    public void Bytes_of_extreme_rows_stay_finite_and_within_half_a_step(float a, float b)
    {
        VectorFile.Save(Make(2, ["x"], a, b), PathOf("v.w2v"), new VectorWriteOptions { Precision = VectorPrecision.Quantized });
        using WordVectors read = VectorFile.Open(PathOf("v.w2v"));
        float step = Math.Max(Math.Abs(a) / 127, 1e-42f);
        Assert.InRange(read["x"][0], a - step, Math.Min(float.MaxValue, a + step));
        Assert.InRange(read["x"][1], Math.Max(float.MinValue, b - step), b + step);
    }

    private static WordVectors MakeKnown(int count, int size)
    {
        WordVectors vectors = MakePlain(count, size, seed: count), output = MakePlain(count, size, seed: count + 1);
        float[] rows = [.. Enumerable.Range(0, count).SelectMany(vectors.CopyRow)];
        return new WordVectors(vectors.Words, size, rows)
        {
            Counts = [.. Enumerable.Range(0, count).Select(id => (1L << 40) - id)],
            Metadata = new Dictionary<string, string> { ["training.size"] = $"{size}", [""] = "", ["ключ"] = "a\nb" },
            OutputVectors = new WordVectors(vectors.Words, size, [.. Enumerable.Range(0, count).SelectMany(output.CopyRow)]),
        };
    }

    private static float[] Stored(ReadOnlySpan<float> row, VectorPrecision precision)
    {
        float largest = 0;
        foreach (float x in row)
            largest = Math.Max(largest, Math.Abs(x));
        float factor = largest / 127;
        return precision switch
        {
            VectorPrecision.Full => row.ToArray(),
            VectorPrecision.Half => Array.ConvertAll(row.ToArray(), x => (float)(Half)x),
            _ => Array.ConvertAll(row.ToArray(), x => MathF.Round(x / factor) * factor),
        };
    }

    private static Dictionary<int, byte[]> Contents() => new()
    {
        [2] = Bytes("abc"),
        [3] = Bytes(Int(0), Int(1), Int(3)),
        [4] = Bytes(Slots(("a", 1), ("bc", 2)).Select(Int).Cast<object>().ToArray()),
        [6] = Bytes(3f, 4f, 0f, 0f),
        [8] = Bytes(0.2f, 0f),
    };

    /// <summary>A file of two words of two components with one section replaced or added.</summary>
    private static byte[] MakeFile(params (int Kind, byte[] Content)[] changes)
    {
        var contents = new SortedDictionary<int, byte[]>(Contents());
        foreach ((int kind, byte[] content) in changes)
            contents[kind] = content;
        return Assemble(2, 2, 0, [.. contents.Keys], [.. contents.Values]);
    }

    private static byte[] Assemble(long count, int size, int precision, int[] kinds, byte[][] sections)
    {
        var header = new List<byte>(Bytes("W2V-VEC\n", Int(1), Int(0), Long(0), Long(count), Int(size), Int(precision), Int(kinds.Length + 1), new byte[20]));
        int headerLength = (64 + 24 * (kinds.Length + 1) + 63) / 64 * 64;
        var body = new List<byte>();
        var sums = new List<byte>();
        for (int i = 0; i < kinds.Length; i++)
        {
            byte[] padded = new byte[(sections[i].Length + 63) / 64 * 64];
            sections[i].CopyTo(padded, 0);
            header.AddRange(Bytes(Int(kinds[i]), Int(0), Long(headerLength + body.Count), Long(sections[i].Length)));
            body.AddRange(padded);
            sums.AddRange(Int((int)Checksum.Of(padded)));
        }

        sums.AddRange(Int((int)Checksum.Of(sums.ToArray())));
        header.AddRange(Bytes(Int(11), Int(0), Long(headerLength + body.Count), Long(sums.Count)));
        header.AddRange(new byte[headerLength - header.Count]);
        byte[] file = [.. header, .. body, .. sums];
        Put(file, 16, file.Length);
        Seal(file);
        return file;
    }

    private static void Seal(byte[] file)
    {
        Put(file, 12, 0, sizeof(int));
        int sections = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(40));
        int length = (int)Math.Clamp((64 + 24L * sections + 63) / 64 * 64, 0, file.Length);
        Put(file, 12, Checksum.Of(file.AsSpan(0, length)), sizeof(int));
    }

    // The table as the documentation of WordSlots makes it.
    private static int[] Slots(params (string Word, int Value)[] entries)
    {
        var slots = new int[4];
        foreach ((string word, int value) in entries)
        {
            uint hash = 2166136261;
            foreach (byte b in Encoding.UTF8.GetBytes(word))
                hash = unchecked((hash ^ b) * 16777619);
            int slot = (int)((hash ^ (hash >> 15)) & 3);
            while (slots[slot] != 0)
                slot = (slot + 1) & 3;
            slots[slot] = value;
        }

        return slots;
    }

    private static void Put(byte[] bytes, int at, long value, int width = sizeof(long)) => Long(value).AsSpan(0, width).CopyTo(bytes.AsSpan(at));

    private static byte[] Int(int value) => BitConverter.GetBytes(value);

    private static byte[] Long(long value) => BitConverter.GetBytes(value);
}
