using System.Runtime.CompilerServices;

namespace Word2Vec.Words;

/// <summary>The words of a text that a vocabulary keeps, and the way from their first-seen ids to their ids in it.</summary>
/// <param name="Vocabulary">The kept words: most frequent first, equal counts in the order of their bytes.</param>
/// <param name="NewIds">For each first-seen id the one in the vocabulary.</param>
/// <param name="Tokens">How many words of the text, with repetitions, are in the vocabulary.</param>
internal sealed record SelectedWords(Vocabulary Vocabulary, NewIds NewIds, long Tokens)
{
    // word2vec.c's entry for the end of a line, the first of its vocabularies; it is no word of the text.
    private static ReadOnlySpan<byte> SentenceEnd => "</s>"u8;

    /// <summary>Applies minimum count and maximum size to the words of <paramref name="table"/>, or to those of the options.</summary>
    /// <param name="table">All words of the text, at least one.</param>
    /// <exception cref="Word2VecException">No word is left.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // hot from its first call on: a vocabulary is made once
    public static SelectedWords From(WordTable table, CorpusOptions options)
    {
        long[] textCounts = table.Counts();
        if (options.Vocabulary is { } given)
            return Given(table, textCounts, given, options);
        var kept = Sorted(table, textCounts, options.MinimumCount);
        if (kept.Length == 0)
            throw NothingLeft(table, textCounts, options.MinimumCount);
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

        var vocabulary = new Vocabulary(words.Build(), counts);
        return new SelectedWords(vocabulary, new NewIds(newIds, table), vocabulary.TotalCount);
    }

    // The counts are those of the given vocabulary, as in word2vec.c: they can be of a larger text than the one that is trained.
    private static SelectedWords Given(WordTable table, long[] textCounts, Vocabulary given, CorpusOptions options)
    {
        int[] kept = Kept(given, options);
        var words = new WordIndex.Builder();
        foreach (int id in kept)
            words.Add(given.Words.Bytes(id));
        var vocabulary = new Vocabulary(words.Build(), Array.ConvertAll(kept, id => given.Counts[id]));
        var newIds = new int[table.Count];
        long tokens = 0;
        for (int old = 0; old < newIds.Length; old++)
        {
            int id = -1;
            bool isKept = textCounts[old] > 0 && vocabulary.Words.TryGetId(table.Bytes(old), out id);
            newIds[old] = isKept ? id : -1;
            tokens += isKept ? textCounts[old] : 0;
        }

        return tokens > 0 ? new SelectedWords(vocabulary, new NewIds(newIds, table), tokens) : throw new Word2VecException(ErrorKind.Input,
            $"No word is left: none of the {table.TextCounts().Types} different words of the text is among the {kept.Length} of the vocabulary that was "
            + "given; were both made with the same tokenizer?");
    }

    private static int[] Kept(Vocabulary given, CorpusOptions options)
    {
        int most = options.MaximumVocabulary == 0 ? int.MaxValue : options.MaximumVocabulary;
        int[] kept = [.. Enumerable.Range(0, given.Count)
            .Where(id => given.Counts[id] >= options.MinimumCount && !given.Words.Bytes(id).SequenceEqual(SentenceEnd))
            .Order(Comparer<int>.Create((a, b) => Compare(given, a, b)))
            .Take(most)];
        return kept.Length > 0 ? kept : throw new Word2VecException(ErrorKind.Input,
            $"No word is left: none of the {given.Count} words of the vocabulary that was given has a count of {options.MinimumCount} or "
            + "more; use a lower --min-count.");
    }

    private static int Compare(Vocabulary given, int a, int b)
    {
        int byCount = given.Counts[b].CompareTo(given.Counts[a]);
        return byCount != 0 ? byCount : given.Words.Bytes(a).SequenceCompareTo(given.Words.Bytes(b));
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

    private static Word2VecException NothingLeft(WordTable table, long[] counts, int minimumCount)
    {
        long highest = counts.Max();
        return new Word2VecException(ErrorKind.Input,
            $"No word is left: all {table.TextCounts().Types} different words occur fewer than {minimumCount} times, "
            + $"the most frequent {highest} times; use --min-count {highest} or lower, or more text.");
    }
}
