using System.Runtime.CompilerServices;
using Word2Vec.Corpora;

namespace Word2Vec.Words;

/// <summary>
/// Counts the words and pairs of sentences and finds phrases among them. A pair is two words with only connectors between them, and its key is all of these
/// with spaces between them; so keys of pairs and words, which hold no space, share one table, which drops the rarest when it is full.
/// </summary>
internal sealed unsafe class PhraseCounter(PhraseOptions options, WordIndex connectors) : IDisposable
{
    private readonly WordTable _table = new(options.MaximumDistinct, keep: null);
    private readonly int[] _ids = new int[1 << 12];
    private Token[] _tokens = new Token[1 << 9];

    /// <summary>The words so far, with connectors.</summary>
    public long Words { get; private set; }

    /// <summary>Counts the words and pairs of <paramref name="line"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(SentenceLine line)
    {
        if (_tokens.Length < 2 * line.Count)
            _tokens = new Token[Math.Max(2 * line.Count, 2 * _tokens.Length)];
        ReadOnlySpan<Token> words = line.Words;
        int count = 0, begin = -1;
        foreach (Token word in words)
        {
            if (connectors.Count > 0 && connectors.TryGetId(line.Bytes.Slice(word.Start, word.Length), out _))
                continue;
            // The word before its pair: so a word's count is never below a pair's, whenever the rarest are dropped.
            _tokens[count++] = word;
            int length = word.Start + word.Length - begin;
            if (begin >= 0 && length <= WordScanner.LongestWord)
                _tokens[count++] = new Token(begin, length);
            begin = word.Start;
        }

        Words += words.Length;
        for (int done = 0; done < count; done += _ids.Length)
            _table.Add(line.First, _tokens.AsSpan(done, Math.Min(_ids.Length, count - done)), _ids);
    }

    /// <summary>The pairs whose score is above the threshold of <paramref name="pass"/>, best first.</summary>
    public PhraseTable Find(int pass, out PhrasePass statistics)
    {
        CorpusCounts text = _table.TextCounts();
        long[] counts = _table.Counts();
        long distinct = text.Types - text.DroppedTypes;
        double threshold = options.ThresholdOf(pass);
        List<(int Id, double Score)> found = Scored(counts, options.Scoring == PhraseScoring.Gensim ? distinct : Words, threshold);
        found.Sort((x, y) => x.Score == y.Score ? _table.Bytes(x.Id).SequenceCompareTo(_table.Bytes(y.Id)) : y.Score.CompareTo(x.Score));
        var keys = new WordIndex.Builder();
        foreach ((int id, _) in found)
            Add(keys, id);
        statistics = new PhrasePass(threshold, Words, distinct, text.DroppedTypes, text.MostLost, found.Count);
        return new PhraseTable(
            keys.Build(), [.. found.Select(phrase => phrase.Score)], [.. found.Select(phrase => counts[phrase.Id])], connectors, (byte)options.Joiner);
    }

    public void Dispose() => _table.Dispose();

    private List<(int Id, double Score)> Scored(long[] counts, long total, double threshold)
    {
        var words = new WordIndex.Builder();
        var wordCounts = new List<long>();
        var pairs = new List<int>();
        for (int id = 0; id < counts.Length; id++)
        {
            // A word has its pair's count or more.
            if (counts[id] < options.MinimumCount)
                continue;
            if (_table.Bytes(id).Contains(SentenceLine.Space))
            {
                pairs.Add(id);
                continue;
            }

            Add(words, id);
            wordCounts.Add(counts[id]);
        }

        WordIndex index = words.Build();
        var found = new List<(int Id, double Score)>();
        foreach (int id in pairs)
        {
            ReadOnlySpan<byte> key = _table.Bytes(id);
            if (index.TryGetId(key[..key.IndexOf(SentenceLine.Space)], out int first)
                && index.TryGetId(key[(key.LastIndexOf(SentenceLine.Space) + 1)..], out int last)
                && Score(wordCounts[first], wordCounts[last], counts[id], total) is double score && score > threshold)
                found.Add((id, score));
        }

        return found;
    }

    private double Score(double first, double last, double pair, double total) => options.Scoring == PhraseScoring.Npmi
        ? Math.Log(pair / total / (first / total * (last / total))) / -Math.Log(pair / total)
        : (pair - (options.Discount ?? options.MinimumCount)) / (first * last) * total;

    private void Add(WordIndex.Builder index, int id)
    {
        if (!index.TryAdd(_table.Bytes(id)))
            throw new Word2VecException(ErrorKind.Input,
                $"The words and pairs that occur {options.MinimumCount} times or more have more than {Array.MaxLength} bytes; raise --min-count.");
    }
}
