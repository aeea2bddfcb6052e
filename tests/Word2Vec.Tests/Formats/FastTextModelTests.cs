using Word2Vec.Formats;
using Word2Vec.Tests.Shared;
using Word2Vec.Vectors;
using Word2Vec.Words;

namespace Word2Vec.Tests.Formats;

public class FastTextModelTests : VectorFileTest
{
    [Fact]
    public void The_bytes_are_those_of_a_model_of_words_without_ngrams()
    {
        WordVectors vectors = new(WordIndex.From(["the", "New York"]), 2, [1, 2, 3, 4]) { Counts = [17, 4] };
        VectorFile.Save(vectors, PathOf("v.ftbin"));
        Assert.Equal(
            Model(2, buckets: 0, ngrams: (0, 0), [("the", 17, 0), ("New York", 4, 0)], words: 2, rows: [1, 2, 3, 4], outputs: [0, 0, 0, 0]),
            File.ReadAllBytes(PathOf("v.ftbin")));
        using WordVectors read = VectorFile.Open(PathOf("v.ftbin"));
        AssertSame(vectors, read);
        Assert.Equal(vectors.Counts, read.Counts);
    }

    [Fact]
    public void Where_no_counts_are_known_none_come_back()
    {
        VectorFile.Save(Make(2, ["a", "b"], 1, 2, 3, 4), PathOf("v.bin"), VectorFormat.FastText);
        using WordVectors read = VectorFile.Open(PathOf("v.bin"));
        Assert.Null(read.Counts);
    }

    [Fact]
    public void Output_vectors_are_the_outputs_of_the_model()
    {
        WordVectors vectors = new(WordIndex.From(["a", "b"]), 2, [1, 2, 3, 4]) { OutputVectors = Make(2, ["a", "b"], 0, 0, 7, -8) };
        VectorFile.Save(vectors, PathOf("v.ftbin"));
        Assert.Equal(
            Model(2, buckets: 0, ngrams: (0, 0), [("a", 1, 0), ("b", 1, 0)], words: 2, rows: [1, 2, 3, 4], outputs: [0, 0, 7, -8]),
            File.ReadAllBytes(PathOf("v.ftbin")));
        WordVectors read = VectorFile.Open(PathOf("v.ftbin"));
        AssertSame(vectors, read);
        AssertSame(vectors.OutputVectors, read.OutputVectors!);
        VectorFile.Save(read, PathOf("v.ftbin"));
        read.Dispose();
        Assert.Throws<ObjectDisposedException>(() => read.OutputVectors![0].Length);
        using WordVectors one = VectorFile.Open(PathOf("v.ftbin"), new VectorReadOptions { Limit = 1 });
        Assert.Equal((1, 1), (one.Count, one.OutputVectors!.Count));
    }

    [Fact]
    public void A_model_with_ngrams_has_its_output_vectors_too()
    {
        float[] rows = [.. Enumerable.Range(1, 7).Select(row => (float)row)];
        Write("v.bin", Model(1, 5, (2, 3), [("a", 3, 0), ("b", 2, 0)], words: 2, rows, [5, 6]));
        using WordVectors read = VectorFile.Open(PathOf("v.bin"));
        AssertSame(Make(1, ["a", "b"], 5, 6), read.OutputVectors!);
    }

    // Those of a tree belong to its nodes, those of a classifier to its labels; zeros are what is written where there are none.
    [Theory]
    [InlineData(2, 2, 5f, true)]
    [InlineData(3, 1, 5f, true)]
    [InlineData(1, 2, 5f, false)]
    [InlineData(3, 3, 5f, false)]
    [InlineData(2, 2, 0f, false)]
    public void Outputs_that_do_not_belong_to_words_are_no_output_vectors(int loss, int model, float output, bool isThere)
    {
        const int LossAt = 32, ModelAt = 36;
        byte[] bytes = Model(1, 0, (0, 0), [("a", 3, 0), ("b", 2, 0)], words: 2, [1, 2], [0, output]);
        BitConverter.TryWriteBytes(bytes.AsSpan(LossAt), loss);
        BitConverter.TryWriteBytes(bytes.AsSpan(ModelAt), model);
        using WordVectors read = VectorFile.Open(Write("v.bin", bytes));
        Assert.Equal(isThere, read.OutputVectors is not null);
    }

