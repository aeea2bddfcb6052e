namespace Word2Vec.Training;

/// <summary>A list of numbers for each word: the input rows that it is the mean of, or its way through the tree.</summary>
internal sealed class RowLists
{
    /// <summary>Bytes that a list takes besides its numbers.</summary>
    public const int BytesAList = 32;

    private readonly int[][] _lists;

    /// <summary>Asks <paramref name="fill"/> for the list of each word in turn; it gets an empty one.</summary>
    public RowLists(int words, Action<int, List<int>> fill)
    {
        _lists = new int[words][];
        var list = new List<int>();
        for (int word = 0; word < words; word++)
        {
            list.Clear();
            fill(word, list);
            _lists[word] = [.. list];
            Longest = Math.Max(Longest, list.Count);
        }
    }

    /// <summary>The longest list.</summary>
    public int Longest { get; }

    /// <summary>The list of <paramref name="word"/>.</summary>
    public ReadOnlySpan<int> this[int word] => _lists[word];
}
