using Word2Vec.Training;
using Word2Vec.Vectors;

namespace Word2Vec.AI.Tests;

/// <summary>Words that were never seen, of vectors that have subwords.</summary>
public sealed class UnknownWordTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("word2vec-ai-");
    private readonly WordVectors _vectors;

    public UnknownWordTests()
    {
        string corpus = Path.Combine(_folder.FullName, "corpus.txt");
        File.WriteAllText(corpus, string.Concat(Enumerable.Repeat("red green blue\nreddish green\n", 10)));
        _vectors = SkipGram.Train(corpus, new TrainingOptions
        {
            VectorSize = 5, Threads = 1, Epochs = 1, SubsamplingThreshold = 0, Subwords = new SubwordOptions { ShortestNgram = 4, LongestNgram = 5, Buckets = 50 },
        });
    }

    [Theory]
    [InlineData("redder")]
    [InlineData("Redder!")]
    public void One_alone_has_the_vector_of_its_ngrams(string text)
    {
        using var generator = new WordEmbeddingGenerator(_vectors);
        Assert.Equal(_vectors.Subwords!.Vector("redder"), generator.Embed(text));
    }

    [Fact]
    public void In_a_text_it_counts_as_the_others_do_and_no_longer_as_unknown()
    {
        using var generator = new WordEmbeddingGenerator(_vectors);
        var result = generator.Result("Red a redder, redder");
        float[] red = _vectors["red"].ToArray(), redder = _vectors["redder"].ToArray();
        Assert.All(red.Zip(redder, (a, b) => (a + 2 * b) / 3).Zip(result[0].Vector.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
        Assert.Equal((4, 1), (result.Usage!.InputTokenCount, result.Usage.AdditionalCounts![WordEmbeddingGenerator.UnknownWordsCount]));
    }

    [Fact]
    public void It_does_not_count_where_that_is_wanted()
    {
        using var generator = new WordEmbeddingGenerator(_vectors, new WordEmbeddingOptions { ComposeUnknown = false });
        Assert.Equal(_vectors["red"].ToArray(), generator.Embed("red redder"));
        Assert.Equal(new float[5], generator.Embed("redder"));
        Assert.Equal(1, generator.Result("red redder").Usage!.AdditionalCounts![WordEmbeddingGenerator.UnknownWordsCount]);
    }

    // With n-grams of four characters and more, "a" is too short between its two marks.
    [Theory]
    [InlineData("a …", true, "holds none of the 4 words of these vectors, and none that its n-grams can stand for; leave it out")]
    [InlineData("redder", false, "holds none of the 4 words of these vectors; leave it out")]
    public void Unknown_texts_are_those_without_a_word_that_has_a_vector(string text, bool composes, string message)
    {
        Assert.Equal(new float[5], Made(UnknownText.Zeros).Embed(text));
        var error = Assert.Throws<Word2VecException>(() => Made(UnknownText.Throw).Embed(text));
        Assert.Equal(ErrorKind.UnknownWord, error.Kind);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        if (composes)
            Assert.Equal(_vectors["redder"].ToArray(), Made(UnknownText.Throw).Embed("redder"));

        WordEmbeddingGenerator Made(UnknownText unknown) => new(_vectors, new WordEmbeddingOptions { UnknownText = unknown, ComposeUnknown = composes });
    }

    public void Dispose()
    {
        _vectors.Dispose();
        _folder.Delete(recursive: true);
    }
}