    [Fact]
    public void Output_vectors_that_could_not_be_read_back_are_refused()
    {
        WordVectors vectors = Make(1, ["a", "b"], 1, 2);
        foreach (WordVectors output in new[] { Make(1, ["a", "b"], 1, float.NaN), Make(1, ["a"], 1), Make(2, ["a", "b"], 1, 2, 3, 4) })
        {
            var saved = new WordVectors(vectors.Words, 1, [1, 2]) { OutputVectors = output };
            var error = Assert.Throws<Word2VecException>(() => VectorFile.Save(saved, PathOf("v.ftbin")));
            Assert.Equal(ErrorKind.Output, error.Kind);
            Assert.Empty(FileNames());
        }
    }

    [Fact]
    public void A_words_vector_is_the_mean_of_its_row_and_those_of_its_ngrams()
    {
        // <a> has the 2-grams "<a" and "a>" and the 3-gram "<a>"; é is one character of two bytes, hashed as signed numbers.
        string[][] ngrams = [["<a", "<a>", "a>"], ["<é", "<é>", "é>"], []];
        const int Buckets = 7;
        float[] rows = [.. Enumerable.Range(0, 3 + Buckets).Select(row => 1f / (row + 3))];
        Write("v.bin", Model(1, Buckets, (2, 3), [("a", 3, 0), ("é", 2, 0), ("</s>", 1, 0)], words: 3, rows, [0]));
        using WordVectors read = VectorFile.Open(PathOf("v.bin"));
        for (int id = 0; id < 3; id++)
        {
            float sum = rows[id];
            foreach (string ngram in ngrams[id])
                sum += rows[3 + (int)(Hash(ngram) % Buckets)];
            Assert.Equal(sum * (float)(1.0 / (1 + ngrams[id].Length)), read[id][0]);
        }
    }

    // What fastText 0.9.2 answers to get_subword_id, less the number of words, for a model of 2,000,000 buckets.
    [Theory]
    [InlineData("<a", 1_008_750)]
    [InlineData("<é", 36_627)]
    [InlineData("<é>", 806_231)]
    [InlineData("é>", 1_996_781)]
    public void The_hash_of_these_tests_is_fastTexts(string ngram, uint row) => Assert.Equal(row, Hash(ngram) % 2_000_000);

    [Fact]
    public void One_character_at_the_words_edge_is_no_ngram()
    {
        // Of 1-grams "<" and ">" are left out, which are the marks themselves.
        float[] rows = [10, 1, 2, 3];
        Write("v.bin", Model(1, 3, (1, 1), [("a", 1, 0)], words: 1, rows, [0]));
        using WordVectors read = VectorFile.Open(PathOf("v.bin"));
        Assert.Equal((10 + rows[1 + (int)(Hash("a") % 3)]) * 0.5f, read[0][0]);
    }

    [Fact]
    public void A_classifiers_words_are_read_and_its_labels_are_not()
    {
        Write("v.bin", Model(2, 0, (0, 0), [("a", 5, 0), ("b", 4, 0), ("__label__x", 9, 1)], words: 2, [1, 2, 3, 4], [7, 8]));
        using WordVectors read = VectorFile.Open(PathOf("v.bin"));
        AssertSame(Make(2, ["a", "b"], 1, 2, 3, 4), read);
        Assert.Equal([5L, 4], read.Counts);
    }

