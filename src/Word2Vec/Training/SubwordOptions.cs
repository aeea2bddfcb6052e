namespace Word2Vec.Training;

/// <summary>
/// Which n-grams words are made of. A word's vector is then the mean of its own row and those of the n-grams of its characters, so that words never
/// seen have vectors too (Bojanowski et al. 2017, "Enriching Word Vectors with Subword Information"). The defaults are fastText's.
/// </summary>
public sealed record SubwordOptions
{
    private const int MostCharacters = 100;

    /// <summary>Characters of the shortest n-gram; the marks of a word's begin and end count. Default: 3; 1 to 100.</summary>
    public int ShortestNgram { get; init; } = 3;

    /// <summary>Characters of the longest n-gram. Default: 6; <see cref="ShortestNgram"/> to 100.</summary>
    public int LongestNgram { get; init; } = 6;

    /// <summary>
    /// Rows that the n-grams share, by their hash; each takes as much memory as a word's vector. Default: 2,000,000; 1 to 1,000,000,000.
    /// </summary>
    public int Buckets { get; init; } = 2_000_000;

    /// <summary>Throws a <see cref="Word2VecException"/> that names the first option out of its range.</summary>
    internal void Validate()
    {
        OptionCheck.Range("--min-ngram", ShortestNgram, 1, MostCharacters);
        OptionCheck.Range("--max-ngram", LongestNgram, ShortestNgram, MostCharacters);
        OptionCheck.Range("--buckets", Buckets, 1, 1_000_000_000);
    }
}
