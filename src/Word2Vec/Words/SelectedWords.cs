using System.Runtime.CompilerServices;

namespace Word2Vec.Words;

/// <summary>The words of a text that a vocabulary keeps, and the way from their first-seen ids to their ids in it.</summary>
/// <param name="Vocabulary">The kept words: most frequent first, equal counts in the order of their bytes.</param>
/// <param name="NewIds">For each first-seen id the one in the vocabulary, or −1.</param>
internal sealed record SelectedWords(Vocabulary Vocabulary, int[] NewIds)
{
    /// <summary>Applies minimum count and maximum size to the words of <paramref name="table"/>.</summary>
    /// <param name="table">All words of the text, at least one.</param>
    /// <exception cref="Word2VecException">No word is left.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // hot from its first call on: a vocabulary is made once
    public static SelectedWords From(WordTable table, CorpusOptions options)
    {
        long[] textCounts = table.Counts();
        var kept = Sorted(table, textCounts, options.MinimumCount);
        if (kept.Length == 0)
            throw NothingLeft(textCounts, options.MinimumCount);
        if (options.MaximumVocabulary > 0 && options.MaximumVocabulary < kept.Length)
            kept = kept[..options.MaximumVocabulary];

        var newIds = new int[table.Count];
        Array.Fill(newIds, -1);
        var counts = new long[kept.Length];
        var words = new WordIndex.Builder();
        for (int id = 0; id < kept.Length; id++)
        {
            int old = kept[id].Id;
            newIds[old] = id;
            counts[id] = kept[id].Count;
            words.Add(table.Bytes(old));
        }

        return new SelectedWords(new Vocabulary(words.Build(), counts), newIds);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static WordCandidate[] Sorted(WordTable table, long[] counts, int minimumCount)
    {
        int place = 0;
        foreach (long count in counts)
            place += count >= minimumCount ? 1 : 0;
        var kept = new WordCandidate[place];
        place = 0;
        for (int id = 0; id < counts.Length; id++)
        {
            if (counts[id] >= minimumCount)
                kept[place++] = WordCandidate.Of(table.Bytes(id), counts[id], id);
        }

        WordOrder.Sort(kept, table);
        return kept;
    }

    private static Word2VecException NothingLeft(long[] counts, int minimumCount)
    {
        long highest = counts.Max();
        return new Word2VecException(ErrorKind.Input,
            $"No word is left: all {counts.Length} different words occur fewer than {minimumCount} times, "
            + $"the most frequent {highest} times; use --min-count {highest} or lower, or more text.");
    }
}
