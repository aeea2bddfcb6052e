using System.Text;
using Word2Vec.Corpora;
using Word2Vec.Tests.Corpora;
using Word2Vec.Words;

namespace Word2Vec.Tests.Words;

public sealed class CorpusEncoderTests
{
    private static readonly CorpusOptions All = new() { MinimumCount = 1 };

    [Theory]
    [InlineData(TokenizerKind.Whitespace, 1, 0, 1000)]
    [InlineData(TokenizerKind.Whitespace, 5, 0, 1000)]
    [InlineData(TokenizerKind.Whitespace, 2, 40, 7)]
    [InlineData(TokenizerKind.Text, 1, 0, 1)]
    [InlineData(TokenizerKind.Text, 3, 25, 4)]
    public void A_random_corpus_is_encoded_as_the_naive_encoder_does(TokenizerKind tokenizer, int minimum, int maximum, int longest)
    {
        byte[] text = Corpus.RandomText(seed: 7, length: 300_000);
        var options = new CorpusOptions
        {
            Tokenizer = tokenizer, MinimumCount = minimum, MaximumVocabulary = maximum, MaximumSentenceLength = longest,
        };
        var expected = NaiveEncoder.Encode(Corpus.Read(Corpus.Of(text), tokenizer == TokenizerKind.Text), options);
        using var corpus = Encode(Corpus.Of(text), options);
        Assert.True(expected.Ids.SequenceEqual(Ids(corpus)));
        Assert.Equal(
            expected.Words,
            Enumerable.Range(0, corpus.Vocabulary.Count).Select(id => Encoding.Latin1.GetString(corpus.Vocabulary.Words.Bytes(id))));
        Assert.Equal(expected.Counts, corpus.Vocabulary.Counts.ToArray());
        Assert.Equal(expected.Totals, corpus.Counts);
        Assert.False(corpus.FromCache);
        Assert.Null(corpus.FilePath);
    }

    [Fact]
    public void Many_types_and_long_distances_between_repetitions_are_counted_right()
    {
        // More types than two bytes hold in the provisional file, and enough that the table grows several times.
        var random = new Random(8);
        var tokens = Enumerable.Range(0, 200_000).Select(_ => $"w{(int)Math.Pow(random.NextDouble() * 500, 2)}").ToList();
        byte[] text = Encoding.ASCII.GetBytes(string.Join(' ', tokens));
        var expected = NaiveEncoder.Encode(tokens, All);
        Assert.True(expected.Totals.Types > 1 << 16);
        using var corpus = Encode(Corpus.Of(text), All);
        Assert.True(expected.Ids.SequenceEqual(Ids(corpus)));
        Assert.Equal(expected.Counts, corpus.Vocabulary.Counts.ToArray());
    }

    [Fact]
    public void Words_go_by_count_and_equal_counts_by_bytes()
    {
        using var corpus = Encode(Corpus.Of("z z z b a Ω é aa abcdefgh abcdefghi abcdefgg b a"), All);
        Assert.Equal(
            ["z", "a", "b", "aa", "abcdefgg", "abcdefgh", "abcdefghi", "é", "Ω"],
            Enumerable.Range(0, corpus.Vocabulary.Count).Select(id => corpus.Vocabulary.Words[id]));
        Assert.Equal([3, 2, 2, 1, 1, 1, 1, 1, 1], corpus.Vocabulary.Counts.ToArray());
    }

    [Theory]
    [InlineData("a a b\n\nb a\n", 1, 1000, "0 0 1 / 1 0 /")]
    [InlineData("a a b\nb\na", 3, 1000, "0 0 / 0 /")]
    [InlineData("a a a a a", 1, 2, "0 0 / 0 0 / 0 /")]
    [InlineData("a a a a\n", 1, 2, "0 0 / 0 0 /")]
    [InlineData("a b a c a d a", 2, 2, "0 0 / 0 0 /")]
    [InlineData("a a a", 1, 1, "0 / 0 / 0 /")]
    [InlineData("one", 1, 1000, "0 /")]
    [InlineData("\r\n\r\n one\r\none \r\n\r\n", 1, 1000, "0 / 0 /")]
    public void Sentences_are_lines_cut_at_the_maximum_length_of_kept_words(string text, int minimum, int longest, string ids)
    {
        using var corpus = Encode(Corpus.Of(text), new CorpusOptions { MinimumCount = minimum, MaximumSentenceLength = longest });
        Assert.Equal(ids, string.Join(' ', Ids(corpus).Select(id => id < 0 ? "/" : $"{id}")));
        Assert.Equal(corpus.Counts.Sentences, ids.Count(c => c == '/'));
    }

