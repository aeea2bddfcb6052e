namespace Word2Vec.Formats;

/// <summary>A tensor of a safetensors file, whose bytes are known to lie in it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The format's name of the type of its numbers: <c>F32</c>.</param>
/// <param name="Shape">The length of each dimension.</param>
/// <param name="Start">Its first byte in the file.</param>
/// <param name="End">The byte behind it.</param>
internal sealed record SafetensorsTensor(string Name, string Type, IReadOnlyList<long> Shape, long Start, long End)
{
    /// <summary>What its numbers are, where they can be vectors; otherwise null.</summary>
    public NumberType? Number => Type switch
    {
        "F32" => NumberType.Float32,
        "F16" => NumberType.Float16,
        "BF16" => NumberType.BFloat16,
        "F64" => NumberType.Float64,
        _ => null,
    };

    /// <summary>Whether it can be the vectors: floats of two dimensions.</summary>
    public bool IsMatrix => Number is not null && Shape.Count == 2;

    /// <summary>
    /// The bytes that a tensor of this type and shape takes, or null if the type is not known; beyond <paramref name="most"/>, any more.
    /// </summary>
    public static Int128? ByteCount(string type, IReadOnlyList<long> shape, long most)
    {
        Int128 bytes = type switch
        {
            "BOOL" or "U8" or "I8" or "F8_E4M3" or "F8_E5M2" or "F8_E8M0" => 1,
            "U16" or "I16" or "F16" or "BF16" => 2,
            "U32" or "I32" or "F32" => 4,
            "U64" or "I64" or "F64" or "C64" => 8,
            _ => 0,
        };
        if (bytes == 0)
            return null;
        if (shape.Contains(0))
            return 0;
        foreach (long length in shape)
            bytes = bytes > most ? bytes : bytes * length;
        return bytes;
    }

    public override string ToString() => $"'{Name}' {Type} {ErrorText.Shape(Shape)}";
}
