namespace Word2Vec.Vectors;

/// <summary>How the vectors of a text's known words become one; each word counts as often as it occurs.</summary>
public enum TextMethod
{
    /// <summary>Their mean.</summary>
    Mean,

    /// <summary>Their sum: longer texts have longer vectors.</summary>
    Sum,

    /// <summary>Of each component the greatest.</summary>
    Max,

    /// <summary>
    /// Their mean, weighted by the inverse document frequency ln((1 + N) / (1 + n)) + 1 of each word, where n of N texts hold it. With
    /// frequencies of words in place of texts, n of N words are it.
    /// </summary>
    TfIdf,

    /// <summary>
    /// Smooth inverse frequency: their mean where each is multiplied by a / (a + p), with p the word's share of all words, less what lies
    /// in the direction that the vectors of all texts have in common (Arora, Liang, Ma: A simple but tough-to-beat baseline for sentence
    /// embeddings, ICLR 2017).
    /// </summary>
    Sif,

    /// <summary>
    /// Their sum, weighted as in <see cref="TfIdf"/> and divided by √Σ (occurrences · weight)² over the different words: with vectors of
    /// <see cref="LatentSemantics"/>, the text's place in its space.
    /// </summary>
    Lsa,
}
