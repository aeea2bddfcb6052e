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

    /// <summary>What a text without any known word becomes. Default: <see cref="UnknownText.Zeros"/>.</summary>
    public UnknownText UnknownText { get; init; } = UnknownText.Zeros;

    /// <summary>What the vectors are called in metadata and in each embedding. Default: null, the name of the file that was opened.</summary>
    public string? ModelId { get; init; }
}
