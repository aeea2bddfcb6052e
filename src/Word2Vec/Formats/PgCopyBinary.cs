using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Unicode;
using Word2Vec.Numerics;
using Word2Vec.Vectors;

namespace Word2Vec.Formats;

/// <summary> What PostgreSQL's <c>COPY … FROM … (format binary)</c> takes, for a table <c>(id bigint, word text, vector vector)</c> of
/// pgvector: a
/// header, then for each word its fields, each with its length in front. All numbers are big-endian.
/// </summary>
/// <remarks> Source: https://www.postgresql.org/docs/current/sql-copy.html (Binary Format); pgvector's vector_send: uint16 size, uint16 0,
/// the floats.
/// </remarks>
internal sealed class PgCopyBinary : IVectorFormat
{
    private const int HeaderLength = 19;
    private const int LargestField = 1 << 30;

    private static ReadOnlySpan<byte> Signature => [0x50, 0x47, 0x43, 0x4f, 0x50, 0x59, 0x0a, 0xff, 0x0d, 0x0a, 0x00]; // PGCOPY\n\xff\r\n\0

    public VectorFormatInfo Info { get; } = new(VectorFormat.PgCopyBinary, "pgcopy-binary", "PostgreSQL COPY binary", [".pgcopy"]);

    public bool Recognizes(MappedFile file) => file.From(0).StartsWith(Signature);

    public WordVectors Read(MappedFile file, VectorReadOptions options)
    {
        long at = ReadHeader(file), first = at;
        var fields = new List<(long At, int Length)>();
        if (!ReadFields(file, ref first, fields))
            throw Error(file, at, "is the end, before the first row; at least one was expected");
        Layout layout = Layout.Of(file, fields);
        using var rows = new RowBuffer(layout.Size);
        while ((options.Limit == 0 || rows.Count < options.Limit) && ReadFields(file, ref at, fields))
            AddRow(file, layout, fields, rows);
        return rows.Build();
    }

    public void Write(WordVectors vectors, Stream stream, WriteTarget target)
    {
        PgVector.CheckSize(vectors, target);
        Span<byte> header = stackalloc byte[HeaderLength];
        header.Clear();
        Signature.CopyTo(header);
        stream.Write(header);
        var vector = new byte[sizeof(int) + 2 * sizeof(ushort) + vectors.Size * sizeof(float)];
        BinaryPrimitives.WriteInt32BigEndian(vector, vector.Length - sizeof(int));
        BinaryPrimitives.WriteUInt16BigEndian(vector.AsSpan(sizeof(int)), (ushort)vectors.Size);
        Span<byte> front = stackalloc byte[sizeof(short) + sizeof(int) + sizeof(long) + sizeof(int)];
        BinaryPrimitives.WriteInt16BigEndian(front, 3);
        BinaryPrimitives.WriteInt32BigEndian(front[2..], sizeof(long));
        for (int id = 0; id < vectors.Count; id++)
        {
            PgVector.CheckWord(vectors, id, target);
            ReadOnlySpan<byte> word = vectors.Words.Bytes(id);
            BinaryPrimitives.WriteInt64BigEndian(front[6..], id + 1L);
            BinaryPrimitives.WriteInt32BigEndian(front[14..], word.Length);
            stream.Write(front);
            stream.Write(word);
            Span<byte> components = vector.AsSpan(sizeof(int) + 2 * sizeof(ushort));
            BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<float, int>(vectors[id]), MemoryMarshal.Cast<byte, int>(components));
            stream.Write(vector);
        }

