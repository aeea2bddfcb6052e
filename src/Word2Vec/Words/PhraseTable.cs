namespace Word2Vec.Words;

/// <summary>The phrases of one pass, by their words with spaces between them, best first.</summary>
internal sealed class PhraseTable(WordIndex keys, double[] scores, long[] counts, WordIndex connectors, byte joiner)
{
    /// <summary>The words of each phrase, with spaces between them; the words of later passes may be joined themselves.</summary>
    public WordIndex Keys => keys;

    public IReadOnlyList<double> Scores => scores;

    public IReadOnlyList<long> Counts => counts;

    /// <summary>The words that stand only inside phrases.</summary>
    public WordIndex Connectors => connectors;

    /// <summary>What takes the place of the spaces.</summary>
    public byte Joiner => joiner;

    public bool Contains(ReadOnlySpan<byte> key) => keys.TryGetId(key, out _);

    public bool IsConnector(ReadOnlySpan<byte> word) => connectors.Count > 0 && connectors.TryGetId(word, out _);
}
