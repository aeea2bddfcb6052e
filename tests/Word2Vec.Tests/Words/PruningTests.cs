using System.Text;
using Word2Vec.Corpora;
using Word2Vec.Tests.Corpora;
using Word2Vec.Words;

namespace Word2Vec.Tests.Words;

/// <summary>More different words than are counted at once.</summary>
public sealed class PruningTests
{
    private static readonly CorpusOptions Few = new() { MinimumCount = 1, MaximumDistinct = 1000 };

    [Theory]
    [InlineData(1000, 20_000, 1, 1)]
    [InlineData(1000, 20_000, 3, 1)]
    [InlineData(1000, 3_000, 2, 1)]
    [InlineData(7000, 20_000, 2, 1)]
    [InlineData(1000, 1_500, 2, 300)]
    [InlineData(1000, 1_001, 1, 1)]
    public void Random_texts_are_pruned_as_by_the_definition(int limit, int words, int minimum, int length)
    {
        List<string> tokens = RandomTokens(seed: limit + words + length, words, length);
        var options = Few with { MaximumDistinct = limit, MinimumCount = minimum, MaximumSentenceLength = 9 };
        var pruned = new NaivePruning(tokens, limit);
        Assert.True(pruned.Dropped > 0);
        var expected = NaiveEncoder.Encode(pruned.Left, options);
        using EncodedCorpus corpus = Encode(Text(tokens), options);
        Assert.Equal(expected.Ids, corpus.Ids(0, (int)corpus.Length).ToArray());
        Assert.Equal(expected.Words, Enumerable.Range(0, corpus.Vocabulary.Count).Select(id => corpus.Vocabulary.Words[id]));
        Assert.Equal(expected.Counts, corpus.Vocabulary.Counts.ToArray());
        Assert.Equal((pruned.Dropped, pruned.MostLost), (corpus.Counts.DroppedTypes, corpus.Counts.MostLost));
        Assert.Equal(tokens.Count(token => token != "\n"), corpus.Counts.TextTokens);
    }

    [Fact]
    public void No_count_is_too_small_by_more_than_what_is_said()
    {
        List<string> tokens = RandomTokens(seed: 3, words: 5_000, length: 1);
        Dictionary<string, long> exact = tokens.GroupBy(token => token).ToDictionary(group => group.Key, group => group.LongCount());
        using EncodedCorpus corpus = Encode(Text(tokens), Few);
        for (int id = 0; id < corpus.Vocabulary.Count; id++)
        {
            long count = exact[corpus.Vocabulary.Words[id]];
            Assert.InRange(corpus.Vocabulary.Counts[id], count - corpus.Counts.MostLost, count);
        }

        int sure = exact.Count(pair => pair.Key != "\n" && pair.Value > corpus.Counts.MostLost);
        Assert.InRange(sure, 10, corpus.Vocabulary.Count);
    }

    [Fact]
    public void As_many_words_as_the_limit_are_counted_exactly()
    {
        List<string> tokens = [.. Enumerable.Range(0, 5000).Select(i => $"w{i % 1000}")];
        using EncodedCorpus corpus = Encode(Text(tokens), Few);
        Assert.Equal(new CorpusCounts(5000, 5000, 5, 1000), corpus.Counts);
        tokens.AddRange(["new", "w1"]);
        using EncodedCorpus over = Encode(Text(tokens), Few);
        Assert.Equal(1, over.Vocabulary.Count);
        Assert.Equal((1001, 5), (over.Counts.DroppedTypes, over.Counts.MostLost));
    }

    [Fact]
    public void What_is_dropped_does_not_depend_on_how_the_text_is_cut()
    {
        byte[] text = Text(RandomTokens(seed: 4, words: 20_000, length: 2));
        using EncodedCorpus whole = Encode(text, Few);
        foreach (int most in new[] { 1, 7, 1000, 65_537 })
        {
            var source = CorpusSource.From(["-"], () => new Trickle(text, text.Length, most));
            using EncodedCorpus cut = CorpusEncoder.Encode(source, Few, null, null, default);
            Assert.Equal(whole.Fingerprint, cut.Fingerprint);
            Assert.Equal(whole.Counts, cut.Counts);
        }
    }

    [Fact]
    public void Words_of_a_given_vocabulary_are_never_dropped()
    {
        List<string> tokens = RandomTokens(seed: 5, words: 20_000, length: 1);
        byte[] text = Text(tokens);
        using EncodedCorpus exact = Encode(text, new CorpusOptions { MinimumCount = 1 });
        // The rarest: what an ordinary limit drops.
        int[] rare = [.. Enumerable.Range(exact.Vocabulary.Count - 900, 900)];
        var given = new Vocabulary(WordIndex.From(rare.Select(id => exact.Vocabulary.Words[id])), Array.ConvertAll(rare, _ => 5L));
        using EncodedCorpus unlimited = Encode(text, new CorpusOptions { Vocabulary = given });
        using EncodedCorpus limited = Encode(text, Few with { Vocabulary = given });
        Assert.True(limited.Counts.DroppedTypes > 0);
        Assert.Equal(0, limited.Counts.MostLost);
        Assert.Equal(unlimited.Counts.Tokens, limited.Counts.Tokens);
        Assert.True(unlimited.Ids(0, (int)unlimited.Length).SequenceEqual(limited.Ids(0, (int)limited.Length)));
    }

    [Fact]
    public void A_dropped_word_is_counted_in_a_kept_encoding_and_another_limit_has_an_encoding_of_its_own()
    {
        using var folder = new TemporaryFolder();
        var source = CorpusSource.From(folder.Make("text", Text(RandomTokens(seed: 6, words: 5_000, length: 1))));
        CorpusCounts counts;
        using (EncodedCorpus first = CorpusEncoder.Encode(source, Few, folder["cache"]))
            counts = first.Counts;
        using EncodedCorpus again = CorpusEncoder.Encode(source, Few, folder["cache"]);
        Assert.True(again.FromCache);
        Assert.True(counts.DroppedTypes > 0);
        Assert.Equal(counts, again.Counts);
        using EncodedCorpus more = CorpusEncoder.Encode(source, Few with { MaximumDistinct = 1001 }, folder["cache"]);
        Assert.False(more.FromCache);
    }

    // Frequent words are found all over the text, rare ones again and again after they were dropped.
    private static List<string> RandomTokens(int seed, int words, int length)
    {
        var random = new Random(seed);
        string tail = new('x', length - 1);
        return [.. Enumerable.Range(0, 60_000).Select(i => i % 23 == 22 ? "\n" : $"w{(int)(words * Math.Pow(random.NextDouble(), 3)) % words}{tail}")];
    }

    private static byte[] Text(List<string> tokens) => Encoding.ASCII.GetBytes(string.Join(' ', tokens));

    private static EncodedCorpus Encode(byte[] text, CorpusOptions options) => CorpusEncoder.Encode(Corpus.Of(text), options, null, null, default);
}
