namespace Word2Vec.Formats;

/// <summary>
/// The rows of which a word's vector is the mean: its own, and those of the n-grams of its characters between &lt; and &gt;, which share
/// rows by their hash.
/// </summary>
/// <remarks>
/// Source: Bojanowski et al. 2017, "Enriching Word Vectors with Subword Information", section 3.2; the hash and what counts as an n-gram as
/// in fastText's dictionary.cc, computeSubwords.
/// </remarks>
internal sealed class FastTextSubwords(FastTextHeader header, int wordCount)
{
    private byte[] _word = new byte[64];

    /// <summary>Puts the rows of <paramref name="word"/>, whose number is <paramref name="id"/>, into <paramref name="rows"/>.</summary>
    public void Find(ReadOnlySpan<byte> word, int id, List<int> rows)
    {
        rows.Clear();
        rows.Add(id);
        if (word.SequenceEqual("</s>"u8))
            return;
        if (_word.Length < word.Length + 2)
            _word = new byte[2 * word.Length + 2];
        Span<byte> marked = _word.AsSpan(0, word.Length + 2);
        (marked[0], marked[^1]) = ((byte)'<', (byte)'>');
        word.CopyTo(marked[1..]);
        for (int start = 0; start < marked.Length; start++)
        {
            if (!IsContinuation(marked[start]))
                AddFrom(marked, start, rows);
        }
    }

    // FNV-1a, with each byte as a signed number: those above 127 flip the upper bits too.
    private void AddFrom(ReadOnlySpan<byte> word, int start, List<int> rows)
    {
        uint hash = 2166136261;
        int at = start;
        for (int characters = 1; at < word.Length && characters <= header.LongestNgram; characters++)
        {
            do
                hash = (hash ^ (uint)(sbyte)word[at++]) * 16777619;
            while (at < word.Length && IsContinuation(word[at]));
            bool isMark = characters == 1 && (start == 0 || at == word.Length);
            if (characters >= header.ShortestNgram && !isMark)
                rows.Add(wordCount + (int)(hash % (uint)header.Buckets));
        }
    }

    private static bool IsContinuation(byte value) => (value & 0xc0) == 0x80;
}
