namespace Word2Vec.Analysis;

/// <summary>
/// The nearest neighbours of every row, itself left out: <paramref name="Size"/> each, the nearest first, of equally near ones the lower
/// id.
/// </summary>
/// <param name="Ids">The neighbours' rows.</param>
/// <param name="Squares">The squares of their distances.</param>
internal sealed record NeighborLists(int Size, int[] Ids, float[] Squares)
{
    public int Count => Size == 0 ? 0 : Ids.Length / Size;
}
