using Microsoft.Extensions.AI;
using Word2Vec.Vectors;
using Word2Vec.Words;

namespace Word2Vec.AI.Tests;

/// <summary>A handful of vectors whose means are known by heart.</summary>
internal static class Fixture
{
    public static WordVectors Vectors() => new(
        WordIndex.From(["king", "queen", "New York", "Paris", "nothing"]), 3,
        [
            1, 2, 3,
            3, 4, 8,
            -1, 0, 1,
            0, 3, 4,
            0, 0, 0,
        ]);

    public static WordEmbeddingGenerator Generator(WordEmbeddingOptions? options = null) => new(Vectors(), options);

    public static float[] Embed(this WordEmbeddingGenerator generator, string text) => Result(generator, [text])[0].Vector.ToArray();

    public static GeneratedEmbeddings<Embedding<float>> Result(this WordEmbeddingGenerator generator, params string[] texts)
    {
        Task<GeneratedEmbeddings<Embedding<float>>> task = generator.GenerateAsync(texts);
        Assert.True(task.IsCompleted);
        return task.GetAwaiter().GetResult();
    }
}
