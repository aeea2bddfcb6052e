using Word2Vec.Corpora;
using Word2Vec.Tests.Corpora;
using Word2Vec.Words;

namespace Word2Vec.Tests.Words;

public sealed class GivenVocabularyTests : IDisposable
{
    private const string Text = "one two six two\none five two\nfive five";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Words_and_counts_are_those_that_were_given_and_other_words_of_the_text_are_left_out()
    {
        using var corpus = Encode(Corpus.Of(Text), Given(("two", 50), ("nowhere", 70), ("one", 50)));
        Assert.Equal("nowhere 70, one 50, two 50", Shown(corpus));
        Assert.Equal([1, 2, 2, -1, 1, 2, -1], corpus.Ids(0, (int)corpus.Length).ToArray());
        Assert.Equal(new CorpusCounts(9, 5, 2, 4), corpus.Counts);
    }

    [Fact]
    public void Minimum_count_and_maximum_size_apply_to_the_given_counts_and_the_mark_of_a_line_end_is_no_word()
    {
        var options = Given(("</s>", 1000), ("six", 3), ("five", 2), ("two", 9), ("one", 8)) with { MinimumCount = 3 };
        using var all = Encode(Corpus.Of(Text), options);
        Assert.Equal("two 9, one 8, six 3", Shown(all));
        using var most = Encode(Corpus.Of(Text), options with { MaximumVocabulary = 2 });
        Assert.Equal("two 9, one 8", Shown(most));
    }

    [Fact]
    public void The_vocabulary_of_the_text_itself_changes_nothing()
    {
        var options = new CorpusOptions { MinimumCount = 1 };
        using var counted = Encode(Corpus.Of(Text), options);
        VocabularyFile.Save(counted.Vocabulary, _folder["words.txt"]);
        using var given = Encode(Corpus.Of(Text), options with { Vocabulary = VocabularyFile.Read(_folder["words.txt"]) });
        Assert.Equal(Shown(counted), Shown(given));
        Assert.Equal(counted.Counts, given.Counts);
        Assert.True(counted.Ids(0, (int)counted.Length).SequenceEqual(given.Ids(0, (int)given.Length)));
    }

    [Fact]
    public void A_kept_encoding_belongs_to_its_vocabulary()
    {
        var source = CorpusSource.From(_folder.Make("text.txt", Text));
        foreach (var options in (CorpusOptions[])[Given(("one", 5)), Given(("two", 5)), Given(("two", 6)), new() { MinimumCount = 1 }])
        {
            using (var first = CorpusEncoder.Encode(source, options, _folder["cache"], null, default))
                Assert.False(first.FromCache);
            using var second = CorpusEncoder.Encode(source, options, _folder["cache"], null, default);
            Assert.True(second.FromCache);
            Assert.Equal(options.Vocabulary?.Counts[0] ?? 3, second.Vocabulary.Counts[0]);
        }

        Assert.Equal(4, Directory.GetFiles(_folder["cache"]).Length);
    }

    [Fact]
    public void A_vocabulary_without_a_word_of_the_text_and_one_without_a_frequent_word_are_errors()
    {
        var strange = Assert.Throws<Word2VecException>(() => Encode(Corpus.Of(Text), Given(("seven", 9), ("eight", 9))));
        Assert.Equal(ErrorKind.Input, strange.Kind);
        Assert.Contains("none of the 4 different words of the text is among the 2", strange.Message, StringComparison.Ordinal);
        var rare = Assert.Throws<Word2VecException>(() => Encode(Corpus.Of(Text), Given(("one", 4), ("</s>", 9)) with { MinimumCount = 5 }));
        Assert.Contains("none of the 2 words of the vocabulary that was given has a count of 5", rare.Message, StringComparison.Ordinal);
    }

    private static CorpusOptions Given(params (string Word, long Count)[] words) => new()
    {
        MinimumCount = 1,
        Vocabulary = new Vocabulary(WordIndex.From(words.Select(word => word.Word)), [.. words.Select(word => word.Count)]),
    };

    private static EncodedCorpus Encode(CorpusSource source, CorpusOptions options) => CorpusEncoder.Encode(source, options, null, null, default);

    private static string Shown(EncodedCorpus corpus) => string.Join(", ",
        Enumerable.Range(0, corpus.Vocabulary.Count).Select(id => $"{corpus.Vocabulary.Words[id]} {corpus.Vocabulary.Counts[id]}"));
}