        stream.Write([0xff, 0xff]);
        GC.KeepAlive(vectors);
    }

    private static long ReadHeader(MappedFile file)
    {
        if (file.Length < HeaderLength || !file.From(0).StartsWith(Signature))
            throw Error(file, 0, $"begins {ErrorText.Quote(file.From(0)[..(int)Math.Min(11, file.Length)])}; the signature PGCOPY and a " +
                $"header of {HeaderLength} bytes were expected");
        uint flags = BinaryPrimitives.ReadUInt32BigEndian(file.From(11)), extension = BinaryPrimitives.ReadUInt32BigEndian(file.From(15));
        if (flags >> 16 != 0)
            throw Error(file, 11, $"has the flags 0x{flags:x8}, which change the format (0x00010000: with OIDs); 0 was expected");
        if (extension > file.Length - HeaderLength)
            throw Error(file, 15, $"promises a header extension of {extension} bytes; {file.Length - HeaderLength} are left");
        return HeaderLength + (long)extension;
    }

    // False at the trailer, a count of −1.
    private static bool ReadFields(MappedFile file, ref long at, List<(long At, int Length)> fields)
    {
        fields.Clear();
        if (file.Length - at < sizeof(short))
            throw Error(file, at, "is where the file ends; another row or the trailer, 0xffff, was expected. It is cut short");
        int count = BinaryPrimitives.ReadInt16BigEndian(file.From(at));
        if (count < -1)
            throw Error(file, at, $"has a row of {count} fields");
        at += sizeof(short);
        for (int i = 0; i < count; i++)
        {
            long left = file.Length - at - sizeof(int);
            int length = left < 0 ? 0 : BinaryPrimitives.ReadInt32BigEndian(file.From(at));
            if (left < Math.Max(length, 0) || length < -1 || length > LargestField)
                throw Error(file, at, $"has a field of {length} bytes, where {Math.Max(0, left)} are left; the file is cut short or " +
                    "damaged");
            fields.Add((at + sizeof(int), length));
            at += sizeof(int) + Math.Max(length, 0);
        }

        return count >= 0;
    }

    private static void AddRow(MappedFile file, Layout layout, List<(long At, int Length)> fields, RowBuffer rows)
    {
        if (fields.Count != layout.Columns)
            throw Error(file, fields.Count == 0 ? 0 : fields[0].At, $"begins a row of {fields.Count} fields; {layout.Columns} were " +
                "expected");
        (long wordAt, int wordLength) = fields[layout.Word];
        (long at, int length) = fields[layout.Vector];
        if (wordLength < 0 || length < 0)
            throw Error(file, fields[0].At, "begins a row with NULL in place of a word or a vector; leave such rows out");
        if (Layout.SizeOf(file, fields[layout.Vector]) != layout.Size)
            throw Error(file, at, $"begins a field of {length} bytes; a vector of {layout.Size} components was expected");
        if (!rows.HasRoom(wordLength))
            throw Error(file, wordAt, $"begins a word that makes more than {Array.MaxLength} bytes of words");
        ReadOnlySpan<byte> word = file.From(wordAt)[..wordLength], components = file.From(at)[(2 * sizeof(ushort))..length];
        Span<float> row = rows.Add(word);
        BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<byte, int>(components), MemoryMarshal.Cast<float, int>(row));
        if (!VectorMath.IsFinite(row))
            throw Error(file, at, $"begins the vector of row {rows.Count}, {ErrorText.Quote(word)}, with a component that is infinite " +
                "or not a number");
    }

    private static Word2VecException Error(MappedFile file, long at, string what) =>
        new(ErrorKind.Format, $"The COPY file '{file.Path}' cannot be read: byte {at} {what}.");

    /// <summary>Which fields are the word and the vector.</summary>
    private sealed record Layout(int Columns, int Word, int Vector, int Size)
    {
        /// <summary> Finds them in the first row: a vector says its size, and a text has no byte of zero, which the number of a row has
        /// unless it is
        /// beyond 16 million.
        /// </summary>
        public static Layout Of(MappedFile file, List<(long At, int Length)> fields)
        {
            int vector = fields.FindLastIndex(field => SizeOf(file, field) > 0);
            int word = Enumerable.Range(0, fields.Count).Where(i => i != vector && IsText(file, fields[i])).FirstOrDefault(-1);
            if (vector < 0 || word < 0)
                throw Error(file, fields.Count == 0 ? file.Length : fields[0].At, $"begins a first row of {fields.Count} fields without " +
                    "a word and a vector of pgvector; of a halfvec make a vector in the COPY: copy (select id, word, vector::vector " +
                        "from …) to …");
            return new Layout(fields.Count, word, vector, SizeOf(file, fields[vector]));
        }

        /// <summary>Components of the vector in <paramref name="field"/>; 0 if it is none.</summary>
        public static int SizeOf(MappedFile file, (long At, int Length) field)
        {
            if (field.Length < 2 * sizeof(ushort) + sizeof(float))
                return 0;
            int size = BinaryPrimitives.ReadUInt16BigEndian(file.From(field.At));
            int unused = BinaryPrimitives.ReadUInt16BigEndian(file.From(field.At + sizeof(ushort)));
            return unused == 0 && field.Length == 2 * sizeof(ushort) + size * sizeof(float) ? size : 0;
        }

        private static bool IsText(MappedFile file, (long At, int Length) field)
        {
            if (field.Length < 0)
                return false;
            ReadOnlySpan<byte> bytes = file.From(field.At)[..field.Length];
            return !bytes.Contains((byte)0) && Utf8.IsValid(bytes);
        }
    }
}
