namespace Word2Vec.Numerics;

/// <summary>Rows sorted by the group each belongs to.</summary>
internal sealed class RowGroups
{
    private readonly int[] _starts;
    private int[] _rows = [];

    /// <summary>Makes room for <paramref name="count"/> groups.</summary>
    public RowGroups(int count) => _starts = new int[count + 1];

    /// <summary>The number of groups.</summary>
    public int Count => _starts.Length - 1;

    /// <summary>The rows of a group, in the order that they came in.</summary>
    public ReadOnlySpan<int> this[int group] => _rows.AsSpan(_starts[group].._starts[group + 1]);

    /// <summary>Sorts the rows, whose groups are <paramref name="groupOf"/>: the rows from 0 on, or <paramref name="rows"/>.</summary>
    public void Sort(ReadOnlySpan<int> groupOf, ReadOnlySpan<int> rows = default)
    {
        if (_rows.Length != groupOf.Length)
            _rows = new int[groupOf.Length];
        Array.Clear(_starts);
        foreach (int group in groupOf)
            _starts[group + 1]++;
        for (int group = 0; group < Count; group++)
            _starts[group + 1] += _starts[group];
        int[] next = _starts[..^1];
        for (int i = 0; i < groupOf.Length; i++)
            _rows[next[groupOf[i]]++] = rows.IsEmpty ? i : rows[i];
    }
}
