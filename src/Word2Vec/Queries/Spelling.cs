using System.Text;
using Word2Vec.Words;

namespace Word2Vec.Queries;

/// <summary>Finds what a user may have meant.</summary>
internal static class Spelling
{
    /// <summary>
    /// The words of <paramref name="words"/> spelt most like <paramref name="word"/>: first those that differ in case alone, then by edits
    /// (a character inserted, left out or replaced, two neighbours swapped), then by frequency, which is the order of the ids. At most 2
    /// edits away, or a third of a longer word; none if nothing is that near.
    /// </summary>
    public static IReadOnlyList<string> Nearest(WordIndex words, string word, int count = 3)
    {
        OptionCheck.Range(nameof(count), count, 1, int.MaxValue);
        var distance = new EditDistance(word);
        int limit = distance.Length <= 2 ? 1 : Math.Max(2, distance.Length / 3);
        var best = new List<(int Distance, int Id)>();
        for (int id = 0; id < words.Count && limit >= 0; id++)
        {
            int edits = distance.To(words.Bytes(id), limit);
            if (edits > limit)
                continue;
            // Ids rise, so that a word goes behind its equals.
            int place = best.FindLastIndex(other => other.Distance <= edits) + 1;
            best.Insert(place, (edits, id));
            if (best.Count > count)
                best.RemoveAt(count);
            if (best.Count == count)
                limit = best[^1].Distance - 1;
        }

        return best.ConvertAll(each => words[each.Id]);
    }

    /// <summary>
    /// The first <paramref name="count"/> words that begin with <paramref name="prefix"/>, most frequent first: completions for a prompt.
    /// </summary>
    public static IReadOnlyList<string> Completions(WordIndex words, string prefix, int count = 10)
    {
        byte[] start = Encoding.UTF8.GetBytes(prefix);
        var found = new List<string>();
        for (int id = 0; id < words.Count && found.Count < count; id++)
        {
            if (words.Bytes(id).StartsWith(start))
                found.Add(words[id]);
        }

        return found;
    }
}