    [Fact]
    public void The_first_words_have_their_ngrams_too()
    {
        byte[] model = Model(1, 5, (1, 3), [("aa", 3, 0), ("bb", 2, 0)], words: 2, [1, 2, 3, 4, 5, 6, 7], [0]);
        using WordVectors all = VectorFile.Open(Write("v.bin", model));
        using WordVectors one = VectorFile.Open(PathOf("v.bin"), new VectorReadOptions { Limit = 1 });
        Assert.Equal(1, one.Count);
        Assert.Equal(all[0], one[0]);
    }

    [Fact]
    public void A_quantized_model_is_refused_with_the_reason()
    {
        byte[] model = Model(2, 0, (0, 0), [("a", 5, 0)], words: 1, [1, 2], [0, 0]);
        int quantizedAt = model.Length - 2 * (17 + 8);
        model[quantizedAt] = 1;
        AssertRefused(ErrorKind.Format, Write("v.ftz", model), "is quantized", $"byte {quantizedAt}", ".ftz");
        model = Model(2, 0, (0, 0), [("a", 5, 0)], words: 1, [1, 2], [0, 0], pruned: 3);
        AssertRefused(ErrorKind.Format, Write("v.ftz", model), "3 of its n-grams");
    }

    [Theory]
    [InlineData(0, 1, "mark")]
    [InlineData(4, 13, "version 13")]
    [InlineData(8, 0, "0 components")]
    [InlineData(8, 3, "3 components were expected")]
    [InlineData(40, -1, "-1 buckets")]
    [InlineData(40, 5, "5 buckets")]
    [InlineData(48, int.MaxValue, "2147483647 characters")]
    [InlineData(64, int.MaxValue, "2147483647 entries")]
    [InlineData(68, 0, "0 words")]
    [InlineData(68, -1, "-1 words")]
    [InlineData(72, 1, "1 labels")]
    [InlineData(98, -1, "the count -")]
    [InlineData(102, 1, "the kind 1")]
    public void A_number_that_cannot_be_is_refused(int at, int number, string hint)
    {
        byte[] model = Model(2, 0, (0, 0), [("a", 5, 0)], words: 1, [1, 2], [0, 0]);
        const int KindAt = 102;
        if (at == KindAt)
            model[at] = (byte)number;
        else
            BitConverter.TryWriteBytes(model.AsSpan(at), number);
        Write("v.bin", model);
        var options = new VectorReadOptions { Format = VectorFormat.FastText };
        var error = Assert.Throws<Word2VecException>(() => VectorFile.Open(PathOf("v.bin"), options));
        Assert.Equal(ErrorKind.Format, error.Kind);
        Assert.Contains(hint, error.Message);
    }

    [Fact]
    public void Sizes_of_matrices_that_cannot_be_are_refused_before_anything_is_allocated()
    {
        long[] numbers = [-1, 0, 1, 2, int.MaxValue, 1L << 31, 1L << 32, 1L << 40, long.MaxValue];
        byte[] model = Model(2, 0, (0, 0), [("a", 5, 0)], words: 1, [1, 2], [0, 0]);
        foreach (int at in new[] { model.Length - 49, model.Length - 24 })
        {
            foreach ((long rows, long columns) in numbers.SelectMany(_ => numbers, (rows, columns) => (rows, columns)))
            {
                if ((rows, columns) is (1, 2))
                    continue;
                byte[] mutant = [.. model];
                BitConverter.TryWriteBytes(mutant.AsSpan(at), rows);
                BitConverter.TryWriteBytes(mutant.AsSpan(at + 8), columns);
                string path = Write("v.bin", mutant);
                long before = GC.GetAllocatedBytesForCurrentThread();
                AssertRefused(ErrorKind.Format, path);
                Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
            }
        }
    }

