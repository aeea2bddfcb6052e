using System.Buffers.Binary;

namespace Word2Vec.Formats;

/// <summary>The pages of a database, written from front to back; a page's number is its place, from 1.</summary>
internal sealed class SqlitePages(Stream stream, int pageSize)
{
    // SQLite locks bytes from here on; the page that holds them is never used.
    private const long LockedByte = 1L << 30;

    private readonly byte[] _overflow = new byte[pageSize];
    private readonly byte[] _cell = new byte[pageSize];

    public int PageSize => pageSize;

    /// <summary>The number of pages written.</summary>
    public uint Count { get; private set; }

    /// <summary>Appends a page; returns its number.</summary>
    public uint Write(ReadOnlySpan<byte> page)
    {
        if (Count == LockedPage - 1)
        {
            stream.Write(new byte[pageSize]);
            Count++;
        }

        stream.Write(page);
        return ++Count;
    }

    /// <summary>
    /// Makes a cell: <paramref name="prefix"/> (the child of an interior page), the payload's length, <paramref name="rowid"/> if it is not
    /// null, and as much of the payload as belongs into the page. The rest of it is written to overflow pages. Valid until the next call.
    /// </summary>
    public ReadOnlySpan<byte> Cell(ReadOnlySpan<byte> prefix, long? rowid, ReadOnlySpan<byte> payload)
    {
        int local = SqliteFormat.LocalLength(payload.Length, pageSize, isIndex: rowid is null);
        prefix.CopyTo(_cell);
        int at = prefix.Length + SqliteFormat.WriteVarint(_cell.AsSpan(prefix.Length), (ulong)payload.Length);
        if (rowid is { } number)
            at += SqliteFormat.WriteVarint(_cell.AsSpan(at), (ulong)number);
        payload[..local].CopyTo(_cell.AsSpan(at));
        at += local;
        if (local < payload.Length)
        {
            BinaryPrimitives.WriteUInt32BigEndian(_cell.AsSpan(at), Behind(Count));
            at += sizeof(uint);
            WriteOverflow(payload[local..]);
        }

        return _cell.AsSpan(0, at);
    }

    /// <summary>Bytes that <see cref="Cell"/> makes of an index's payload of <paramref name="length"/> bytes, and of its address.</summary>
    public int IndexCellLength(int length, bool isLeaf)
    {
        int local = SqliteFormat.LocalLength(length, pageSize, isIndex: true);
        int child = isLeaf ? 0 : sizeof(uint), overflow = local < length ? sizeof(uint) : 0;
        return child + SqliteFormat.VarintLength((ulong)length) + local + overflow + sizeof(ushort);
    }

    private void WriteOverflow(ReadOnlySpan<byte> rest)
    {
        while (!rest.IsEmpty)
        {
            int part = Math.Min(rest.Length, pageSize - sizeof(uint));
            Array.Clear(_overflow);
            uint next = part == rest.Length ? 0 : Behind(Behind(Count));
            BinaryPrimitives.WriteUInt32BigEndian(_overflow, next);
            rest[..part].CopyTo(_overflow.AsSpan(sizeof(uint)));
            Write(_overflow);
            rest = rest[part..];
        }
    }

    private uint LockedPage => (uint)(LockedByte / pageSize) + 1;

    // The number of the page that will be written when `page` was the last.
    private uint Behind(uint page) => page + 1 == LockedPage ? page + 2 : page + 1;
}
