using System.Collections.ObjectModel;
using Word2Vec.Vectors;
using Word2Vec.Words;

namespace Word2Vec;

/// <summary>The words of one set of vectors and behind them some of another, as one.</summary>
/// <param name="first">The vectors whose words all come.</param>
/// <param name="second">The vectors that the words <paramref name="ids"/> come from.</param>
internal sealed unsafe class MergedRows(WordVectors first, WordVectors second, int[] ids)
{
    // Counts, places and what sorts them.
    private const int SortingBytes = 40;

    private readonly int _count = first.Count + ids.Length;

    /// <summary>The memory that <see cref="ToVectors"/> takes for so many words, of so many bytes together.</summary>
    public static long BytesFor(int words, long wordBytes, int size, bool hasOutput)
    {
        // The list of words grows by doubling, and is copied once more at its end.
        long list = WordIndex.BytesFor(words, wordBytes) + 2 * (wordBytes + (long)words * sizeof(int));
        return (hasOutput ? 2L : 1L) * words * size * sizeof(float) + list + (long)words * SortingBytes;
    }

    /// <summary>
    /// The vectors; output vectors where the first have them. Where both have counts, a word's are added up and the words are sorted by them, equal ones
    /// in the order of before; where only the first have, the others count 0.
    /// </summary>
    public WordVectors ToVectors(IReadOnlyDictionary<string, string> metadata)
    {
        long[]? counts = Counts();
        int[] order = [.. Enumerable.Range(0, _count)];
        if (counts is not null && second.Counts is not null)
            order = [.. order.OrderByDescending(place => counts[place])];
        var names = new WordIndex.Builder();
        foreach (int place in order)
            names.Add(place < first.Count ? first.Words.Bytes(place) : second.Words.Bytes(ids[place - first.Count]));
        WordIndex words = names.Build();
        return Take(words, order, first, second, metadata, counts is null ? null : Array.ConvertAll(order, place => counts[place]),
            first.OutputVectors is { } own ? Take(words, order, own, second.OutputVectors) : null);
    }

    // Rows that the second have not are zeros, as output vectors begin.
    private WordVectors Take(
        WordIndex words, int[] order, WordVectors own, WordVectors? others, IReadOnlyDictionary<string, string>? metadata = null, long[]? counts = null,
        WordVectors? output = null)
    {
        int size = first.Size;
        var rows = new NativeBuffer<float>((long)_count * size);
        for (int i = 0; i < order.Length; i++)
        {
            var target = new Span<float>(rows.First + (long)i * size, size);
            if (order[i] < first.Count)
                own[order[i]].CopyTo(target);
            else
                others?[ids[order[i] - first.Count]].CopyTo(target);
        }

        GC.KeepAlive(own);
        GC.KeepAlive(others);
        return new WordVectors(words, size, rows.First, (long)size * sizeof(float), rows)
        {
            Metadata = metadata ?? ReadOnlyDictionary<string, string>.Empty,
            Counts = counts,
            OutputVectors = output,
        };
    }

    private long[]? Counts()
    {
        if (first.Counts is not { } own)
            return null;
        var counts = new long[_count];
        for (int place = 0; place < _count; place++)
        {
            ReadOnlySpan<byte> word = place < first.Count ? first.Words.Bytes(place) : second.Words.Bytes(ids[place - first.Count]);
            counts[place] = place < first.Count ? own[place] : 0;
            if (second.Counts is { } others && second.Words.TryGetId(word, out int id))
                counts[place] += others[id];
        }

        return counts;
    }
}
