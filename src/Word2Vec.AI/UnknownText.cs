namespace Word2Vec.AI;

/// <summary>
/// What a text becomes none of whose words has a vector: none is in the vocabulary, and none is put together from its n-grams
/// (<see cref="WordEmbeddingOptions.ComposeUnknown"/>).
/// </summary>
public enum UnknownText
{
    /// <summary>A vector of zeros: similar to nothing, so that one odd text does not end a batch.</summary>
    Zeros,

    /// <summary>A <see cref="Word2VecException"/> of the kind <see cref="ErrorKind.UnknownWord"/>.</summary>
    Throw,
}
