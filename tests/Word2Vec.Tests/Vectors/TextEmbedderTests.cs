using Word2Vec.Vectors;
using Word2Vec.Words;

namespace Word2Vec.Tests.Vectors;

public class TextEmbedderTests
{
    // red 1 0 | green 0 2 | blue 3 -1, seen 50, 30 and 20 times.
    private static readonly WordVectors Colors =
        new(WordIndex.From(["red", "green", "blue"]), 2, [1, 0, 0, 2, 3, -1]) { Counts = [50, 30, 20] };

    private static float[] Embed(TextMethod method, string text) => new TextEmbedder(Colors, new TextEmbeddingOptions { Method = method }).Embed(text);

    [Theory]
    [InlineData(TextMethod.Mean, 5 / 4.0, 1 / 4.0)]
    [InlineData(TextMethod.Sum, 5, 1)]
    [InlineData(TextMethod.Max, 3, 2)]
    // ln(101/51) + 1 = 1.683299, ln(101/31) + 1 = 2.181134, ln(101/21) + 1 = 2.570598
    [InlineData(TextMethod.TfIdf, (2 * 1.683299 + 3 * 2.570598) / 8.118329, (2 * 2.181134 - 2.570598) / 8.118329)]
    [InlineData(TextMethod.Lsa, (2 * 1.683299 + 3 * 2.570598) / 4.764378, (2 * 2.181134 - 2.570598) / 4.764378)]
    // 0.001 / (0.001 + 0.5) = 0.001996, / (0.001 + 0.3) = 0.0033223, / (0.001 + 0.2) = 0.0049751
    [InlineData(TextMethod.Sif, (2 * 0.00199601 + 3 * 0.00497512) / 4, (2 * 0.00332226 - 0.00497512) / 4)]
    public void Words_become_a_text(TextMethod method, double x, double y)
    {
        float[] vector = Embed(method, "Red, unknown red; GREEN blue!");
        Assert.Equal(x, vector[0], 1e-5);
        Assert.Equal(y, vector[1], 1e-5);
    }

    [Fact]
    public void A_text_without_known_words_is_zeros()
    {
        Assert.All(Enum.GetValues<TextMethod>(), method => Assert.Equal([0, 0], Embed(method, "nothing known")));
        var target = new float[] { 7, 7 };
        Assert.Equal(0, new TextEmbedder(Colors).Embed("", target));
        Assert.Equal([0, 0], target);
    }

    [Fact]
    public void The_greatest_of_negative_components_is_negative()
    {
        var vectors = new WordVectors(WordIndex.From(["a", "b"]), 1, [-3, -2]);
        Assert.Equal([-2], new TextEmbedder(vectors, new TextEmbeddingOptions { Method = TextMethod.Max }).Embed("a b"));
    }

    [Fact]
    public void The_tokenizer_is_that_of_the_training_where_it_is_known()
    {
        var trained = new WordVectors(WordIndex.From(["Red,"]), 1, [4])
        {
            Metadata = new Dictionary<string, string> { ["corpus.tokenizer"] = "whitespace" },
        };
        Assert.Equal([4], new TextEmbedder(trained).Embed("Red, red"));
        Assert.Equal([0], new TextEmbedder(trained, new TextEmbeddingOptions { Tokenizer = TokenizerKind.Text }).Embed("Red, red"));
    }

    [Fact]
    public void Frequencies_are_counted_by_word_and_by_text()
    {
        string[] texts = ["red red green", "red unknown", "Blue red."];
        WordFrequencies words = WordFrequencies.OfTexts(Colors, texts), with = WordFrequencies.TextsWith(Colors, texts);
        Assert.Equal([4, 1, 1], words.Counts);
        Assert.Equal(7, words.Total);
        Assert.Equal([3, 1, 1], with.Counts);
        Assert.Equal(3, with.Total);
        var vocabulary = new Vocabulary(WordIndex.From(["blue", "else"]), [5, 6]);
        WordFrequencies given = WordFrequencies.OfVocabulary(Colors, vocabulary);
        Assert.Equal([0, 0, 5], given.Counts);
        Assert.Equal(11, given.Total);
    }

    [Fact]
    public void Weights_without_frequencies_are_an_error_that_says_where_to_get_some()
    {
        var vectors = new WordVectors(WordIndex.From(["a"]), 1, [1]);
        var error = Assert.Throws<Word2VecException>(() => new TextEmbedder(vectors, new TextEmbeddingOptions { Method = TextMethod.Sif }));
        Assert.Equal(ErrorKind.Usage, error.Kind);
        Assert.Contains("--frequencies", error.Message, StringComparison.Ordinal);
        Assert.Throws<Word2VecException>(() => new TextEmbedder(Colors, new TextEmbeddingOptions { Smoothing = 0 }));
    }
}
