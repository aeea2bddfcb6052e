using System.Text;
using Word2Vec.Corpora;
using Word2Vec.Numerics;
using Word2Vec.Tests.Corpora;
using Word2Vec.Words;

namespace Word2Vec.Tests.Words;

public sealed class PhrasesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(PhraseScoring.Word2Phrase, 1, 2.0, false)]
    [InlineData(PhraseScoring.Word2Phrase, 3, 2.0, true)]
    [InlineData(PhraseScoring.Gensim, 2, 0.2, true)]
    [InlineData(PhraseScoring.Npmi, 2, 0.1, true)]
    [InlineData(PhraseScoring.Npmi, 1, -1.0, false)]
    public void They_are_those_of_the_plain_twin_with_its_scores_and_counts(PhraseScoring scoring, int passes, double threshold, bool hasConnectors)
    {
        List<string[]> sentences = RandomSentences(3000, hasConnectors ? 7ul : 8);
        var options = new PhraseOptions
        {
            Scoring = scoring, Passes = passes, Thresholds = [threshold], MinimumCount = 3, Discount = 2, Connectors = hasConnectors ? ["w0", "w3"] : [],
        };
        string text = Text(sentences);
        using var output = new MemoryStream();
        Phrases phrases = Phrases.LearnAndJoin(Corpus.Of(text), output, options);

        var expected = new List<Phrase>();
        for (int pass = 1; pass <= passes; pass++)
        {
            Dictionary<string, (double Score, long Count)> found = NaivePhrases.Learn(sentences, options, threshold);
            expected.AddRange(found.Select(pair => new Phrase(pair.Key.Replace(' ', '_'), pair.Value.Score, pair.Value.Count, pass)));
            sentences = NaivePhrases.Join(sentences, options, found.Keys);
        }

        Assert.True(expected.Count > 20);
        Assert.Equal(expected.OrderBy(phrase => phrase.Text, StringComparer.Ordinal).ThenBy(phrase => phrase.Pass),
            phrases.Best().OrderBy(phrase => phrase.Text, StringComparer.Ordinal).ThenBy(phrase => phrase.Pass));
        Assert.Equal(Text(sentences), Encoding.UTF8.GetString(output.ToArray()));
        Assert.Equal(Enumerable.Repeat(threshold, passes), phrases.Passes.Select(pass => pass.Threshold));
    }

    [Fact]
    public void Planted_phrases_of_two_and_three_words_and_with_words_between_are_joined_and_no_others()
    {
        string[] planted = ["new_york", "new_york_times", "bank_of_america", "hot_dog", "rock_and_roll"];
        var text = new StringBuilder();
        DrawKey key = DrawKey.From(5, 0, 0);
        for (uint i = 0; i < 60_000; i++)
        {
            // Words of a phrase also stand alone, as often as others.
            uint draw = key.Draw(i) % 1000;
            text.Append(draw < 20 ? planted[draw % planted.Length].Replace('_', ' ') : Common((int)draw)).Append(i % 12 == 11 ? '\n' : ' ');
        }

        var options = new PhraseOptions { Passes = 2, Thresholds = [8, 8], Connectors = PhraseOptions.EnglishConnectors };
        using var output = new MemoryStream();
        Phrases phrases = Phrases.LearnAndJoin(Corpus.Of(text.ToString()), output, options);
        string joined = Encoding.UTF8.GetString(output.ToArray());
        IEnumerable<string> found = joined.Split([' ', '\n']).Where(word => word.Contains('_', StringComparison.Ordinal)).Distinct();
        Assert.Equal(planted.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
        Assert.Equal(["new_york_times"], phrases.Best().Where(phrase => phrase.Pass == 2).Select(phrase => phrase.Text));
        Assert.DoesNotContain("new york", joined, StringComparison.Ordinal);
        Assert.Equal(Occurrences(text.ToString(), "new york times"), Occurrences(joined, "new_york_times"));

        static string Common(int draw) => (draw % 300) switch { 0 => "new", 1 => "york", 2 => "of", 3 => "bank", 4 => "dog", var rank => $"w{rank}" };
    }

    [Fact]
    public void What_is_read_from_a_file_joins_as_what_was_saved_word_for_word()
    {
        List<string[]> sentences = RandomSentences(2000, 9);
        var options = new PhraseOptions { Passes = 2, Thresholds = [2], MinimumCount = 3, Joiner = '+', Connectors = ["w0", "ä"] };
        Phrases phrases = Phrases.Learn(Corpus.Of(Text(sentences)), options);
        phrases.Save(_folder["phrases.txt"]);
        Phrases read = Phrases.Read(_folder["phrases.txt"]);
        Assert.Equal(phrases.Best(), read.Best());
        Assert.Equal(('+', 2, "w0 ä"), (read.Options.Joiner, read.Options.Passes, string.Join(' ', read.Options.Connectors)));
        foreach (string[] sentence in sentences.Take(200))
            Assert.Equal(phrases.Join(sentence), read.Join(sentence));
        Assert.Contains(sentences, sentence => phrases.Join(sentence).Count < sentence.Length);
        read.Save(_folder["again.txt"]);
        Assert.Equal(File.ReadAllBytes(_folder["phrases.txt"]), File.ReadAllBytes(_folder["again.txt"]));
    }

    [Theory]
    [InlineData("a b\n\n c\td \r\n\n", "a_b\n\nc d\n\n")]
    [InlineData("x a b", "x a_b\n")]
    [InlineData("b a\nb a b", "b a\nb a_b\n")]
    public void Lines_stay_lines_and_only_white_space_changes(string text, string joined)
    {
        Assert.Equal(joined, Joined(JoiningAb(), Encoding.UTF8.GetBytes(text)));
        Assert.Equal(joined, Joined(JoiningAb(), Corpus.Gzip(Encoding.UTF8.GetBytes(text))));
    }

    [Fact]
    public void Bytes_that_are_not_UTF_8_stay_and_long_words_are_cut_as_a_training_cuts_them()
    {
        byte[] text = [0xFF, (byte)' ', (byte)'a', (byte)' ', (byte)'b', (byte)' ', .. Enumerable.Repeat((byte)'x', 2500)];
        using var output = new MemoryStream();
        JoiningAb().Join(Corpus.Of(text), output);
        byte[] written = output.ToArray();
        Assert.Equal([0xFF, (byte)' ', (byte)'a', (byte)'_', (byte)'b', (byte)' '], written[..6]);
        Assert.Equal([1000, 1000, 500], Encoding.Latin1.GetString(written[6..]).TrimEnd('\n').Split(' ').Select(piece => piece.Length));
    }

    [Fact]
    public void A_line_of_more_words_than_are_held_at_once_is_written_as_one()
    {
        byte[] text = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("c a b ", SentenceLine.MostWords / 2)));
        string joined = Joined(JoiningAb(), text);
        Assert.Equal(joined.Length - 1, joined.IndexOf('\n', StringComparison.Ordinal));
        Assert.Equal(SentenceLine.MostWords / 2, Occurrences(joined, "c a_b"));
    }

    [Fact]
    public void When_there_are_too_many_pairs_the_frequent_ones_are_found_all_the_same()
    {
        var text = new StringBuilder();
        for (int i = 0; i < 30_000; i++)
            text.Append(i % 10 == 0 ? "new york" : $"r{i}").Append(i % 7 == 6 ? '\n' : ' ');
        Phrases phrases = Phrases.Learn(Corpus.Of(text.ToString()), new PhraseOptions { MaximumDistinct = 1000, Thresholds = [5] });
        Phrase only = Assert.Single(phrases.Best());
        PhrasePass pass = Assert.Single(phrases.Passes);
        Assert.Equal("new_york", only.Text);
        Assert.True(pass.Dropped > 10_000);
        Assert.InRange(only.Count, 3000 - pass.MostLost, 3000);
    }

    [Fact]
    public void Pairs_do_not_reach_over_the_ends_of_lines_and_files()
    {
        string path = _folder.Make("a.txt", string.Concat(Enumerable.Repeat("b a\n", 50)) + "z a"), other = _folder.Make("b.txt", "b y\n");
        Phrases phrases = Phrases.Learn(CorpusSource.From(path, other), new PhraseOptions { Thresholds = [0.1], MinimumCount = 1 });
        Assert.Equal(["b_a"], phrases.Best().Select(phrase => phrase.Text));
    }

    [Theory]
    [InlineData("#word2vec phrases 2\n", "line 1 is not")]
    [InlineData("#word2vec phrases 1\n#joiner __\n#tokenizer text\n", "line 3")]
    [InlineData("#word2vec phrases 1\n#joiner _\n#tokenizer text\n1\t2\t3\ta b\n", "line 4 does not begin with #connectors")]
    [InlineData("#word2vec phrases 1\n#joiner _\n#tokenizer text\n#connectors\n1\t2\ta b\n", "line 5 is not a pass")]
    [InlineData("#word2vec phrases 1\n#joiner _\n#tokenizer text\n#connectors\n1\t2\t3\tab\n", "line 5 has no phrase")]
    [InlineData("#word2vec phrases 1\n#joiner _\n#tokenizer text\n#connectors\n1\t2\t3\ta b \n", "line 5 has no phrase")]
    [InlineData("#word2vec phrases 1\n#joiner _\n#tokenizer text\n#connectors\n3\t2\t3\ta b\n", "line 5 is of pass 3 behind one of pass 1")]
    public void A_damaged_file_is_refused_with_its_line(string content, string expected)
    {
        var error = Assert.Throws<Word2VecException>(() => Phrases.Read(_folder.Make("p", content)));
        Assert.Equal(ErrorKind.Format, error.Kind);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 1, '_', 1, "--min-count")]
    [InlineData(5, 11, '_', 1, "--passes")]
    [InlineData(5, 1, ' ', 1, "--joiner")]
    [InlineData(5, 1, 'ä', 1, "--joiner")]
    [InlineData(5, 1, '_', -1, "--threshold")]
    [InlineData(5, 1, '_', double.NaN, "--threshold")]
    public void An_option_out_of_range_is_named(int minimum, int passes, char joiner, double threshold, string option)
    {
        var options = new PhraseOptions { MinimumCount = minimum, Passes = passes, Joiner = joiner, Thresholds = [threshold] };
        var error = Assert.Throws<Word2VecException>(() => Phrases.Learn(Corpus.Of("a b"), options));
        Assert.Equal(ErrorKind.Usage, error.Kind);
        Assert.Contains(option, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_without_words_a_word_with_a_space_and_a_cancelled_run_are_errors()
    {
        Assert.Equal(ErrorKind.Input, Assert.Throws<Word2VecException>(() => Phrases.Learn(Corpus.Of(" \n"), new PhraseOptions())).Kind);
        Assert.Equal(ErrorKind.Usage, Assert.Throws<Word2VecException>(() => JoiningAb().Join(["a", "b c"])).Kind);
        var stopped = new CancellationToken(canceled: true);
        byte[] text = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("word\n", 100_000)));
        Assert.Throws<OperationCanceledException>(() => Phrases.Learn(Corpus.Of(text), new PhraseOptions(), cancellation: stopped));
    }

    private Phrases JoiningAb() =>
        Phrases.Read(_folder.Make("ab", "#word2vec phrases 1\n#joiner _\n#tokenizer whitespace\n#connectors\n1\t5\t5\ta b\n"));

    private static string Joined(Phrases phrases, byte[] text)
    {
        using var output = new MemoryStream();
        phrases.Join(Corpus.Of(text), output);
        return Encoding.UTF8.GetString(output.ToArray());
    }

    private static int Occurrences(string text, string part) => text.Split(part).Length - 1;

    private static string Text(IEnumerable<string[]> sentences) => string.Concat(sentences.Select(sentence => string.Join(' ', sentence) + '\n'));

    // Words of which some like to follow some others.
    private static List<string[]> RandomSentences(int count, ulong seed)
    {
        DrawKey key = DrawKey.From(seed, 0, 0);
        uint position = 0;
        var sentences = new List<string[]>();
        for (int i = 0; i < count; i++)
        {
            var words = new string[key.Draw(position++) % 12];
            for (int j = 0; j < words.Length; j++)
            {
                uint draw = key.Draw(position++);
                bool follows = j > 0 && draw % 3 == 0;
                words[j] = follows ? $"w{(words[j - 1].Length * 7 + words[j - 1][^1]) % 40}" : $"w{draw / 3 % 40 * (draw / 120 % 40) / 40}";
            }

            sentences.Add(words);
        }

        return sentences;
    }
}
