using Word2Vec.Words;

namespace Word2Vec.AI;

/// <summary>How a <see cref="WordEmbeddingGenerator"/> makes embeddings of texts.</summary>
public sealed record WordEmbeddingOptions
{
    /// <summary>
    /// How a text becomes words. Default: <see cref="TokenizerKind.Text"/>, for texts as people write them; vectors that were trained with
    /// <see cref="TokenizerKind.Whitespace"/> on prepared text, or that know capitals, want texts prepared in the same way and that kind.
    /// </summary>
    public TokenizerKind Tokenizer { get; init; } = TokenizerKind.Text;

    /// <summary>
    /// Whether embeddings have the length 1, which makes a dot product of two of them their cosine; zeros stay zeros. Default: false.
    /// </summary>
    public bool Normalize { get; init; }

    /// <summary>
    /// Whether words that are not in the vocabulary have the vector of their n-grams, where the vectors have subwords; else they do not count, as
    /// where the vectors have none. Default: true.
    /// </summary>
    public bool ComposeUnknown { get; init; } = true;

    /// <summary>
    /// What a text becomes none of whose words has a vector. Where words are put together from n-grams that is only a text without a word, or whose
    /// words are too short or too long for an n-gram. Default: <see cref="UnknownText.Zeros"/>.
    /// </summary>
    public UnknownText UnknownText { get; init; } = UnknownText.Zeros;

    /// <summary>What the vectors are called in metadata and in each embedding. Default: null, the name of the file that was opened.</summary>
    public string? ModelId { get; init; }
}
