namespace Word2Vec.Words;

/// <summary>
/// The n-grams of a word's characters between &lt; and &gt;, of <paramref name="Shortest"/> to <paramref name="Longest"/> characters; by their hash they
/// share <paramref name="Buckets"/> rows.
/// </summary>
/// <remarks>
/// Source: Bojanowski et al. 2017, "Enriching Word Vectors with Subword Information", section 3.2; the hash and what counts as an n-gram as
/// in fastText's dictionary.cc, computeSubwords. There the mark of a line's end has none.
/// </remarks>
internal readonly record struct Ngrams(int Shortest, int Longest, int Buckets)
{
    /// <summary>The bytes of the longest word that n-grams are made of: each begins up to a hundred of them.</summary>
    public const int LongestWord = 1 << 16;

    /// <summary>The characters of the longest n-gram that a file may ask for.</summary>
    public const int MostCharacters = 100;

    private const int OnStack = 512;

    /// <summary>Appends the bucket of each n-gram of <paramref name="word"/> to <paramref name="buckets"/>, in the order of fastText.</summary>
    public void AddBuckets(ReadOnlySpan<byte> word, List<int> buckets)
    {
        if (Buckets == 0 || word.SequenceEqual("</s>"u8))
            return;
        Span<byte> marked = word.Length + 2 <= OnStack ? stackalloc byte[word.Length + 2] : new byte[word.Length + 2];
        (marked[0], marked[^1]) = ((byte)'<', (byte)'>');
        word.CopyTo(marked[1..]);
        for (int start = 0; start < marked.Length; start++)
        {
            if (!IsContinuation(marked[start]))
                AddFrom(marked, start, buckets);
        }
    }

    // FNV-1a, with each byte as a signed number: those above 127 flip the upper bits too.
    private void AddFrom(ReadOnlySpan<byte> word, int start, List<int> buckets)
    {
        uint hash = 2166136261;
        int at = start;
        for (int characters = 1; at < word.Length && characters <= Longest; characters++)
        {
            do
                hash = (hash ^ (uint)(sbyte)word[at++]) * 16777619;
            while (at < word.Length && IsContinuation(word[at]));
            bool isMark = characters == 1 && (start == 0 || at == word.Length);
            if (characters >= Shortest && !isMark)
                buckets.Add((int)(hash % (uint)Buckets));
        }
    }

    private static bool IsContinuation(byte value) => (value & 0xc0) == 0x80;
}
