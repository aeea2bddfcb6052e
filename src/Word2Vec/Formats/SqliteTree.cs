using System.Buffers.Binary;

namespace Word2Vec.Formats;

/// <summary>Writes a table's b-tree in the order of its rowids: leaves as they fill, then each level above them, the root last.</summary>
internal sealed class SqliteTree
{
    // A cell of an interior page: a child, a varint of up to nine bytes and the cell's address.
    private const int LargestInteriorCell = 4 + 9 + 2;

    private readonly SqlitePages _pages;
    private readonly SqlitePage _page;
    private List<(uint Page, long Last)> _level = [];
    private long _last;

    public SqliteTree(SqlitePages pages)
    {
        (_pages, _page) = (pages, new SqlitePage(pages.PageSize));
        _page.Begin(SqliteFormat.LeafTable);
    }

    /// <summary>Appends a row, whose <paramref name="rowid"/> is higher than the ones before.</summary>
    public void Add(long rowid, ReadOnlySpan<byte> payload)
    {
        ReadOnlySpan<byte> cell = _pages.Cell([], rowid, payload);
        if (!_page.TryAdd(cell))
        {
            EndLeaf();
            _page.TryAdd(cell);
        }

        _last = rowid;
    }

    /// <summary>Writes what is left; returns the number of the root's page.</summary>
    public uint Finish()
    {
        EndLeaf();
        while (_level.Count > 1)
            _level = Above(_level);
        return _level[0].Page;
    }

    private void EndLeaf()
    {
        _level.Add((_pages.Write(_page.Finish()), _last));
        _page.Begin(SqliteFormat.LeafTable);
    }

    // The children are spread evenly, so that no page is left with one alone, which would have no cell.
    private List<(uint Page, long Last)> Above(List<(uint Page, long Last)> children)
    {
        int most = (_pages.PageSize - 12) / LargestInteriorCell + 1, pages = (children.Count + most - 1) / most;
        var level = new List<(uint Page, long Last)>(pages);
        Span<byte> cell = stackalloc byte[LargestInteriorCell];
        for (int i = 0; i < pages; i++)
        {
            int start = (int)((long)children.Count * i / pages), last = (int)((long)children.Count * (i + 1) / pages) - 1;
            _page.Begin(SqliteFormat.InteriorTable);
            foreach ((uint page, long key) in children[start..last])
            {
                BinaryPrimitives.WriteUInt32BigEndian(cell, page);
                _page.TryAdd(cell[..(sizeof(uint) + SqliteFormat.WriteVarint(cell[sizeof(uint)..], (ulong)key))]);
            }

            level.Add((_pages.Write(_page.Finish(children[last].Page)), children[last].Last));
        }

        return level;
    }
}