    [Fact]
    public void One_endless_line_is_cut_every_1000_words()
    {
        string text = string.Join(' ', Enumerable.Range(0, 250_500).Select(i => $"w{i % 10}"));
        using var corpus = Encode(Corpus.Of(text), new CorpusOptions());
        Assert.Equal(251, corpus.Counts.Sentences);
        Assert.Equal(250_500 + 251, corpus.Length);
        for (int sentence = 1; sentence <= 250; sentence++)
            Assert.Equal(EncodedCorpus.SentenceEnd, corpus.Ids(sentence * 1001L - 1, 1)[0]);
        Assert.Equal(1001, corpus.SentenceStart(1));
        Assert.Equal(1001, corpus.SentenceStart(1001));
        Assert.Equal(corpus.Length, corpus.SentenceStart(corpus.Length - 1));
    }

    [Fact]
    public void Plain_gz_folder_and_standard_input_give_the_same_corpus()
    {
        using var folder = new TemporaryFolder();
        byte[] text = Corpus.RandomText(seed: 9, length: 200_000);
        int half = Array.LastIndexOf(text, (byte)'\n', text.Length / 2) + 1;
        string plain = folder.Make("plain/text", text);
        string gz = folder.Make("any.name", Corpus.Gzip(text));
        // The line feed is left out where the files join, because the end of a file ends a sentence.
        folder.Make("parts/1.gz", Corpus.Gzip(text[..(half - 1)]));
        folder.Make("parts/2.txt", text[half..]);

        var ids = new List<int[]>();
        CorpusSource[] sources =
        [
            Corpus.Of(text), Corpus.Of(Corpus.Gzip(text)), CorpusSource.From(plain), CorpusSource.From(gz),
            CorpusSource.From(folder["parts"]),
        ];
        foreach (var source in sources)
        {
            using var corpus = Encode(source, All);
            ids.Add(Ids(corpus));
        }

        Assert.All(ids, other => Assert.True(ids[0].AsSpan().SequenceEqual(other)));
    }

    [Fact]
    public void Where_the_minimum_count_leaves_nothing_the_error_says_what_would_keep_some()
    {
        Assert.Equal(
            "No word is left: all 3 different words occur fewer than 5 times, the most frequent 4 times; "
            + "use --min-count 4 or lower, or more text.",
            Error(Corpus.Of("a a a a b b c"), new CorpusOptions()));
        using var corpus = Encode(Corpus.Of("a a a a b b c"), new CorpusOptions { MinimumCount = 4 });
        Assert.Equal(1, corpus.Vocabulary.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \t\r\n \n\n")]
    [InlineData("\uFEFF")]
    public void A_corpus_without_a_word_is_an_input_error(string text) =>
        Assert.Contains("holds no word", Error(Corpus.Of(text), All), StringComparison.Ordinal);

    [Fact]
    public void Punctuation_alone_has_no_word_for_text_but_has_for_whitespace()
    {
        var asText = All with { Tokenizer = TokenizerKind.Text };
        Assert.Contains("holds no word", Error(Corpus.Of("... !? --"), asText), StringComparison.Ordinal);
        using var corpus = Encode(Corpus.Of("... !? --"), All);
        Assert.Equal(3, corpus.Vocabulary.Count);
    }

    [Fact]
    public void Options_out_of_their_range_are_usage_errors()
    {
        CorpusOptions[] wrong =
        [
            All with { MinimumCount = 0 }, All with { MaximumVocabulary = -1 }, All with { MaximumSentenceLength = 0 },
        ];
        foreach (var options in wrong)
            Assert.Equal(ErrorKind.Usage, Assert.Throws<Word2VecException>(() => Encode(Corpus.Of("a"), options)).Kind);
    }

    [Fact]
    public void Progress_goes_up_to_all_bytes_and_tokens()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Make("text", string.Join(' ', Enumerable.Repeat("word", 200_000)));
        var reports = new List<EncodingProgress>();
        using var corpus = CorpusEncoder.Encode(CorpusSource.From(path, path), All, null, new Report(reports.Add), default);
        Assert.True(reports.Count > 4);
        Assert.Equal(reports.OrderBy(report => report.Tokens).ThenBy(report => report.BytesRead), reports);
        Assert.Equal(new EncodingProgress(2 * 999_999, 2 * 999_999, 400_000), reports[^1]);
    }

    private static EncodedCorpus Encode(CorpusSource source, CorpusOptions options) =>
        CorpusEncoder.Encode(source, options, null, null, default);

    private static int[] Ids(EncodedCorpus corpus) => corpus.Ids(0, (int)corpus.Length).ToArray();

    private static string Error(CorpusSource source, CorpusOptions options)
    {
        var error = Assert.Throws<Word2VecException>(() => Encode(source, options));
        Assert.Equal(ErrorKind.Input, error.Kind);
        return error.Message;
    }

    private sealed class Report(Action<EncodingProgress> action) : IProgress<EncodingProgress>
    {
        void IProgress<EncodingProgress>.Report(EncodingProgress value) => action(value);
    }
}
