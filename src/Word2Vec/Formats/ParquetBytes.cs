namespace Word2Vec.Formats;

/// <summary>Bytes of a page: where they lie in the file, or in memory if they were unpacked.</summary>
/// <param name="Array">The memory; null for the file.</param>
/// <param name="At">The first byte there.</param>
/// <param name="Length">The number of bytes.</param>
internal readonly record struct ParquetBytes(byte[]? Array, long At, int Length)
{
    /// <summary>Whether they lie in the file.</summary>
    public bool IsInFile => Array is null;

    /// <summary>The bytes, of <paramref name="file"/> if they lie there.</summary>
    public ReadOnlySpan<byte> Span(MappedFile file) => Array is null ? file.From(At)[..Length] : Array.AsSpan((int)At, Length);

    /// <summary>A part of them; the caller has checked that it is one.</summary>
    public ParquetBytes Slice(int start, int length) => new(Array, At + start, length);
}
