using Word2Vec.Vectors;

namespace Word2Vec.Queries;

/// <summary>A word with its cosine similarity to what was asked for.</summary>
public readonly record struct Neighbor(int Id, string Word, float Similarity);

/// <summary>Exact cosine search over word vectors: every vector is looked at, in batches that share the reading of the rows.</summary>
public sealed class VectorIndex
{
    /// <summary>Normalizes <paramref name="vectors"/> once; <paramref name="restrict"/> takes only the first words (0: all).</summary>
    public VectorIndex(WordVectors vectors, int restrict = 0) => Vectors = vectors;

    /// <summary>The vectors that are searched.</summary>
    public WordVectors Vectors { get; }

    /// <summary>The words most similar to the sum of the unit vectors of <paramref name="positive"/> less those of <paramref name="negative"/>; these words are left out.</summary>
    public IReadOnlyList<Neighbor> MostSimilar(IReadOnlyList<string> positive, IReadOnlyList<string>? negative = null, int count = 10) =>
        throw new NotImplementedException();

    /// <summary>The words most similar to each of <paramref name="words"/>, in one batch.</summary>
    public IReadOnlyList<IReadOnlyList<Neighbor>> MostSimilarBatch(IReadOnlyList<string> words, int count = 10) => throw new NotImplementedException();

    /// <summary>What is to <paramref name="c"/> as <paramref name="b"/> is to <paramref name="a"/> (3CosAdd: nearest to b − a + c).</summary>
    public IReadOnlyList<Neighbor> Analogy(string a, string b, string c, int count = 10) => throw new NotImplementedException();

    /// <summary>The cosine of two words, −1 … 1.</summary>
    public float Similarity(string a, string b) => throw new NotImplementedException();

    /// <summary>The word that is least similar to the mean of all <paramref name="words"/>.</summary>
    public string DoesNotMatch(IReadOnlyList<string> words) => throw new NotImplementedException();
}
