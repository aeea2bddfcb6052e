using System.Buffers.Binary;

namespace Word2Vec.Formats;

/// <summary> Goes through the rows of a table's b-tree in order. A page is used once at most, so that what a damaged file makes it read or
/// allocate is
/// bounded by the file's length.
/// </summary>
internal sealed unsafe class SqliteCursor
{
    // SQLite's own limit; a tree of 2^32 pages is lower.
    private const int Deepest = 20;

    private readonly SqliteFile _file;
    private readonly string _table;
    private readonly ulong[] _used;
    private readonly Stack<(long Page, int Next)> _path = new();

    public SqliteCursor(SqliteFile file, string table, long root)
    {
        (_file, _table) = (file, table);
        _used = new ulong[file.Pages / 64 + 1];
        Enter(root, $"the root of {table}");
    }

    /// <summary>The row's number.</summary>
    public long RowId { get; private set; }

    /// <summary>The byte at which the row's record begins.</summary>
    public long At { get; private set; }

    /// <summary>Bytes of the record.</summary>
    public long Length { get; private set; }

    /// <summary>Bytes of the record that lie one behind another from <see cref="At"/> on; the rest is on overflow pages.</summary>
    public int Local { get; private set; }

    /// <summary>Goes to the next row.</summary>
    public bool MoveNext()
    {
        while (_path.TryPop(out (long Page, int Next) top))
        {
            int header = HeaderOf(top.Page);
            ReadOnlySpan<byte> page = _file.Page(top.Page);
            int cells = BinaryPrimitives.ReadUInt16BigEndian(page[(header + 3)..]);
            bool isLeaf = page[header] == SqliteFormat.LeafTable;
            if (top.Next >= cells + (isLeaf ? 0 : 1))
                continue;
            _path.Push((top.Page, top.Next + 1));
            if (isLeaf)
            {
                ReadCell(top.Page, CellAt(top.Page, header + 8, top.Next));
                return true;
            }

            int child = top.Next == cells ? header + 8 : CellAt(top.Page, header + 12, top.Next);
            if (child + sizeof(uint) > page.Length)
                throw Damaged(top.Page, child, "a cell that leaves its page");
            Enter(BinaryPrimitives.ReadUInt32BigEndian(page[child..]), $"byte {_file.OffsetOf(top.Page) + child}");
        }

        return false;
    }

    /// <summary>Copies bytes of the row's record, from <paramref name="from"/> on, also where they lie on overflow pages.</summary>
    public void Copy(long from, Span<byte> target) => CopyRecord(_file, At, Local, from, target);

    /// <summary>The same of a record seen before, whose pages were checked then.</summary>
    public static void CopyRecord(SqliteFile file, long at, int local, long from, Span<byte> target)
    {
        int here = (int)Math.Clamp(local - from, 0, target.Length);
        if (here > 0)
            new ReadOnlySpan<byte>(file.Start + at + from, here).CopyTo(target);
        long next = at + local, skipped = Math.Max(0, from - local);
        for (target = target[here..]; !target.IsEmpty;)
        {
            uint number = BinaryPrimitives.ReadUInt32BigEndian(new ReadOnlySpan<byte>(file.Start + next, sizeof(uint)));
            ReadOnlySpan<byte> page = file.Page(number)[sizeof(uint)..];
            next = file.OffsetOf(number);
            if (skipped >= page.Length)
            {
                skipped -= page.Length;
                continue;
            }

            ReadOnlySpan<byte> part = page[(int)skipped..];
            part = part[..Math.Min(part.Length, target.Length)];
            part.CopyTo(target);
            target = target[part.Length..];
            skipped = 0;
        }
    }

    private static int HeaderOf(long page) => page == 1 ? SqliteFormat.HeaderLength : 0;

    private void Enter(long number, string from)
    {
        Use(number, from);
        int header = HeaderOf(number);
        ReadOnlySpan<byte> page = _file.Page(number);
        int type = page[header];
        if (type is not (SqliteFormat.LeafTable or SqliteFormat.InteriorTable))
            throw Damaged(number, header, $"a page of type {type}, where a table's ({SqliteFormat.LeafTable} or " +
                $"{SqliteFormat.InteriorTable}) was expected");
        int cells = BinaryPrimitives.ReadUInt16BigEndian(page[(header + 3)..]);
        int addresses = header + (type == SqliteFormat.LeafTable ? 8 : 12);
        if (addresses + cells * sizeof(ushort) > page.Length)
            throw Damaged(number, header + 3, $"{cells} cells, which a page of {page.Length} bytes has no room for");
        if (_path.Count >= Deepest)
            throw Damaged(number, 0, $"a tree of more than {Deepest} levels");
        _path.Push((number, 0));
    }

    private void Use(long number, string from)
    {
        if (number < 1 || number > _file.Pages)
            throw _file.Error($"is damaged: {from} names page {number}; there are {_file.Pages}. It may be cut short");
        ref ulong word = ref _used[number / 64];
        ulong bit = 1ul << (int)(number % 64);
        if ((word & bit) != 0)
            throw _file.Error($"is damaged: {from} names page {number}, which is part of {_table} already");
        word |= bit;
    }

    private int CellAt(long number, int addresses, int index)
    {
        ReadOnlySpan<byte> page = _file.Page(number);
        int cell = BinaryPrimitives.ReadUInt16BigEndian(page[(addresses + index * sizeof(ushort))..]);
        if (cell < addresses || cell >= page.Length)
            throw Damaged(number, addresses + index * sizeof(ushort), $"the address {cell} of a cell, which is not in its page");
        return cell;
    }

    private void ReadCell(long number, int cell)
    {
        ReadOnlySpan<byte> page = _file.Page(number);
        int first = SqliteFormat.ReadVarint(page[cell..], out ulong length);
        int second = SqliteFormat.ReadVarint(page[(cell + first)..], out ulong rowid);
        if (first == 0 || second == 0 || length > (ulong)_file.Length)
            throw Damaged(number, cell, $"a row of {length} bytes, which the file has no room for");
        int start = cell + first + second, local = SqliteFormat.LocalLength((long)length, _file.Usable, isIndex: false);
        bool overflows = local < (long)length;
        if (start + local + (overflows ? sizeof(uint) : 0) > page.Length)
            throw Damaged(number, cell, $"a row of {length} bytes that leaves its page");
        (RowId, Length, Local, At) = ((long)rowid, (long)length, local, _file.OffsetOf(number) + start);
        if (overflows)
            CheckOverflow();
    }

    private void CheckOverflow()
    {
        long next = At + Local;
        for (long left = Length - Local; left > 0; left -= _file.Usable - sizeof(uint))
        {
            uint number = BinaryPrimitives.ReadUInt32BigEndian(new ReadOnlySpan<byte>(_file.Start + next, sizeof(uint)));
            Use(number, $"byte {next}");
            next = _file.OffsetOf(number);
        }
    }

    private Word2VecException Damaged(long page, int at, string what) =>
        _file.Error($"is damaged: byte {_file.OffsetOf(page) + at} in {_table} has {what}");
}
