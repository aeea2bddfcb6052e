namespace Word2Vec.CommandLine.Texts;

/// <summary>How far a pass over texts is.</summary>
/// <param name="Stage">What is done with them, in a word.</param>
/// <param name="Texts">The texts that were handed on; 0 where standard input is put aside, to be read again.</param>
/// <param name="BytesRead">Bytes of their files that were read, before decompression.</param>
/// <param name="BytesTotal">Bytes of all their files; 0: not known.</param>
/// <param name="Elapsed">Time since the pass began.</param>
internal readonly record struct TextProgress(string Stage, long Texts, long BytesRead, long BytesTotal, TimeSpan Elapsed)
{
    /// <summary>The share of the bytes that were read, 0 … 1; NaN where their number is not known.</summary>
    public double Share => BytesTotal > 0 ? Math.Min(1, (double)BytesRead / BytesTotal) : double.NaN;
}
