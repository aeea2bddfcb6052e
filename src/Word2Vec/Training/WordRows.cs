using Word2Vec.Words;

namespace Word2Vec.Training;

/// <summary>The input rows that a word's vector is the mean of: its own, and those of its n-grams' buckets, which lie behind the words'.</summary>
internal sealed class WordRows
{
    private readonly RowLists _lists;

    private WordRows(RowLists lists) => _lists = lists;

    /// <summary>Rows of the word that has most.</summary>
    public int Most => _lists.Longest;

    /// <summary>The rows of <paramref name="word"/>, its own first; one that stands there twice counts twice.</summary>
    public ReadOnlySpan<int> this[int word] => _lists[word];

    /// <summary>The rows of all words, with n-grams as <paramref name="subwords"/> says.</summary>
    public static WordRows Of(WordIndex words, SubwordOptions? subwords)
    {
        var ngrams = new Ngrams(subwords?.ShortestNgram ?? 0, subwords?.LongestNgram ?? 0, subwords?.Buckets ?? 0);
        return new WordRows(new RowLists(words.Count, (word, rows) =>
        {
            ngrams.AddBuckets(words.Bytes(word), rows);
            for (int i = 0; i < rows.Count; i++)
                rows[i] += words.Count;
            rows.Insert(0, word);
        }));
    }
}
