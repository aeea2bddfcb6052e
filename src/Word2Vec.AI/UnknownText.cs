namespace Word2Vec.AI;

/// <summary>What a text without any known word becomes.</summary>
public enum UnknownText
{
    /// <summary>A vector of zeros: similar to nothing, so that one odd text does not end a batch.</summary>
    Zeros,

    /// <summary>A <see cref="Word2VecException"/> of the kind <see cref="ErrorKind.UnknownWord"/>.</summary>
    Throw,
}
