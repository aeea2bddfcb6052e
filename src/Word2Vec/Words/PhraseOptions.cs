using System.Collections.Frozen;

namespace Word2Vec.Words;

/// <summary>How phrases are found and joined.</summary>
public sealed record PhraseOptions
{
    /// <summary>
    /// English articles, prepositions and conjunctions that may stand inside a phrase, such as bank_of_america: those of gensim's
    /// <c>ENGLISH_CONNECTOR_WORDS</c>.
    /// </summary>
    public static IReadOnlySet<string> EnglishConnectors { get; } =
        "a an the and or of for to from in on at by with without".Split(' ').ToFrozenSet(StringComparer.Ordinal);

    /// <summary>How a pair is scored. Default: <see cref="PhraseScoring.Word2Phrase"/>.</summary>
    public PhraseScoring Scoring { get; init; }

    /// <summary>
    /// What a pair's score must be above, for each pass; the last one is taken for the passes after it. Default: empty, the usual threshold of the score.
    /// </summary>
    public IReadOnlyList<double> Thresholds { get; init; } = [];

    /// <summary>
    /// How often the text is gone through to find phrases; each pass joins two words that may be phrases themselves, so that the second makes new_york_times.
    /// Default: 1; up to 10.
    /// </summary>
    public int Passes { get; init; } = 1;

    /// <summary>Pairs that occur less often are never joined. Default: 5; at least 1.</summary>
    public int MinimumCount { get; init; } = 5;

    /// <summary>What a pair's count is lowered by, which keeps rare words from scoring high. Default: null, <see cref="MinimumCount"/>.</summary>
    public int? Discount { get; init; }

    /// <summary>What joins the words of a phrase: one visible ASCII character. Default: <c>_</c>.</summary>
    public char Joiner { get; init; } = '_';

    /// <summary>
    /// Words that stand inside phrases and neither begin nor end one: a pair is two other words with any number of these between them. Default: none.
    /// </summary>
    public IReadOnlyCollection<string> Connectors { get; init; } = [];

    /// <summary>How text becomes words, and what is written is those words. Default: <see cref="TokenizerKind.Whitespace"/>.</summary>
    public TokenizerKind Tokenizer { get; init; } = TokenizerKind.Whitespace;

    /// <summary>
    /// The most different words and pairs that are counted at once, a bound for the memory: about 90 bytes each. When there are more, the rarest are dropped
    /// as <see cref="CorpusOptions.MaximumDistinct"/> says. Default: 20 million; at least 1000.
    /// </summary>
    public int MaximumDistinct { get; init; } = 20_000_000;

    /// <summary>Throws if an option is out of its range.</summary>
    /// <exception cref="Word2VecException">The message names the option, its value and the range.</exception>
    public void Validate()
    {
        OptionCheck.Range("--passes", Passes, 1, 10);
        OptionCheck.Range("--min-count", MinimumCount, 1, int.MaxValue);
        OptionCheck.Range("--discount", Discount ?? 0, 0, int.MaxValue);
        OptionCheck.Range("--max-distinct", MaximumDistinct, 1000, int.MaxValue);
        if (Joiner is <= ' ' or > '~')
            throw new Word2VecException(ErrorKind.Usage, $"The option --joiner is U+{(int)Joiner:X4}; it must be one visible ASCII character.");
        if (Thresholds.Count > Passes)
            throw new Word2VecException(ErrorKind.Usage, $"There are {Thresholds.Count} thresholds for {Passes} passes; give one for each or fewer.");
        (double lowest, double highest) = Scoring == PhraseScoring.Npmi ? (-1, 1) : (0, double.MaxValue);
        foreach (double threshold in Thresholds)
            OptionCheck.Range("--threshold", threshold, lowest, highest);
    }

    /// <summary>The threshold of a pass, from 1.</summary>
    internal double ThresholdOf(int pass) => Thresholds.Count > 0 ? Thresholds[Math.Min(pass, Thresholds.Count) - 1] : Scoring switch
    {
        PhraseScoring.Word2Phrase => 100,
        PhraseScoring.Gensim => 10,
        _ => 0.5,
    };
}
