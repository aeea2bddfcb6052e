namespace Word2Vec.Formats;

/// <summary>How <see cref="VectorFile.Open(string, VectorReadOptions)"/> reads.</summary>
public sealed record VectorReadOptions
{
    /// <summary>The file's format; null, the default, recognises it by the file's content.</summary>
    public VectorFormat? Format { get; init; }

    /// <summary>Reads only so many words, the first ones, which most files have in order of frequency; 0, the default, reads all.</summary>
    public int Limit { get; init; }

    /// <summary>
    /// The text with a word a line that belongs to a format without words (NumPy, Faiss); null, the default, looks for it beside the file.
    /// </summary>
    public string? WordsPath { get; init; }

    /// <summary>
    /// Checks every checksum that the format has (a Word2Vec file), which reads the whole file. By default the vectors themselves are checked
    /// where they have at most 64 MB or are decoded; everything else always is.
    /// </summary>
    public bool Verify { get; init; }
}

/// <summary>How <see cref="VectorFile.Save(Vectors.WordVectors, string, VectorWriteOptions)"/> writes.</summary>
public sealed record VectorWriteOptions
{
    /// <summary>The format; null, the default, is the one that the file's name stands for (<see cref="VectorFile.FormatOf"/>).</summary>
    public VectorFormat? Format { get; init; }

    /// <summary>What components are stored as; 32-bit floats by default. Not every format knows the others.</summary>
    public VectorPrecision Precision { get; init; } = VectorPrecision.Full;
}
