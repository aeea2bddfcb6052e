using System.Text;

namespace Word2Vec.Queries;

/// <summary>
/// How many insertions, deletions, replacements and swaps of neighbours turn one word into another (optimal string alignment), over
/// characters, case aside. Keeps its memory from word to word; not for several threads at once.
/// </summary>
internal sealed class EditDistance(string target)
{
    private readonly int[] _target = Fold(Encoding.UTF8.GetBytes(target));
    private int[] _other = new int[64];
    private int[] _row = [], _above = [], _aboveThat = [];

    /// <summary>The number of characters of the word that others are measured against.</summary>
    public int Length => _target.Length;

    /// <summary>
    /// Returns the distance to <paramref name="word"/>, or a number above <paramref name="limit"/> as soon as it is known to be above.
    /// </summary>
    public int To(ReadOnlySpan<byte> word, int limit)
    {
        const int LongestCharacter = 4;
        // Cheap and first, since it turns most words away: their bytes hold too many or too few characters.
        if (word.Length < _target.Length - limit || word.Length > (_target.Length + limit) * LongestCharacter)
            return limit + 1;
        int length = Fold(word, ref _other);
        return Math.Abs(length - _target.Length) > limit ? limit + 1 : Align(_other.AsSpan(0, length), limit);
    }

    private int Align(ReadOnlySpan<int> other, int limit)
    {
        if (_row.Length <= other.Length)
            (_row, _above, _aboveThat) = (new int[other.Length + 64], new int[other.Length + 64], new int[other.Length + 64]);
        for (int j = 0; j <= other.Length; j++)
            _row[j] = j;
        for (int i = 1; i <= _target.Length; i++)
        {
            (_aboveThat, _above, _row) = (_above, _row, _aboveThat);
            _row[0] = i;
            int least = i;
            for (int j = 1; j <= other.Length; j++)
            {
                int best = Math.Min(Math.Min(_above[j], _row[j - 1]) + 1, _above[j - 1] + (_target[i - 1] == other[j - 1] ? 0 : 1));
                bool swapped = i > 1 && j > 1 && _target[i - 1] == other[j - 2] && _target[i - 2] == other[j - 1];
                _row[j] = swapped ? Math.Min(best, _aboveThat[j - 2] + 1) : best;
                least = Math.Min(least, _row[j]);
            }

            // No later row falls below: a swap reaches back two rows, whose least is at most one less than this one's, and costs one.
            if (least > limit)
                return limit + 1;
        }

        return _row[other.Length];
    }

    private static int[] Fold(ReadOnlySpan<byte> word)
    {
        var folded = new int[word.Length];
        return folded[..Fold(word, ref folded)];
    }

    private static int Fold(ReadOnlySpan<byte> word, ref int[] folded)
    {
        if (folded.Length < word.Length)
            folded = new int[word.Length];
        int count = 0;
        while (!word.IsEmpty)
        {
            Rune.DecodeFromUtf8(word, out Rune rune, out int used);
            folded[count++] = Rune.ToLowerInvariant(rune).Value;
            word = word[used..];
        }

        return count;
    }
}
