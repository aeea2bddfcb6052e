using System.Text;

namespace Word2Vec.Formats;

/// <summary>A structure read in Thrift's compact protocol: its fields by their numbers.</summary>
/// <remarks>Source: https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md.</remarks>
internal sealed class ThriftStruct
{
    private const int Deepest = 16;

    // A value of one byte in the file takes up to 125 here, a structure more.
    private const long ValuesOfAnyFile = 1 << 18, BytesPerValue = 128;

    private readonly Dictionary<int, object> _fields = [];

    /// <summary>Reads the structure at <paramref name="at"/>, which goes behind it and stays below <paramref name="end"/>.</summary>
    /// <exception cref="Word2VecException">There is none; the message names the byte.</exception>
    public static ThriftStruct Read(MappedFile file, ref long at, long end)
    {
        var reader = new Reader(file, at, end);
        ThriftStruct result = reader.Struct(0);
        at = reader.At;
        return result;
    }

    /// <summary>The number in <paramref name="field"/>; null if it is not there.</summary>
    public long? Integer(int field) => _fields.GetValueOrDefault(field) as long?;

    public string? Text(int field) => _fields.GetValueOrDefault(field) is byte[] bytes ? Encoding.UTF8.GetString(bytes) : null;

    public ThriftStruct? Struct(int field) => _fields.GetValueOrDefault(field) as ThriftStruct;

    /// <summary>The structures in a list; none if it is not there.</summary>
    public IReadOnlyList<ThriftStruct> Structs(int field) =>
        _fields.GetValueOrDefault(field) is List<object> list ? [.. list.OfType<ThriftStruct>()] : [];

    /// <summary>There are only so many values as twice the file's size has room for, and a quarter of a million more.</summary>
    private sealed class Reader(MappedFile file, long at, long end)
    {
        private long _valuesLeft = ValuesOfAnyFile + file.Length / BytesPerValue;

        public long At { get; private set; } = at;

        public ThriftStruct Struct(int depth)
        {
            if (depth > Deepest)
                throw Damaged($"begins structures {Deepest} deep in each other");
            var result = new ThriftStruct();
            int last = 0;
            for (byte head = Byte(); head != 0; head = Byte())
            {
                last = head >> 4 != 0 ? last + (head >> 4) : (int)(short)ZigZag();
                result._fields[last] = Value((ThriftType)(head & 15), depth, isElement: false);
            }

            return result;
        }

        private object Value(ThriftType type, int depth, bool isElement)
        {
            _valuesLeft -= type == ThriftType.Struct ? 2 : 1;
            if (_valuesLeft < 0)
                throw Damaged($"begins more values than a file of {file.Length} bytes has use for");
            switch (type)
            {
                case ThriftType.True or ThriftType.False:
                    return isElement ? (long)Byte() : type == ThriftType.True ? 1L : 0L;
                case ThriftType.Byte:
                    return (long)(sbyte)Byte();
                case ThriftType.Int16 or ThriftType.Int32 or ThriftType.Int64:
                    return ZigZag();
                case ThriftType.Double:
                    return BitConverter.ToDouble(Bytes(sizeof(double)));
                case ThriftType.Binary:
                    return Bytes(Varint());
                case ThriftType.List or ThriftType.Set:
                    return List(depth);
                case ThriftType.Struct:
                    return Struct(depth + 1);
                default:
                    throw Damaged($"has a field of type {(int)type}");
            }
        }

        private List<object> List(int depth)
        {
            byte head = Byte();
            ulong count = head >> 4 == 15 ? Varint() : (ulong)(head >> 4);
            if (count > (ulong)(end - At))
                throw Damaged($"begins a list of {count} elements, which {end - At} bytes have no room for");
            if (depth > Deepest)
                throw Damaged($"begins lists {Deepest} deep in each other");
            var list = new List<object>();
            for (ulong i = 0; i < count; i++)
                list.Add(Value((ThriftType)(head & 15), depth + 1, isElement: true));
            return list;
        }

        private byte[] Bytes(ulong length)
        {
            if (length > (ulong)(end - At))
                throw Damaged($"begins {length} bytes of text, where {end - At} are left");
            byte[] bytes = file.From(At)[..(int)length].ToArray();
            At += (long)length;
            return bytes;
        }

        private long ZigZag()
        {
            ulong value = Varint();
            return (long)(value >> 1) ^ -(long)(value & 1);
        }

        private ulong Varint()
        {
            ulong value = 0;
            for (int shift = 0; shift < 64; shift += 7)
            {
                byte next = Byte();
                value |= (next & 0x7ful) << shift;
                if (next < 0x80)
                    return value;
            }

            throw Damaged("ends a number of more than 64 bits");
        }

        private byte Byte()
        {
            if (At >= end)
                throw Damaged("is where a structure should go on and its bytes end");
            return file.From(At++)[0];
        }

        private Word2VecException Damaged(string what) =>
            new(ErrorKind.Format, $"The Parquet file '{file.Path}' is damaged: byte {At} {what}.");
    }
}
