namespace Word2Vec.Vectors;

/// <summary>The vectors of many texts, and how they came about.</summary>
/// <param name="Vectors">A vector for each text, under its id. Their metadata say how more are made (<see cref="EmbedderRecord"/>).</param>
/// <param name="Embedder">Embeds more texts in the same way, such as a question for the nearest of these.</param>
public sealed record EmbeddedDocuments(WordVectors Vectors, TextEmbedder Embedder)
{
    /// <summary>How many texts there were.</summary>
    public long Texts { get; init; }

    /// <summary>Of them those without a known word, which are vectors of zeros or were left out.</summary>
    public long WithoutKnownWord { get; init; }

    /// <summary>All words of the texts.</summary>
    public long Words { get; init; }

    /// <summary>Of them those that have vectors.</summary>
    public long KnownWords { get; init; }
}
