using System.Buffers.Binary;

namespace Word2Vec.Formats;

/// <summary> Writes an index's b-tree from entries in their order. Unlike a table's, each entry stands once: those between two pages stand
/// in the
/// page above them.
/// </summary>
/// <param name="pages">Where the pages go.</param>
/// <param name="fill">Makes the record of an entry, given its place in the order.</param>
internal sealed class SqliteIndexTree(SqlitePages pages, Action<int, SqliteRecord> fill)
{
    private readonly SqliteRecord _record = new();
    private readonly SqlitePage _page = new(pages.PageSize);

    /// <summary> Writes the leaves of <paramref name="count"/> entries and each level above; returns the number of the root's page.
    /// </summary>
    public uint Write(int count)
    {
        List<(int Entry, uint Child)>? level = null;
        uint last = 0;
        do
            last = WriteLevel(ref level, level?.Count ?? count, last);
        while (level!.Count > 0);
        return last;
    }

    // A null level are the leaves, which hold all entries in order and no children. Returns the last page and leaves in `level` the entries
    // that go up, each with the page before it.
    private uint WriteLevel(ref List<(int Entry, uint Child)>? level, int count, uint lastChild)
    {
        var above = new List<(int Entry, uint Child)>();
        List<int> dividers = Divide(level, count);
        int start = 0;
        uint page = 0;
        for (int i = 0; i <= dividers.Count; i++)
        {
            bool isLast = i == dividers.Count;
            int end = isLast ? count : dividers[i];
            _page.Begin(level is null ? SqliteFormat.LeafIndex : SqliteFormat.InteriorIndex);
            for (int item = start; item < end; item++)
                AddCell(level, item);
            uint behind = level is null ? 0 : isLast ? lastChild : level[end].Child;
            page = pages.Write(_page.Finish(behind));
            if (!isLast)
                above.Add((level?[end].Entry ?? end, page));
            start = end + 1;
        }

        level = above;
        return page;
    }

    // The items that no longer fit into a page and go up. An item behind the last of them must remain, or a page would be empty.
    private List<int> Divide(List<(int Entry, uint Child)>? level, int count)
    {
        int room = pages.PageSize - (level is null ? 8 : 12), used = 0;
        var dividers = new List<int>();
        for (int item = 0; item < count; item++)
        {
            fill(level?[item].Entry ?? item, _record.Clear());
            int length = pages.IndexCellLength(_record.Payload().Length, level is null);
            bool fits = used + length <= room;
            used = fits ? used + length : 0;
            if (!fits)
                dividers.Add(item);
        }

        if (dividers.Count > 0 && dividers[^1] == count - 1)
            dividers[^1]--;
        return dividers;
    }

    private void AddCell(List<(int Entry, uint Child)>? level, int item)
    {
        Span<byte> child = stackalloc byte[sizeof(uint)];
        if (level is not null)
            BinaryPrimitives.WriteUInt32BigEndian(child, level[item].Child);
        fill(level?[item].Entry ?? item, _record.Clear());
        _page.TryAdd(pages.Cell(level is null ? [] : child, null, _record.Payload()));
    }
}
