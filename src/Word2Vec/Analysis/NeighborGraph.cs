using Word2Vec.Numerics;

namespace Word2Vec.Analysis;

/// <summary>A symmetric matrix of weights between neighbours.</summary>
/// <param name="Offsets">Where the neighbours of each point begin, and where those of the last end.</param>
/// <param name="Neighbors">The neighbours of each point in the order of their ids.</param>
/// <param name="Weights">Their weights.</param>
internal sealed record NeighborGraph(int[] Offsets, int[] Neighbors, float[] Weights)
{
    public int Count => Offsets.Length - 1;

    /// <summary>
    /// Makes a graph of lists in which a may be a neighbour of b without the other way round: the weight of a pair is <paramref
    /// name="combine"/> of both, 0 where one is not listed. It must not depend on their order.
    /// </summary>
    public static NeighborGraph Symmetric(NeighborLists lists, float[] weights, Func<float, float, float> combine)
    {
        int n = lists.Count, size = lists.Size;
        int[] columns = [.. lists.Ids];
        float[] values = [.. weights];
        for (int id = 0; id < n; id++)
            columns.AsSpan(id * size, size).Sort(values.AsSpan(id * size, size));
        int[] starts = [.. Enumerable.Range(0, n + 1).Select(id => id * size)];
        var own = new SparseMatrix(starts, columns, values, n);
        SparseMatrix other = own.Transpose();
        var offsets = new int[n + 1];
        for (int id = 0; id < n; id++)
            offsets[id + 1] = checked(offsets[id] + Merge(own, other, id, combine, [], []));
        var (neighbors, merged) = (new int[offsets[n]], new float[offsets[n]]);
        for (int id = 0; id < n; id++)
            Merge(own, other, id, combine, neighbors.AsSpan(offsets[id]..offsets[id + 1]), merged.AsSpan(offsets[id]..offsets[id + 1]));
        return new NeighborGraph(offsets, neighbors, merged);
    }

    // Counts the neighbours of both rows, and writes them where there is room.
    private static int Merge(
        SparseMatrix own, SparseMatrix other, int id, Func<float, float, float> combine, Span<int> neighbors, Span<float> weights)
    {
        int i = own.Offsets[id], iEnd = own.Offsets[id + 1], j = other.Offsets[id], jEnd = other.Offsets[id + 1], count = 0;
        while (i < iEnd || j < jEnd)
        {
            int left = i < iEnd ? own.Columns[i] : int.MaxValue, right = j < jEnd ? other.Columns[j] : int.MaxValue;
            float a = left <= right ? own.Values[i++] : 0, b = right <= left ? other.Values[j++] : 0;
            if (!neighbors.IsEmpty)
                (neighbors[count], weights[count]) = (Math.Min(left, right), combine(a, b));
            count++;
        }

        return count;
    }
}
