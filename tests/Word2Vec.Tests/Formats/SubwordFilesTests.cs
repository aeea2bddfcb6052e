using Word2Vec.Formats;
using Word2Vec.Tests.Vectors;
using Word2Vec.Vectors;
using Word2Vec.Words;

namespace Word2Vec.Tests.Formats;

/// <summary>The two formats that keep what vectors are means of, and what the others do.</summary>
public class SubwordFilesTests : NativeFileTest
{
    private const int Size = 7, Buckets = 23;

    private static readonly string[] Words = ["the", "größe", "of", "</s>", "語"];

    private static readonly string[] Unknown = ["these", "größer", "x", "語語", "a word"];

    public static TheoryData<VectorFormat> Keeping => [VectorFormat.Native, VectorFormat.FastText];

    [Theory]
    [MemberData(nameof(Keeping))]
    public void Known_and_unknown_words_have_the_same_vectors_in_the_file(VectorFormat format)
    {
        using WordVectors vectors = Made();
        using WordVectors read = SavedAndRead(vectors, format);
        AssertSame(vectors, read);
        SubwordVectors before = vectors.Subwords!, after = read.Subwords!;
        Assert.Equal((2, 4, Buckets, Size), (after.ShortestNgram, after.LongestNgram, after.Buckets, after.Size));
        foreach (string word in Words.Concat(Unknown))
            Assert.Equal(before.Vector(word), after.Vector(word));
        for (int id = 0; id < Words.Length; id++)
            Assert.Equal(before.WordRow(id), after.WordRow(id));
        Assert.Equal(read[0], after.Vector("the"));
    }

    [Theory]
    [MemberData(nameof(Keeping))]
    public void What_was_read_is_written_byte_for_byte_also_over_itself(VectorFormat format)
    {
        using WordVectors vectors = Made();
        using WordVectors read = SavedAndRead(vectors, format);
        byte[] bytes = File.ReadAllBytes(PathOf("v"));
        VectorFile.Save(read, PathOf("v"), format);
        Assert.Equal(bytes, File.ReadAllBytes(PathOf("v")));
    }

    [Fact]
    public void They_go_from_one_format_to_the_other_and_back()
    {
        using WordVectors vectors = Made();
        using WordVectors native = SavedAndRead(vectors, VectorFormat.Native);
        byte[] bytes = File.ReadAllBytes(PathOf("v"));
        VectorFile.Save(native, PathOf("w"), VectorFormat.FastText);
        using WordVectors fastText = VectorFile.Open(PathOf("w"));
        VectorFile.Save(fastText, PathOf("x"), VectorFormat.Native);
        Assert.Equal(bytes, File.ReadAllBytes(PathOf("x")));
    }

    [Theory]
    [MemberData(nameof(Keeping))]
    public void Words_beyond_the_limit_are_made_of_their_ngrams(VectorFormat format)
    {
        using WordVectors vectors = Made();
        SavedAndRead(vectors, format).Dispose();
        using WordVectors two = VectorFile.Open(PathOf("v"), new VectorReadOptions { Limit = 2 });
        Assert.Equal(2, two.Count);
        Assert.Equal(vectors.Subwords!.Vector("größe"), two.Subwords!.Vector("größe"));
        Assert.Equal(vectors.Subwords.Vector("these"), two.Subwords.Vector("these"));
        Assert.NotEqual(vectors.Subwords.Vector("of"), two.Subwords.Vector("of"));
        Assert.Equal(ErrorKind.UnknownWord, Assert.Throws<Word2VecException>(() => two.Subwords.Vector("</s>")).Kind);
        VectorFile.Save(two, PathOf("two"), format);
        using WordVectors again = VectorFile.Open(PathOf("two"));
        Assert.Equal(two.Subwords.Vector("of"), again.Subwords!.Vector("of"));
    }

    [Theory]
    [InlineData(VectorPrecision.Half, 1e-3f)]
    [InlineData(VectorPrecision.Quantized, 1e-2f)]
    public void Fewer_bits_round_the_rows_of_ngrams_as_they_round_the_others(VectorPrecision precision, float error)
    {
        using WordVectors vectors = Made();
        VectorFile.Save(vectors, PathOf("v"), new VectorWriteOptions { Format = VectorFormat.Native, Precision = precision });
        using WordVectors read = VectorFile.Open(PathOf("v"));
        foreach (string word in Words.Concat(Unknown))
        {
            float[] before = vectors.Subwords!.Vector(word), after = read.Subwords!.Vector(word);
            Assert.NotEqual(before, after);
            Assert.All(before.Zip(after), pair => Assert.Equal(pair.First, pair.Second, error));
        }
    }

