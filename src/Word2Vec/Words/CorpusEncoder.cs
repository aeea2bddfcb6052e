using System.Runtime.CompilerServices;
using Word2Vec.Corpora;

namespace Word2Vec.Words;

/// <summary>How far the reading of a corpus has come.</summary>
/// <param name="BytesRead">Bytes read from the files, before decompression.</param>
/// <param name="BytesTotal">Bytes of all files; 0 where it cannot be known (standard input).</param>
/// <param name="Tokens">Tokens read so far.</param>
public readonly record struct EncodingProgress(long BytesRead, long BytesTotal, long Tokens);

/// <summary>Turns text into an <see cref="EncodedCorpus"/>, reading it once.</summary>
/// <remarks>
/// The text is read once, as ids in first-seen order, which go to a temporary file. Then all counts are known: the vocabulary is selected
/// and the ids are written anew as they stay. Memory grows with the number of different words only. On the disk this takes, at its highest,
/// about 6 bytes a token of the text, of which 4 stay.
/// </remarks>
public static class CorpusEncoder
{
    /// <summary>
    /// Opens the encoded file that belongs to (source, options) in <paramref name="cacheFolder"/>, or reads the text and writes it.
    /// </summary>
    /// <param name="cacheFolder">
    /// Where encoded files are kept from run to run; it is made where it is missing. Null: a file in the system's folder for temporary
    /// files that is deleted when the corpus is disposed. The same holds for standard input and pipes, which cannot be recognised in a
    /// later run.
    /// </param>
    /// <exception cref="Word2VecException">
    /// The text cannot be read, is no text, changed while it was read, or leaves no word (<see cref="ErrorKind.Input"/>); the encoded file cannot be written
    /// (<see cref="ErrorKind.Output"/>); an option is out of its range (<see cref="ErrorKind.Usage"/>).
    /// </exception>
    /// <exception cref="OperationCanceledException">It was cancelled; no file is left behind.</exception>
    public static EncodedCorpus Encode(
        CorpusSource source, CorpusOptions options, string? cacheFolder = null,
        IProgress<EncodingProgress>? progress = null, CancellationToken cancellation = default)
    {
        options.Validate();
        var pass = new Pass(source, options, progress, cancellation);
        if (cacheFolder is null || !source.CanBeRecognised)
            return EncodeTemporary(pass);

        string path = Path.Combine(cacheFolder, CorpusIdentity.FileName(source, options));
        byte[] identity = CorpusIdentity.Of(source, options);
        if (EncodedCorpusFile.TryOpen(path, identity) is EncodedCorpus cached)
        {
            CorpusCache.Touch(path);
            return cached;
        }

        TemporaryFile.MakeFolder(cacheFolder);
        WrittenCorpus? written = null;
        AtomicFile.Write(path, stream => written = pass.WriteTo(stream, path, identity));
        // Another run can have put another state of the text in its place, or tidied it away.
        EncodedCorpus corpus = EncodedCorpusFile.TryOpen(path, identity, written) ?? EncodeTemporary(pass);
        CorpusCache.Prune(cacheFolder, options.CacheLimit);
        return corpus;
    }

    private static EncodedCorpus EncodeTemporary(Pass pass)
    {
        var stream = TemporaryFile.Create(Path.GetTempPath());
        try
        {
            return EncodedCorpusFile.OpenTemporary(stream, pass.WriteTo(stream, stream.Name, identity: []));
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>One pass over a text.</summary>
    private sealed unsafe class Pass(
        CorpusSource source, CorpusOptions options, IProgress<EncodingProgress>? progress, CancellationToken cancellation)
    {
        private long _bytesNeeded;

        public WrittenCorpus WriteTo(FileStream stream, string path, ReadOnlySpan<byte> identity)
        {
            try
            {
                using var temporary = TemporaryFile.Create(Path.GetDirectoryName(stream.Name)!);
                var ids = new ProvisionalIds(temporary);
                using var table = new WordTable(options.MaximumDistinct, options.Vocabulary?.Words)
                {
                    MostMemory = options.CountingMemory > 0 ? options.CountingMemory : long.MaxValue,
                };
                Read(ids, table);
                if (table.Total == 0)
                    throw NoWord();
                var words = SelectedWords.From(table, options);
                var text = table.TextCounts() with { Tokens = words.Tokens };
                ids.Rewind();
                _bytesNeeded = ids.Length + 4 * words.Tokens;
                return new EncodedCorpusWriter(stream, words, options.MaximumSentenceLength).Write(ids, text, identity, cancellation);
            }
            catch (IOException e)
            {
                throw new Word2VecException(ErrorKind.Output,
                    $"Cannot write the encoded corpus {path}: {Reason(e)}; it needs about {_bytesNeeded} bytes in "
                    + $"{Path.GetDirectoryName(stream.Name)}; free some or choose another folder.", e);
            }
            catch (OutOfMemoryException e)
            {
                throw new Word2VecException(
                    ErrorKind.Input, $"The memory does not hold the different words of the corpus {source.Name}; split it or clean it.", e);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)] // hot from its first call on: a text is read once
        private void Read(ProvisionalIds ids, WordTable table)
        {
            using var reader = new TokenReader(source, options.Tokenizer == TokenizerKind.Text ? new TextNormalizer() : null);
            var block = new int[1 << 12];
            while (reader.Read())
            {
                cancellation.ThrowIfCancellationRequested();
                _bytesNeeded = Estimate(ids.Length + 4 * table.Total, reader.BytesRead);
                for (var tokens = reader.Tokens; !tokens.IsEmpty; tokens = tokens[Math.Min(tokens.Length, block.Length)..])
                {
                    int count = Math.Min(tokens.Length, block.Length);
                    table.Add(reader.Bytes, tokens[..count], block);
                    ids.Write(block.AsSpan(0, count));
                }

                progress?.Report(new EncodingProgress(reader.BytesRead, source.BytesTotal, table.Total));
            }

            source.CheckUnchanged();
        }

        // What the part of the text that was read takes, for all of it.
        private long Estimate(long bytes, long bytesRead) => bytesRead > 0 && source.BytesTotal > bytesRead
            ? (long)(bytes * ((double)source.BytesTotal / bytesRead))
            : bytes;

        private Word2VecException NoWord() => new(ErrorKind.Input, source.CanBeRecognised
            ? $"The corpus {source.Name} holds no word in its {source.BytesTotal} bytes; name a text with at least one."
            : $"The corpus {source.Name} is empty or holds no word; name a text with at least one.");

        // The system's message ends with the name of a temporary file, which means nothing to a user.
        private static string Reason(IOException e) => e.Message.ReplaceLineEndings(" ").Split(" : '")[0].TrimEnd('.');
    }
}
