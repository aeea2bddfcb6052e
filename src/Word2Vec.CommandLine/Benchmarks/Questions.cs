using Word2Vec.Vectors;

namespace Word2Vec.CommandLine.Benchmarks;

/// <summary>The question files that vectors are measured with.</summary>
/// <param name="Restrict">Analogies are answered from so many of the most frequent words; 0: all.</param>
internal sealed record Questions(IReadOnlyList<string> Analogies, IReadOnlyList<string> Similarity, int Restrict)
{
    public Evaluations Ask(WordVectors vectors) => Evaluations.Of(vectors, Analogies, Similarity, Restrict);
}
