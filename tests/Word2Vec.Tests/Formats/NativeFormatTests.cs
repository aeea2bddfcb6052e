using Word2Vec.Formats;
using Word2Vec.Queries;
using Word2Vec.Vectors;
using Word2Vec.Words;

namespace Word2Vec.Tests.Formats;

public class NativeFormatTests : NativeFileTest
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
            Bytes(Four(1), "k", Four(2), "é"),
            Bytes("abc"),
            Bytes(Four(0), Four(1), Four(3)),
            Bytes(Slots(("a", 1), ("bc", 2)).Select(Four).Cast<object>().ToArray()),
            Bytes(Eight(7), Eight(5)),
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
}
