using System.Runtime.CompilerServices;

namespace Word2Vec.Words;

/// <summary>A word of a text on its way into a vocabulary.</summary>
/// <param name="Count">How often it occurs.</param>
/// <param name="Head">Its first eight bytes as a big-endian number, which mostly settle the order without a visit to the table.</param>
/// <param name="Id">Its first-seen id.</param>
internal readonly record struct WordCandidate(long Count, ulong Head, int Id)
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WordCandidate Of(ReadOnlySpan<byte> word, long count, int id)
    {
        ulong head = 0;
        for (int i = 0; i < sizeof(ulong); i++)
            head = head << 8 | (i < word.Length ? word[i] : 0u);
        return new WordCandidate(count, head, id);
    }
}

/// <summary>Puts words in the order of a vocabulary: the most frequent first, equal counts in the order of their bytes.</summary>
internal static class WordOrder
{
    private const int DigitBits = 8, Digits = 1 << DigitBits, KeyBits = 64;

    /// <summary>
    /// Sorts <paramref name="words"/>, whose bytes <paramref name="table"/> holds: by digits, from the last of the head to the first of the
    /// count.
    /// </summary>
    public static void Sort(WordCandidate[] words, WordTable table)
    {
        WordCandidate[] from = words, to = new WordCandidate[words.Length];
        for (int shift = 0; shift < 2 * KeyBits; shift += DigitBits)
        {
            if (Distribute(from, to, shift))
                (from, to) = (to, from);
        }

        if (from != words)
            from.CopyTo(words, 0);
        SortEqual(words, table);
    }

    /// <summary>The same by comparisons: its yardstick.</summary>
    public static void SortPlain(WordCandidate[] words, WordTable table) =>
        Array.Sort(words, (a, b) => a.Count != b.Count ? b.Count.CompareTo(a.Count) : CompareBytes(a, b, table));

    // One pass of a radix sort, which keeps the order of equal digits; false, and nothing done, where all digits are equal.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // hot from its first call on: a vocabulary is made once
    private static bool Distribute(WordCandidate[] from, WordCandidate[] to, int shift)
    {
        Span<int> places = stackalloc int[Digits];
        places.Clear();
        foreach (ref readonly var word in from.AsSpan())
            places[Digit(word, shift)]++;
        for (int digit = 0, place = 0; digit < Digits; digit++)
        {
            int count = places[digit];
            if (count == from.Length)
                return false;
            places[digit] = place;
            place += count;
        }

        foreach (ref readonly var word in from.AsSpan())
            to[places[Digit(word, shift)]++] = word;
        return true;
    }

    // The head counts from its lowest digit up, then the count, turned round so that the highest comes first.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Digit(in WordCandidate word, int shift) =>
        (int)((shift < KeyBits ? word.Head : ~(ulong)word.Count) >> shift) & (Digits - 1);

    // What count and head leave undecided.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SortEqual(WordCandidate[] words, WordTable table)
    {
        for (int start = 0, end; start < words.Length; start = end)
        {
            WordCandidate first = words[start];
            end = start + 1;
            while (end < words.Length && words[end].Head == first.Head && words[end].Count == first.Count)
                end++;
            if (end - start > 1)
                words.AsSpan(start, end - start).Sort((a, b) => CompareBytes(a, b, table));
        }
    }

    private static int CompareBytes(WordCandidate a, WordCandidate b, WordTable table) =>
        table.Bytes(a.Id).SequenceCompareTo(table.Bytes(b.Id));
}
