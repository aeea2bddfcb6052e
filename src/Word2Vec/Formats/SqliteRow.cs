using System.Buffers.Binary;
using System.Text;

namespace Word2Vec.Formats;

/// <summary>The columns of the row that a <see cref="SqliteCursor"/> stands on.</summary>
/// <remarks>Source: https://www.sqlite.org/fileformat2.html#record_format.</remarks>
internal sealed unsafe class SqliteRow(SqliteFile file, SqliteCursor cursor)
{
    // SQLite's own limit is 2,000 columns by default.
    private const int MostColumns = 32_767;

    private readonly List<Value> _values = [];

    /// <summary>The number of columns that are stored; those that were added to the table later may be missing.</summary>
    public int Columns => _values.Count;

    /// <summary>Column <paramref name="index"/>; NULL where it is not stored.</summary>
    public Value this[int index] => index < _values.Count ? _values[index] : default;

    /// <summary>Reads the types of the columns of the cursor's row.</summary>
    public void Read()
    {
        _values.Clear();
        var local = new ReadOnlySpan<byte>(file.Start + cursor.At, cursor.Local);
        int at = SqliteFormat.ReadVarint(local, out ulong header);
        if (at == 0 || header > (ulong)local.Length || header < (ulong)at)
            throw Damaged($"a record's header of {header} bytes, where up to {local.Length} were expected");
        long offset = (long)header;
        for (ReadOnlySpan<byte> types = local[at..(int)header]; !types.IsEmpty;)
        {
            int used = SqliteFormat.ReadVarint(types, out ulong type);
            if (used == 0 || _values.Count == MostColumns)
                throw Damaged("a record whose header is cut short");
            long length = LengthOf(type);
            if (length > cursor.Length - offset)
                throw Damaged($"a column of {length} bytes in a record that has {cursor.Length - offset} left");
            _values.Add(new Value(KindOf(type), type, offset, length));
            offset += length;
            types = types[used..];
        }
    }

    /// <summary>A column's bytes: where they lie, or a copy if that is on more than one page.</summary>
    public ReadOnlySpan<byte> Span(Value value)
    {
        if (value.Offset + value.Length <= cursor.Local)
            return new ReadOnlySpan<byte>(file.Start + cursor.At + value.Offset, (int)value.Length);
        var bytes = new byte[value.Length];
        cursor.Copy(value.Offset, bytes);
        return bytes;
    }

    /// <summary>A column's text.</summary>
    public string Text(Value value) => Encoding.UTF8.GetString(Span(value));

    /// <summary>The integer in a column of that kind.</summary>
    public long Integer(Value value)
    {
        if (value.Type is 8 or 9)
            return (long)value.Type - 8;
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        cursor.Copy(value.Offset, bytes[^(int)value.Length..]);
        return BinaryPrimitives.ReadInt64BigEndian(bytes) << (64 - 8 * (int)value.Length) >> (64 - 8 * (int)value.Length);
    }

    /// <summary>An error about the cursor's row.</summary>
    public Word2VecException Damaged(string what) => file.Error($"is damaged: byte {cursor.At}, row {cursor.RowId}, has {what}");

    private static long LengthOf(ulong type) => type switch
    {
        <= 4 => (long)type,
        5 => 6,
        6 or 7 => 8,
        < 12 => 0,
        _ => (long)((type - 12) / 2),
    };

    private static SqliteKind KindOf(ulong type) => type switch
    {
        0 or 10 or 11 => SqliteKind.Null,
        7 => SqliteKind.Real,
        < 12 => SqliteKind.Integer,
        _ => type % 2 == 0 ? SqliteKind.Blob : SqliteKind.Text,
    };

    /// <summary>Where a column lies in its record.</summary>
    internal readonly record struct Value(SqliteKind Kind, ulong Type, long Offset, long Length);
}

/// <summary>What a column of a row holds.</summary>
internal enum SqliteKind
{
    Null,
    Integer,
    Real,
    Text,
    Blob,
}
