using System.Buffers.Binary;

namespace Word2Vec.Formats;

/// <summary>A row in SQLite's record format, filled value by value: the columns' types in front, then their bytes.</summary>
/// <remarks>Source: https://www.sqlite.org/fileformat2.html#record_format.</remarks>
internal sealed class SqliteRecord
{
    // A header of up to seven columns, each type of up to nine bytes, is written in front of the values once these are known.
    private const int Reserved = 64;
    private const int MostColumns = 7;

    private readonly ulong[] _types = new ulong[MostColumns];
    private byte[] _bytes = new byte[1024];
    private int _columns;
    private int _end = Reserved;

    /// <summary>Begins an empty record.</summary>
    public SqliteRecord Clear()
    {
        (_columns, _end) = (0, Reserved);
        return this;
    }

    /// <summary>Appends NULL, which also stands for a column that is the rowid.</summary>
    public SqliteRecord Null() => Add(0, []);

    public SqliteRecord Text(ReadOnlySpan<byte> utf8) => Add(13 + 2 * (ulong)utf8.Length, utf8);

    public SqliteRecord Blob(ReadOnlySpan<byte> bytes) => Add(12 + 2 * (ulong)bytes.Length, bytes);

    /// <summary>Appends an integer in as few bytes as there are a type for.</summary>
    public SqliteRecord Integer(long value)
    {
        if (value is 0 or 1)
            return Add(8 + (ulong)value, []);
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        ReadOnlySpan<int> widths = [1, 2, 3, 4, 6, 8];
        int type = 0;
        while (widths[type] < 8 && value >> (8 * widths[type] - 1) is not (0 or -1))
            type++;
        return Add((ulong)type + 1, bytes[^widths[type]..]);
    }

    /// <summary>The finished record, valid until the next change.</summary>
    public ReadOnlySpan<byte> Payload()
    {
        int header = 1;
        for (int i = 0; i < _columns; i++)
            header += SqliteFormat.VarintLength(_types[i]);
        int start = Reserved - header, at = start;
        _bytes[at++] = (byte)header;
        for (int i = 0; i < _columns; i++)
            at += SqliteFormat.WriteVarint(_bytes.AsSpan(at), _types[i]);
        return _bytes.AsSpan(start, _end - start);
    }

    private SqliteRecord Add(ulong type, ReadOnlySpan<byte> value)
    {
        _types[_columns++] = type;
        int end = checked(_end + value.Length);
        if (end > _bytes.Length)
            Array.Resize(ref _bytes, (int)Math.Min(Array.MaxLength, Math.Max(end, 2L * _bytes.Length)));
        value.CopyTo(_bytes.AsSpan(_end));
        _end = end;
        return this;
    }
}
