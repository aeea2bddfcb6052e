using System.Runtime.InteropServices;
using System.Text;

namespace Word2Vec.Formats;

/// <summary>Writes structures in Thrift's compact protocol, in which Parquet has its footer and the headers of its pages.</summary>
/// <remarks>Source: https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md.</remarks>
internal sealed class ThriftWriter
{
    private readonly List<byte> _bytes = [];
    private readonly Stack<int> _outer = new();
    private int _lastField;

    /// <summary>What was written so far.</summary>
    public ReadOnlySpan<byte> Bytes => CollectionsMarshal.AsSpan(_bytes);

    public ThriftWriter Int32(int field, int value) => Integer(field, ThriftType.Int32, value);

    public ThriftWriter Int64(int field, long value) => Integer(field, ThriftType.Int64, value);

    public ThriftWriter Text(int field, string value)
    {
        Field(field, ThriftType.Binary);
        return Text(value);
    }

    /// <summary>A text that is an element of a list.</summary>
    public ThriftWriter Text(string value)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(value);
        Varint((ulong)utf8.Length);
        _bytes.AddRange(utf8);
        return this;
    }

    /// <summary>Begins a structure that is field <paramref name="field"/> of the one before; <see cref="End"/> ends it.</summary>
    public ThriftWriter Struct(int field)
    {
        Field(field, ThriftType.Struct);
        return Element();
    }

    /// <summary>Begins a structure that is an element of a list.</summary>
    public ThriftWriter Element()
    {
        _outer.Push(_lastField);
        _lastField = 0;
        return this;
    }

    /// <summary>Ends a structure, also the outermost one.</summary>
    public ThriftWriter End()
    {
        _bytes.Add(0);
        _lastField = _outer.TryPop(out int last) ? last : 0;
        return this;
    }

    /// <summary>Begins a list of <paramref name="count"/> elements, which follow.</summary>
    public ThriftWriter List(int field, ThriftType type, int count)
    {
        const int Short = 15;
        Field(field, ThriftType.List);
        _bytes.Add((byte)(Math.Min(count, Short) << 4 | (int)type));
        if (count >= Short)
            Varint((ulong)count);
        return this;
    }

    /// <summary>A number that is an element of a list.</summary>
    public ThriftWriter Integer(long value)
    {
        Varint((ulong)(value << 1 ^ value >> 63));
        return this;
    }

    private ThriftWriter Integer(int field, ThriftType type, long value)
    {
        Field(field, type);
        return Integer(value);
    }

    // Our fields come in order and less than 16 apart.
    private void Field(int field, ThriftType type)
    {
        _bytes.Add((byte)((field - _lastField) << 4 | (int)type));
        _lastField = field;
    }

    private void Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            _bytes.Add((byte)(value | 0x80));
        _bytes.Add((byte)value);
    }
}

/// <summary>The types of the compact protocol.</summary>
internal enum ThriftType
{
    True = 1,
    False = 2,
    Byte = 3,
    Int16 = 4,
    Int32 = 5,
    Int64 = 6,
    Double = 7,
    Binary = 8,
    List = 9,
    Set = 10,
    Map = 11,
    Struct = 12,
}
