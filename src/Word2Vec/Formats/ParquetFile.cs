using System.Buffers.Binary;

namespace Word2Vec.Formats;

/// <summary>The footer of a Parquet file that is read.</summary>
internal sealed class ParquetFile
{
    private const int TrailerLength = 8;

    private readonly IReadOnlyList<ThriftStruct> _groups;

    /// <exception cref="Word2VecException">The footer is not there or damaged.</exception>
    public ParquetFile(MappedFile file)
    {
        File = file;
        if (file.Length < ParquetFormat.Magic.Length + TrailerLength)
            throw Error($"has {file.Length} bytes; a header and a footer need more. It is cut short");
        ReadOnlySpan<byte> end = file.From(file.Length - ParquetFormat.Magic.Length);
        if (end.SequenceEqual("PARE"u8))
            throw Error("is encrypted; write it without encryption");
        if (!end.SequenceEqual(ParquetFormat.Magic))
            throw Error($"ends with {ErrorText.Quote(end)}, from byte {file.Length - end.Length} on; PAR1 was expected. It is cut short");
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(file.From(file.Length - TrailerLength));
        DataEnd = file.Length - TrailerLength - length;
        if (DataEnd < ParquetFormat.Magic.Length)
            throw Error($"promises at byte {file.Length - TrailerLength} a footer of {length} bytes; there are " +
                $"{file.Length - TrailerLength - ParquetFormat.Magic.Length}. It is damaged");
        long at = DataEnd;
        ThriftStruct footer = ThriftStruct.Read(file, ref at, file.Length - TrailerLength);
        Columns = ParquetColumn.Of(footer.Structs(2)) ?? throw Error($"has a schema that is no tree, in the footer at byte {DataEnd}; " +
            "it is damaged");
        _groups = footer.Structs(4);
        foreach (ThriftStruct pair in footer.Structs(5))
        {
            if (pair.Text(1) is { } name && pair.Text(2) is { } value)
                Metadata[name] = value;
        }
    }

    public MappedFile File { get; }

    /// <summary>The byte at which the footer begins and the pages have ended.</summary>
    public long DataEnd { get; }

    /// <summary>All columns that have values.</summary>
    public IReadOnlyList<ParquetColumn> Columns { get; }

    public Dictionary<string, string> Metadata { get; } = [];

    /// <summary>The number of row groups.</summary>
    public int Groups => _groups.Count;

    /// <summary>The rows of a row group.</summary>
    public long RowsOf(int group) => _groups[group].Integer(3) ?? 0;

    /// <summary>What the footer says of a column's pages in a row group.</summary>
    public ThriftStruct Chunk(int group, ParquetColumn column)
    {
        IReadOnlyList<ThriftStruct> chunks = _groups[group].Structs(1);
        if (chunks.Count != Columns.Count)
            throw Error($"has {chunks.Count} columns in row group {group + 1}; {Columns.Count} were expected. It is damaged");
        ThriftStruct chunk = chunks[column.Index];
        if (chunk.Text(1) is { } path)
            throw Error($"has the column {column.Path} of row group {group + 1} in another file, '{path}', which is not read");
        return chunk.Struct(3) ?? throw Error($"says nothing of the column {column.Path} in row group {group + 1}, in the footer at " +
            $"byte {DataEnd}");
    }

    public Word2VecException Error(string what) => new(ErrorKind.Format, $"The Parquet file '{File.Path}' {what}.");
}
