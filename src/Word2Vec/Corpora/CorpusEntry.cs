namespace Word2Vec.Corpora;

/// <summary>
/// One file of a corpus as it was when the corpus was named; a change of any of these makes what was derived from it stale.
/// </summary>
/// <param name="Path">The full path, or <see cref="StandardInput"/>.</param>
/// <param name="Length">The length in bytes, before decompression; 0 where it cannot be known (standard input, a pipe).</param>
/// <param name="LastWriteUtc">When the file was last written; the default where there is no such time.</param>
public sealed record CorpusEntry(string Path, long Length, DateTime LastWriteUtc)
{
    /// <summary>The path that stands for standard input.</summary>
    public const string StandardInput = "-";

    /// <summary>Whether this is standard input.</summary>
    public bool IsStandardInput => Path == StandardInput;

    /// <summary>What messages call this file.</summary>
    public string Name => IsStandardInput ? "standard input" : Path;
}
