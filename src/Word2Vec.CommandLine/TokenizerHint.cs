using System.Text.Unicode;
using Word2Vec.Words;

namespace Word2Vec.CommandLine;

/// <summary>Notices text that was written for people and split at spaces only, or that is not UTF-8.</summary>
internal static class TokenizerHint
{
    // A tokenized corpus has next to none; English prose has about a tenth of each.
    private const double LargeShare = 0.05;

    /// <summary>
    /// True where words with a capital before a small letter, or with a punctuation mark at the end, make up a large share of the corpus.
    /// Codes such as <c>A12-03</c> are neither.
    /// </summary>
    public static bool LooksLikeProse(Vocabulary vocabulary)
    {
        long marked = 0;
        for (int id = 0; id < vocabulary.Count; id++)
        {
            if (IsMarked(vocabulary.Words.Bytes(id)))
                marked += vocabulary.Counts[id];
        }

        return marked > LargeShare * vocabulary.TotalCount;
    }

    /// <summary>How many words are not UTF-8: all of a text in another encoding that are not ASCII.</summary>
    public static int NotUtf8(Vocabulary vocabulary)
    {
        int count = 0;
        for (int id = 0; id < vocabulary.Count; id++)
            count += Utf8.IsValid(vocabulary.Words.Bytes(id)) ? 0 : 1;
        return count;
    }

    private static bool IsMarked(ReadOnlySpan<byte> word)
    {
        bool capital = word.Length > 1 && char.IsAsciiLetterUpper((char)word[0]) && char.IsAsciiLetterLower((char)word[1]);
        return capital || (word.Length > 1 && ".,;:!?\")'"u8.Contains(word[^1]) && char.IsAsciiLetter((char)word[0]));
    }
}
