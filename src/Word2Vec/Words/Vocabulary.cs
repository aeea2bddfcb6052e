namespace Word2Vec.Words;

/// <summary>
/// The words that are trained, most frequent first (equal counts in the order of their bytes), with how often each occurs.
/// </summary>
public sealed class Vocabulary
{
    private readonly long[] _counts;

    /// <summary>Makes a vocabulary of <paramref name="words"/> with one count for each; the order is kept as given.</summary>
    public Vocabulary(WordIndex words, long[] counts)
    {
        if (words.Count != counts.Length)
            throw new ArgumentException($"{words.Count} words need as many counts; there are {counts.Length}.", nameof(counts));
        Words = words;
        _counts = counts;
        TotalCount = counts.Sum();
    }

    /// <summary>The words; a word's id is its place in this list.</summary>
    public WordIndex Words { get; }

    /// <summary>The number of words.</summary>
    public int Count => _counts.Length;

    /// <summary>How often each word occurs in the corpus, by id.</summary>
    public ReadOnlySpan<long> Counts => _counts;

    /// <summary>The sum of all counts: the corpus's tokens whose words are in the vocabulary.</summary>
    public long TotalCount { get; }
}
