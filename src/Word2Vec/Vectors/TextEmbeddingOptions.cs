using Word2Vec.Words;

namespace Word2Vec.Vectors;

/// <summary>How texts become vectors.</summary>
public sealed record TextEmbeddingOptions
{
    /// <summary>How the vectors of a text's words become one. Default: <see cref="TextMethod.Mean"/>.</summary>
    public TextMethod Method { get; init; } = TextMethod.Mean;

    /// <summary>
    /// How a text becomes words. Default: null, as the text was cut on which the vectors were trained if their metadata say it
    /// (<c>corpus.tokenizer</c>), and else <see cref="TokenizerKind.Text"/>.
    /// </summary>
    public TokenizerKind? Tokenizer { get; init; }

    /// <summary>The a of <see cref="TextMethod.Sif"/>: words with a larger share than this count less than half. Default: 1e-3.</summary>
    public double Smoothing { get; init; } = 1e-3;

    /// <summary>
    /// Whether words that are not in the vocabulary count with the vector of their n-grams, where the vectors have subwords; as words that never occurred,
    /// for the methods that weigh them. Default: true.
    /// </summary>
    public bool ComposeUnknown { get; init; } = true;

    /// <summary>Whether texts without a known word are left out; else they are vectors of zeros, which are like nothing. Default: false.</summary>
    public bool LeaveOutUnknown { get; init; }

    /// <summary>Throws if an option is out of its range.</summary>
    /// <exception cref="Word2VecException">The message names the option, its value and the range.</exception>
    public void Validate()
    {
        OptionCheck.Range(nameof(Method), (int)Method, (int)TextMethod.Mean, (int)TextMethod.Lsa);
        OptionCheck.Range(nameof(Smoothing), Smoothing, 1e-9, 1);
    }
}
