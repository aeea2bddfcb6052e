namespace Word2Vec.Tests.Words;

/// <summary>
/// What of a text is left when at most so many different words are counted at once, in the plainest words: the table of words is a dictionary, and an
/// occurrence knows which entry it belongs to.
/// </summary>
internal sealed class NaivePruning
{
    private const int LongestEntry = 1002, Batch = 128;

    private readonly Dictionary<string, Entry> _table = [];
    private readonly List<(string Token, Entry? Entry)> _read = [];
    private readonly long _mostWords;
    private readonly long _mostBytes;
    private long _bytes;

    public NaivePruning(IEnumerable<string> tokens, int limit)
    {
        (_mostWords, _mostBytes) = (limit + 1, 32L * limit + Batch * LongestEntry);
        foreach (string token in tokens)
            Add(token);
    }

    public long Dropped { get; private set; }

    public long MostLost { get; private set; }

    /// <summary>The tokens without those of words that were dropped later.</summary>
    public List<string> Left => [.. _read.Where(read => read.Entry is not { IsDropped: true }).Select(read => read.Token)];

    private void Add(string token)
    {
        while (_table.Count >= _mostWords || _mostBytes - _bytes < LongestEntry)
            Prune();
        if (token == "\n")
        {
            _read.Add((token, null));
            return;
        }

        if (!_table.TryGetValue(token, out Entry? entry))
        {
            _table.Add(token, entry = new Entry());
            _bytes += token.Length + 2;
        }

        entry.Count++;
        _read.Add((token, entry));
    }

    private void Prune()
    {
        long threshold = 1;
        while (_table.Values.Count(entry => entry.Count > threshold) > _mostWords / 2
            || _table.Where(pair => pair.Value.Count > threshold).Sum(pair => pair.Key.Length + 2) > _mostBytes / 2)
            threshold++;
        MostLost += threshold;
        foreach ((string word, Entry entry) in _table.Where(pair => pair.Value.Count <= threshold).ToList())
        {
            entry.IsDropped = true;
            _table.Remove(word);
            _bytes -= word.Length + 2;
            Dropped++;
        }
    }

    private sealed class Entry
    {
        public long Count { get; set; }

        public bool IsDropped { get; set; }
    }
}
