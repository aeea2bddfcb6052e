using Word2Vec.Corpora;

namespace Word2Vec.Words;

/// <summary>How far the reading of a corpus has come.</summary>
/// <param name="BytesRead">Bytes read from the files, before decompression.</param>
/// <param name="BytesTotal">Bytes of all files; 0 where it cannot be known (standard input).</param>
/// <param name="Tokens">Tokens read so far.</param>
public readonly record struct EncodingProgress(long BytesRead, long BytesTotal, long Tokens);

/// <summary>Turns text into an <see cref="EncodedCorpus"/>, reading it once.</summary>
public static class CorpusEncoder
{
    /// <summary>Opens the encoded file that belongs to (source, options) in <paramref name="cacheFolder"/>, or reads the text and writes it.</summary>
    /// <param name="cacheFolder">Where encoded files are kept from run to run; null: a temporary file that is deleted when the corpus is disposed.</param>
    public static EncodedCorpus Encode(
        CorpusSource source, CorpusOptions options, string? cacheFolder, IProgress<EncodingProgress>? progress, CancellationToken cancellation) =>
        throw new NotImplementedException();
}
