namespace Word2Vec.Formats;

/// <summary>The list of the formats, and the one place that chooses among them.</summary>
internal static class KnownFormats
{
    /// <summary>
    /// All formats in the order in which a file's content is looked at: those with a mark in their first bytes, then texts that only their
    /// tabs tell, then those with a header in digits, then what is left, a text without a header.
    /// </summary>
    public static IReadOnlyList<IVectorFormat> All { get; } =
    [
        new NativeFormat(),
        new NumPyArray(),
        new FaissFlat(),
        new Safetensors(),
        new FastTextModel(),
        new Sqlite(),
        new PgCopyBinary(),
        new Parquet(),
        new PgCopyText(),
        new ProjectorTables(),
        new Word2VecBinary(),
        new Word2VecText(),
        new GloVeText(),
    ];

    public static IVectorFormat Of(VectorFormat format) =>
        All.FirstOrDefault(known => known.Info.Format == format) ?? throw new ArgumentOutOfRangeException(nameof(format), format, null);

    /// <summary>The format that a file name's ending stands for, with a .gz behind it or not; null if none does.</summary>
    public static IVectorFormat? ByEnding(string path)
    {
        string ending = Path.GetExtension(WithoutGzip(path)).ToLowerInvariant();
        return All.FirstOrDefault(known => known.Info.Endings.Contains(ending));
    }

    /// <summary>The format of the content of <paramref name="file"/>.</summary>
    /// <exception cref="Word2VecException">It is none of them; the message says what it seems to be.</exception>
    public static IVectorFormat Recognize(MappedFile file)
    {
        ForeignFiles.Refuse(file);
        return All.First(known => known.Recognizes(file));
    }

    public static bool IsGzip(string path) => Path.GetExtension(path).Equals(".gz", StringComparison.OrdinalIgnoreCase);

    private static string WithoutGzip(string path) => IsGzip(path) ? path[..^".gz".Length] : path;
}
