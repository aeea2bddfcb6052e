using Word2Vec.Numerics;

namespace Word2Vec.Vectors;

/// <summary>Which words each text holds, and how often.</summary>
internal sealed class TermCounts
{
    private readonly List<int> _offsets = [0];
    private readonly List<int> _ids = [];
    private readonly List<int> _counts = [];

    /// <summary>The number of texts.</summary>
    public int Texts => _offsets.Count - 1;

    /// <summary>Adds a text whose words are <paramref name="ids"/>, which come back sorted.</summary>
    public void Add(Span<int> ids)
    {
        ids.Sort();
        for (int i = 0; i < ids.Length; i++)
        {
            if (i > 0 && ids[i] == ids[i - 1])
            {
                _counts[^1]++;
                continue;
            }

            _ids.Add(ids[i]);
            _counts.Add(1);
        }

        _offsets.Add(_ids.Count);
    }

    /// <summary>How many texts hold each of <paramref name="terms"/> words.</summary>
    public long[] TextsWith(int terms)
    {
        var counts = new long[terms];
        foreach (int id in _ids)
            counts[id]++;
        return counts;
    }

    /// <summary>
    /// The matrix with a row for each text and a column for each word of <paramref name="kept"/>, of <paramref name="terms"/> words: occurrences
    /// times weight, each row divided by its length.
    /// </summary>
    public SparseMatrix Weighted(int[] kept, int terms, double[] weights)
    {
        var columnOf = new int[terms];
        Array.Fill(columnOf, -1);
        for (int column = 0; column < kept.Length; column++)
            columnOf[kept[column]] = column;
        var offsets = new int[Texts + 1];
        List<int> columns = new(_ids.Count);
        List<float> values = new(_ids.Count);
        for (int text = 0; text < Texts; text++)
        {
            AddRow(text, columnOf, weights, columns, values);
            offsets[text + 1] = columns.Count;
        }

        return new SparseMatrix(offsets, [.. columns], [.. values], kept.Length);
    }

    private void AddRow(int text, int[] columnOf, double[] weights, List<int> columns, List<float> values)
    {
        double squares = 0;
        for (int place = _offsets[text]; place < _offsets[text + 1]; place++)
        {
            if (columnOf[_ids[place]] >= 0)
                squares += Math.Pow(_counts[place] * weights[columnOf[_ids[place]]], 2);
        }

        for (int place = _offsets[text]; place < _offsets[text + 1]; place++)
        {
            if (columnOf[_ids[place]] is >= 0 and int column)
            {
                columns.Add(column);
                values.Add((float)(_counts[place] * weights[column] / Math.Sqrt(squares)));
            }
        }
    }
}
