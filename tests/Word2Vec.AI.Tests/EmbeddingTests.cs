using Word2Vec.Words;

namespace Word2Vec.AI.Tests;

/// <summary>What becomes of words and texts.</summary>
public class EmbeddingTests
{
    [Fact]
    public void A_known_word_has_its_vector() => Assert.Equal([1, 2, 3], Fixture.Generator().Embed("king"));

    [Fact]
    public void A_text_has_the_mean_of_its_known_words() => Assert.Equal([2, 3, 5.5f], Fixture.Generator().Embed("The King, and his QUEEN!"));

    [Fact]
    public void A_word_counts_as_often_as_it_occurs() => Assert.Equal([2.5f, 3.5f, 6.75f], Fixture.Generator().Embed("queen queen king queen"));

    [Theory]
    [InlineData("New York", new float[] { -1, 0, 1 })]
    [InlineData("Paris", new float[] { 0, 3, 4 })]
    public void A_text_that_is_itself_a_word_of_the_vocabulary_is_not_cut(string text, float[] expected) =>
        Assert.Equal(expected, Fixture.Generator().Embed(text));

    [Fact]
    public void The_tokenizer_can_be_that_of_prepared_text()
    {
        using var generator = Fixture.Generator(new WordEmbeddingOptions { Tokenizer = TokenizerKind.Whitespace });
        Assert.Equal([0.5f, 2.5f, 3.5f], generator.Embed("Paris king"));
        Assert.Equal([1, 2, 3], generator.Embed("king queen, KING"));
    }

    [Fact]
    public void Normalized_embeddings_have_the_length_one()
    {
        using var generator = Fixture.Generator(new WordEmbeddingOptions { Normalize = true });
        Assert.Equal([0, 0.6f, 0.8f], generator.Embed("Paris"));
        float[] mean = generator.Embed("king and queen");
        Assert.Equal(1, mean.Sum(component => (double)component * component), 1e-6);
        Assert.Equal(2 / 5.5, mean[0] / mean[2], 1e-6);
        Assert.Equal([0, 0, 0], generator.Embed("nothing"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   \n")]
    [InlineData("wholly unknown words")]
    [InlineData("…")]
    public void A_text_without_a_known_word_is_zeros(string text) => Assert.Equal([0, 0, 0], Fixture.Generator().Embed(text));

    [Fact]
    public void A_text_without_a_known_word_can_be_an_error()
    {
        using var generator = Fixture.Generator(new WordEmbeddingOptions { UnknownText = UnknownText.Throw });
        Assert.Equal([1, 2, 3], generator.Embed("one king"));
        var task = generator.GenerateAsync(["king", "wholly\nunknown"]);
        Assert.True(task.IsFaulted);
        var error = Assert.Throws<Word2VecException>(() => task.GetAwaiter().GetResult());
        Assert.Equal(ErrorKind.UnknownWord, error.Kind);
        Assert.Equal(
            "The text 'wholly unknown' holds none of the 5 words of these vectors; leave it out, or let UnknownText be Zeros.", error.Message);
    }

    [Fact]
    public void A_caller_may_change_an_embedding_and_change_nothing_else()
    {
        using var generator = Fixture.Generator();
        var first = generator.Result("king")[0].Vector;
        Assert.True(System.Runtime.InteropServices.MemoryMarshal.TryGetArray(first, out var array));
        array.Array![0] = 99;
        Assert.Equal([1, 2, 3], generator.Embed("king"));
    }
}
