using System.Buffers.Binary;

namespace Word2Vec.Formats;

/// <summary>One page of a b-tree while it is filled: a header and cell addresses from the front, cells from the back.</summary>
/// <remarks>Source: https://www.sqlite.org/fileformat2.html#b_tree_pages.</remarks>
internal sealed class SqlitePage(int pageSize)
{
    private readonly byte[] _bytes = new byte[pageSize];
    private int _header;
    private int _addresses;
    private int _content = pageSize;

    /// <summary>The number of cells so far.</summary>
    public int Cells { get; private set; }

    /// <summary>Bytes that cells and their addresses may still take.</summary>
    public int Free => _content - _addresses - sizeof(ushort) * Cells;

    /// <summary>Empties the page; its b-tree begins at <paramref name="header"/>, which is not 0 on the first page alone.</summary>
    public void Begin(byte type, int header = 0)
    {
        Array.Clear(_bytes);
        _header = header;
        _addresses = header + (type is SqliteFormat.InteriorIndex or SqliteFormat.InteriorTable ? 12 : 8);
        _content = _bytes.Length;
        Cells = 0;
        _bytes[header] = type;
    }

    /// <summary>Appends a cell if there is room for it.</summary>
    public bool TryAdd(ReadOnlySpan<byte> cell)
    {
        if (cell.Length + sizeof(ushort) > Free)
            return false;
        _content -= cell.Length;
        cell.CopyTo(_bytes.AsSpan(_content));
        BinaryPrimitives.WriteUInt16BigEndian(_bytes.AsSpan(_addresses + sizeof(ushort) * Cells), (ushort)_content);
        Cells++;
        return true;
    }

    /// <summary>The page's bytes; <paramref name="lastChild"/> is the subtree behind all cells of an interior page.</summary>
    public Span<byte> Finish(uint lastChild = 0)
    {
        BinaryPrimitives.WriteUInt16BigEndian(_bytes.AsSpan(_header + 3), (ushort)Cells);
        // 65,536 does not fit and is written as 0.
        BinaryPrimitives.WriteUInt16BigEndian(_bytes.AsSpan(_header + 5), (ushort)_content);
        if (lastChild != 0)
            BinaryPrimitives.WriteUInt32BigEndian(_bytes.AsSpan(_header + 8), lastChild);
        return _bytes;
    }
}
