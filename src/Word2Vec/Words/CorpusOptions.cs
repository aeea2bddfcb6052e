namespace Word2Vec.Words;

/// <summary>How text becomes words.</summary>
public enum TokenizerKind
{
    /// <summary>Bytes between white space (tab, line feed, vertical tab, form feed, carriage return, space), as they are.</summary>
    Whitespace,

    /// <summary>
    /// Unicode letters and digits in lower case; apostrophes and hyphens inside a word are kept; everything else separates.
    /// </summary>
    Text,
}

/// <summary>How a corpus is read and which of its words are kept.</summary>
public sealed record CorpusOptions
{
    /// <summary>How text becomes words. Default: <see cref="TokenizerKind.Whitespace"/>.</summary>
    public TokenizerKind Tokenizer { get; init; } = TokenizerKind.Whitespace;

    /// <summary>Words that occur less often are left out. Default: 5; at least 1.</summary>
    public int MinimumCount { get; init; } = 5;

    /// <summary>The most words to keep, the most frequent ones; 0 keeps all. Default: 0.</summary>
    public int MaximumVocabulary { get; init; }

    /// <summary>
    /// The most different words that are counted at once while the text is read, a bound for the memory: about 90 bytes each at 20 million. When there
    /// are more, or their bytes are more than 32 times as many, the rarest are dropped, at least half of them; a dropped word that comes again
    /// begins at 0. Results are exact where this never happens, and depend on text and options alone where it does;
    /// <see cref="CorpusCounts.DroppedTypes"/> tells. Words of a given <see cref="Vocabulary"/> are never dropped. Default: 20 million; at least 1000.
    /// </summary>
    public int MaximumDistinct { get; init; } = 20_000_000;

    /// <summary>
    /// Bytes that the table of different words may take while the text is read; where it needs more, the reading ends with an error that says how many words
    /// fit (<see cref="MaximumDistinct"/>). It changes nothing in what the text becomes. Default: 0, no bound; at least 0.
    /// </summary>
    public long CountingMemory { get; init; }

    /// <summary>
    /// The words to keep with the counts to draw by, in place of those of the text, such as a <see cref="VocabularyFile"/> holds them, as
    /// word2vec.c's <c>-read-vocab</c> takes them. Words of the text that are not among them are left out; minimum count and maximum size apply
    /// to these counts; words that the text does not have are trained as negatives only. word2vec.c's entry for the end of a line is left
    /// out. Default: null, the words of the text.
    /// </summary>
    public Vocabulary? Vocabulary { get; init; }

    /// <summary>
    /// A longer sentence is cut into pieces of this many words of the vocabulary. Default: 1000, as in word2vec.c; at least 1.
    /// </summary>
    public int MaximumSentenceLength { get; init; } = 1000;

    /// <summary>
    /// Bytes that the folder of encoded corpora may hold when one is added: above that the least recently used are deleted, but none that a running
    /// program has open. It changes nothing in what the text becomes. Default: 10^10; at least 0.
    /// </summary>
    public long CacheLimit { get; init; } = 10_000_000_000;

    /// <summary>Throws a <see cref="Word2VecException"/> that names the first option out of its range.</summary>
    public void Validate()
    {
        OptionCheck.Range("--min-count", MinimumCount, 1, int.MaxValue);
        OptionCheck.Range("--max-vocabulary", MaximumVocabulary, 0, int.MaxValue);
        OptionCheck.Range("--max-distinct", MaximumDistinct, 1000, int.MaxValue);
        OptionCheck.Range("--max-sentence-length", MaximumSentenceLength, 1, 1 << 20);
        OptionCheck.Range(nameof(CountingMemory), CountingMemory, 0, long.MaxValue);
        OptionCheck.Range("--cache-limit", CacheLimit, 0, long.MaxValue);
    }
}
