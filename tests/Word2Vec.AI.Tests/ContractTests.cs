using Microsoft.Extensions.AI;
using Word2Vec.Vectors;

namespace Word2Vec.AI.Tests;

/// <summary>What Microsoft.Extensions.AI expects of every embedding generator.</summary>
public class ContractTests
{
    [Fact]
    public void There_is_one_embedding_for_each_text_in_their_order()
    {
        var result = Fixture.Generator().Result("queen", "unknown", "king", "queen", "");
        Assert.Equal([3, 0, 1, 3, 0], result.Select(embedding => embedding.Vector.Span[0]));
        Assert.All(result, embedding => Assert.Equal(3, embedding.Dimensions));
    }

    [Fact]
    public void No_texts_give_no_embeddings()
    {
        var result = Fixture.Generator().Result();
        Assert.Empty(result);
        Assert.Equal(0, result.Usage!.InputTokenCount);
    }

    [Fact]
    public void Usage_counts_words_and_those_that_are_unknown()
    {
        UsageDetails usage = Fixture.Generator().Result("the king and the queen", "New York", "", "zebra").Usage!;
        Assert.Equal(7, usage.InputTokenCount);
        Assert.Equal(7, usage.TotalTokenCount);
        Assert.Equal(4, usage.AdditionalCounts![WordEmbeddingGenerator.UnknownWordsCount]);
        Assert.Null(usage.OutputTokenCount);
    }

    [Fact]
    public void Metadata_tell_provider_model_and_dimensions()
    {
        using var generator = Fixture.Generator(new WordEmbeddingOptions { ModelId = "reviews" });
        var metadata = generator.GetRequiredService<EmbeddingGeneratorMetadata>();
        Assert.Equal(("word2vec", "reviews", 3), (metadata.ProviderName, metadata.DefaultModelId, metadata.DefaultModelDimensions));
        Assert.Null(metadata.ProviderUri);
        Assert.Equal("reviews", generator.Result("king")[0].ModelId);
    }

    [Fact]
    public void Services_are_the_generator_itself_under_each_of_its_types_and_its_vectors()
    {
        WordVectors vectors = Fixture.Vectors();
        using var generator = new WordEmbeddingGenerator(vectors);
        Assert.Same(generator, generator.GetService(typeof(WordEmbeddingGenerator)));
        Assert.Same(generator, generator.GetService(typeof(IEmbeddingGenerator)));
        Assert.Same(generator, generator.GetService(typeof(IEmbeddingGenerator<string, Embedding<float>>)));
        Assert.Same(vectors, generator.GetService(typeof(WordVectors)));
        Assert.Null(generator.GetService(typeof(string)));
        Assert.Throws<ArgumentNullException>(() => generator.GetService(null!));
    }

    [Theory]
    [InlineData(typeof(EmbeddingGeneratorMetadata))]
    [InlineData(typeof(WordEmbeddingGenerator))]
    [InlineData(typeof(WordVectors))]
    public void A_key_gets_no_service(Type type) => Assert.Null(Fixture.Generator().GetService(type, "key"));

    [Fact]
    public async Task Options_that_fit_are_accepted()
    {
        using var generator = Fixture.Generator(new WordEmbeddingOptions { ModelId = "reviews" });
        var options = new EmbeddingGenerationOptions { Dimensions = 3, ModelId = "reviews" };
        Assert.Equal(2f, (await generator.GenerateVectorAsync("king", options)).ToArray()[1]);
        Assert.Single(await Fixture.Generator().GenerateAsync(["king"], new EmbeddingGenerationOptions { ModelId = "any name" }));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(1536)]
    public async Task Other_dimensions_are_an_error(int dimensions)
    {
        var error = await Assert.ThrowsAsync<Word2VecException>(
            () => Fixture.Generator().GenerateAsync(["king"], new EmbeddingGenerationOptions { Dimensions = dimensions }));
        Assert.Equal(ErrorKind.Usage, error.Kind);
        string expected =
            $"Embeddings of {dimensions} dimensions were asked for and these vectors have 3; leave Dimensions out or train with that size.";
        Assert.Equal(expected, error.Message);
    }

    [Fact]
    public async Task Another_model_is_an_error()
    {
        using var generator = Fixture.Generator(new WordEmbeddingOptions { ModelId = "reviews" });
        var error = await Assert.ThrowsAsync<Word2VecException>(
            () => generator.GenerateAsync(["king"], new EmbeddingGenerationOptions { ModelId = "text-embedding-3-small" }));
        Assert.Equal(ErrorKind.Usage, error.Kind);
    }

    [Fact]
    public async Task Null_is_no_list_of_texts_and_no_text()
    {
        await Assert.ThrowsAsync<ArgumentNullException>(() => Fixture.Generator().GenerateAsync((IEnumerable<string>)null!));
        var error = await Assert.ThrowsAsync<ArgumentException>(() => Fixture.Generator().GenerateAsync(["king", null!]));
        Assert.Contains("Text number 2 is null", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => new WordEmbeddingGenerator(null!));
    }

    [Fact]
    public async Task A_cancelled_request_reads_no_text()
    {
        var texts = Enumerable.Range(0, 1).Select<int, string>(_ => throw new InvalidOperationException("The texts were asked for."));
        var task = Fixture.Generator().GenerateAsync(texts, cancellationToken: new CancellationToken(canceled: true));
        Assert.True(task.IsCanceled);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task);
    }

    [Fact]
    public async Task A_request_is_cancelled_between_two_texts()
    {
        using var source = new CancellationTokenSource();
        int given = 0;
        var task = Fixture.Generator().GenerateAsync(Texts(), cancellationToken: source.Token);
        Assert.True(task.IsCanceled);
        Assert.Equal(3, given);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task);

        IEnumerable<string> Texts()
        {
            while (true)
            {
                if (++given == 3)
                    source.Cancel();
                yield return "king";
            }
        }
    }

    [Fact]
    public void Many_threads_get_the_answers_of_one()
    {
        using var generator = Fixture.Generator();
        string[] texts = ["king", "the queen of Paris", "king queen", "none", "New York"];
        float[][] expected = [.. texts.Select(generator.Embed)];
        Parallel.For(0, 2000, i => Assert.Equal(expected[i % texts.Length], generator.Embed(texts[i % texts.Length])));
    }

    [Fact]
    public async Task A_disposed_generator_answers_nothing_and_leaves_the_vectors_it_was_given()
    {
        WordVectors vectors = Fixture.Vectors();
        var generator = new WordEmbeddingGenerator(vectors);
        generator.Dispose();
        generator.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => generator.GenerateAsync(["king"]));
        Assert.Equal(1, vectors["king"][0]);
    }
}