    [Fact]
    public void What_is_not_finite_is_named_by_its_row_and_byte()
    {
        byte[] model = Model(1, 2, (2, 3), [("a", 3, 0)], words: 1, [1, float.NaN, float.NaN], [0]);
        int firstRow = model.Length - 12 - 17 - 4;
        int row = 1 + (int)(Hash("<a") % 2);
        AssertRefused(ErrorKind.Format, Write("v.bin", model), $"row {row + 1} at byte {firstRow + 4 * row}", "word 1, 'a'");
        model = Model(1, 0, (0, 0), [("a", 3, 0)], words: 1, [float.PositiveInfinity], [0]);
        AssertRefused(ErrorKind.Format, Write("v.bin", model), $"byte {model.Length - 4 - 17 - 4}");
    }

    [Fact]
    public void Damaged_models_with_ngrams_do_no_harm()
    {
        float[] rows = [.. Enumerable.Range(0, 21).Select(i => i - 9.5f)];
        byte[] model = Model(3, 4, (1, 4), [("the", 9, 0), ("é", 5, 0), ("<s>", 2, 0)], words: 3, rows, [0, 0, 0]);
        var random = new Random(5);
        int refused = 0;
        for (int i = 0; i < 500; i++)
        {
            string path = Write("v.bin", Mutation.Of(model, random));
            try
            {
                using WordVectors read = VectorFile.Open(path, new VectorReadOptions { Format = VectorFormat.FastText });
                Assert.All(Enumerable.Range(0, read.Count), id => Assert.True(Array.TrueForAll(read.CopyRow(id), float.IsFinite)));
            }
            catch (Word2VecException error)
            {
                Assert.Equal(ErrorKind.Format, error.Kind);
                refused++;
            }
        }

        Assert.InRange(refused, 100, 499);
    }

    [Fact]
    public void A_word_too_long_for_its_ngrams_is_refused()
    {
        string word = new('a', 65_537);
        string path = Write("v.bin", Model(1, 1, (1, 100), [(word, 1, 0)], words: 1, [1, 2], [0]));
        long before = GC.GetTotalAllocatedBytes();
        AssertRefused(ErrorKind.Format, path, "65537 bytes", "word 1");
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 20_000_000);
    }

    [Fact]
    public void A_word_with_a_byte_of_0_is_refused()
    {
        var error = Assert.Throws<Word2VecException>(() => VectorFile.Save(Make(1, ["a", "b\0"], 1, 2), PathOf("v.ftbin")));
        Assert.Contains("number 2", error.Message);
        Assert.Empty(FileNames());
    }

    // A model as fastText's saveModel writes it; the arguments that do not matter are those that this library writes.
    private static byte[] Model(
        int size, int buckets, (int Shortest, int Longest) ngrams, (string Word, long Count, byte Kind)[] entries, int words,
        float[] rows, float[] outputs, long pruned = -1)
    {
        int[] arguments = [793712314, 12, size, 5, 5, 1, 5, 1, 2, 2, buckets, ngrams.Shortest, ngrams.Longest, 100];
        return Bytes(
            arguments.SelectMany(BitConverter.GetBytes).ToArray(), BitConverter.GetBytes(1e-4),
            BitConverter.GetBytes(entries.Length), BitConverter.GetBytes(words), BitConverter.GetBytes(entries.Length - words),
            BitConverter.GetBytes(entries.Where(entry => entry.Kind == 0).Sum(entry => entry.Count)), BitConverter.GetBytes(pruned),
            entries.SelectMany(entry => Bytes(entry.Word, "\0", BitConverter.GetBytes(entry.Count), new[] { entry.Kind })).ToArray(),
            Matrix(rows), Matrix(outputs));

        byte[] Matrix(float[] numbers) => Bytes(
            new byte[1], BitConverter.GetBytes((long)numbers.Length / size), BitConverter.GetBytes((long)size),
            numbers.SelectMany(BitConverter.GetBytes).ToArray());
    }

    private static uint Hash(string ngram) =>
        Bytes(ngram).Aggregate(2166136261u, (hash, value) => (hash ^ (value > 127 ? 0xffffff00u | value : value)) * 16777619);
}
