using System.Buffers.Binary;

namespace Word2Vec.Formats;

/// <summary>What stands before the numbers of a .npy file, versions 1.0, 2.0 and 3.0.</summary>
internal static class NumPyHeader
{
    private const int Longest = 1 << 16;

    /// <summary>The first bytes of every .npy file.</summary>
    public static ReadOnlySpan<byte> Mark => new byte[] { 0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y' };

    /// <summary>Finds the rows that <paramref name="file"/>, which <paramref name="title"/> names in errors, says to hold.</summary>
    /// <exception cref="Word2VecException">Its header is damaged, or the array is none of vectors.</exception>
    public static NumberMatrix Read(MappedFile file, string title)
    {
        ReadOnlySpan<byte> head = file.From(0);
        if (!head.StartsWith(Mark) || head.Length < 8)
            throw Error(file, $"begins with {ErrorText.Quote(head)}; the mark of a .npy file and its version were expected");
        int major = head[6], minor = head[7], start = major == 1 ? 10 : 12;
        if (major is < 1 or > 3 || minor != 0)
            throw Error(file, $"is of version {major}.{minor} (bytes 6 and 7); 1.0, 2.0 and 3.0 are read");
        if (head.Length < start)
            throw Error(file, $"ends at byte {head.Length}, in its header's length; it is cut short");
        long length = major == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(head[8..]) : BinaryPrimitives.ReadUInt32LittleEndian(head[8..]);
        if (length > Longest || length > head.Length - start)
            throw Error(file, $"promises a header of {length} bytes at byte 8; at most {Math.Min(Longest, head.Length - start)} can " +
                "follow. It is cut short or damaged");
        NumPyDictionary fields = NumPyDictionary.Parse(file, start, (int)length);
        NumberMatrix matrix = Matrix(file, title, start + length, fields);
        if (matrix.End != file.Length)
            throw Error(file, $"has {file.Length - matrix.End} bytes behind its {matrix.Count} × {matrix.Size} numbers, from byte " +
                $"{matrix.End} on; a file with one array was expected. Was more than one saved to it?");
        return matrix;
    }

    private static NumberMatrix Matrix(MappedFile file, string title, long start, NumPyDictionary fields)
    {
        if (fields.Shape.Count != 2)
            throw Error(file, $"holds an array of shape {ErrorText.Shape(fields.Shape)}, which is {Dimensions(fields.Shape.Count)}; " +
                "one of two, a row for each word, was expected");
        string type = fields.Type;
        bool isBigEndian = type.StartsWith('>');
        NumberType number = type.TrimStart('<', '>', '=') switch
        {
            "f2" => NumberType.Float16,
            "f4" => NumberType.Float32,
            "f8" => NumberType.Float64,
            _ => throw Error(file, $"holds numbers of the type '{type}'{Meaning(type)}; floats of 16, 32 or 64 bits were expected. In " +
                "Python: array.astype(numpy.float32)"),
        };
        return NumberMatrix.Require(file, title, start, fields.Shape[0], fields.Shape[1], number) with
        {
            IsBigEndian = isBigEndian,
            IsByColumn = fields.IsByColumn,
        };
    }

    private static string Dimensions(int count) => count switch
    {
        0 => "a single number without dimensions",
        1 => "of one dimension",
        _ => $"of {count} dimensions",
    };

    private static string Meaning(string type) => type.TrimStart('<', '>', '=', '|') switch
    {
        ['O', ..] => " (Python objects in a pickle, which can run code and is not read)",
        ['i' or 'u' or 'b', ..] => " (whole numbers)",
        ['U' or 'S', ..] => " (text)",
        ['c', ..] => " (complex numbers)",
        "f16" => " (long double, which differs from machine to machine)",
        _ => "",
    };

    private static Word2VecException Error(MappedFile file, string what) => new(ErrorKind.Format, $"The NumPy array '{file.Path}' {what}.");
}