    [Fact]
    public void Formats_without_ngrams_have_the_means()
    {
        using WordVectors vectors = Made();
        using WordVectors read = SavedAndRead(vectors, VectorFormat.Word2VecBinary);
        AssertSame(vectors, read);
        Assert.Null(read.Subwords);
    }

    [Theory]
    [MemberData(nameof(Keeping))]
    public void A_row_that_is_not_finite_is_not_written_and_is_found_when_it_is_asked_for(VectorFormat format)
    {
        using WordVectors vectors = Made();
        using WordVectors read = SavedAndRead(vectors, format);
        byte[] whole = File.ReadAllBytes(PathOf("v"));
        if (format == VectorFormat.FastText)
        {
            // Where a known word has the n-gram too, it is found when the file is opened.
            var buckets = new List<int>();
            vectors.Subwords!.Ngrams.AddBuckets("x"u8, buckets);
            const int RowBytes = sizeof(float) * Size, MatrixHeader = 17;
            int end = whole.Length - Words.Length * RowBytes - MatrixHeader;
            BitConverter.TryWriteBytes(whole.AsSpan(end - (Buckets - buckets[0]) * RowBytes), float.NaN);
            Exception? error = Record.Exception(() =>
            {
                using WordVectors damaged = VectorFile.Open(Write("nan", whole));
                damaged.Subwords!.Vector("x");
            });
            Assert.Equal(ErrorKind.Format, Assert.IsType<Word2VecException>(error).Kind);
        }

        var spoilt = new WordVectors(vectors.Words, Size, new float[Words.Length * Size]) { Subwords = Spoilt(vectors) };
        var refused = Assert.Throws<Word2VecException>(() => VectorFile.Save(spoilt, PathOf("spoilt"), format));
        Assert.Equal(ErrorKind.Output, refused.Kind);
        Assert.Contains("The row of n-grams 4 ", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, -1)]
    [InlineData(4, 0)]
    [InlineData(4, 101)]
    [InlineData(8, 0)]
    [InlineData(8, Buckets + 1)]
    [InlineData(8, int.MaxValue)]
    public void Numbers_of_ngrams_that_cannot_be_are_refused(int at, int number)
    {
        using WordVectors vectors = Made();
        VectorFile.Save(vectors, PathOf("v.w2v"));
        byte[] whole = File.ReadAllBytes(PathOf("v.w2v"));
        (int start, int index) = Section(whole, 12);
        BitConverter.TryWriteBytes(whole.AsSpan(start + at), number);
        (int checksums, _) = Section(whole, 11);
        BitConverter.TryWriteBytes(whole.AsSpan(checksums + 4 * index), Checksum.Of(whole.AsSpan(start, 64)));
        BitConverter.TryWriteBytes(whole.AsSpan(whole.Length - 4), Checksum.Of(whole.AsSpan(checksums, whole.Length - 4 - checksums)));
        AssertRefused(ErrorKind.Format, Write("damaged.w2v", whole), "n-grams of", "was not written by this program");
    }

    private static WordVectors Made() => MadeSubwords.Of(Words, Size, new Ngrams(2, 4, Buckets));

    private WordVectors SavedAndRead(WordVectors vectors, VectorFormat format)
    {
        VectorFile.Save(vectors, PathOf("v"), format);
        return VectorFile.Open(PathOf("v"));
    }

    private static unsafe SubwordVectors Spoilt(WordVectors vectors)
    {
        var rows = new NativeBuffer<float>((Words.Length + Buckets) * Size);
        rows.First[(Words.Length + 3) * Size] = float.NegativeInfinity;
        return new SubwordVectors(vectors.Words, vectors.Subwords!.Ngrams, Size, rows.First, rows.First + Words.Length * Size, Size * sizeof(float), rows);
    }

    private static (int Start, int Index) Section(byte[] file, int kind)
    {
        int count = BitConverter.ToInt32(file, 40);
        int index = Enumerable.Range(0, count).Single(i => BitConverter.ToInt32(file, 64 + 24 * i) == kind);
        return ((int)BitConverter.ToInt64(file, 64 + 24 * index + 8), index);
    }
}
