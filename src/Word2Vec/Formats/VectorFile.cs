using System.IO.Compression;
using Word2Vec.Numerics;
using Word2Vec.Vectors;
using Word2Vec.Words;

namespace Word2Vec.Formats;

/// <summary>Opens and saves files of vectors.</summary>
public static class VectorFile
{
    private const string StreamName = "the stream";

    /// <summary>All formats, each of which is both read and written, in the order of <see cref="VectorFormat"/>.</summary>
    public static IReadOnlyList<VectorFormatInfo> Formats { get; } = [.. KnownFormats.All.Select(known => known.Info).OrderBy(info => info.Format)];

    /// <summary>
    /// The format that a file name stands for: that of its ending (<see cref="VectorFormatInfo.Endings"/> of each of <see cref="Formats"/>), with
    /// .gz behind it or not, in any case; word2vec binary for any other. Only the name is looked at: <see cref="Open(string, VectorReadOptions, CancellationToken)"/>
    /// goes by the content.
    /// </summary>
    public static VectorFormat FormatOf(string path) => KnownFormats.ByEnding(path)?.Info.Format ?? VectorFormat.Word2VecBinary;

    /// <summary>
    /// The files that may be written, and written over, beside <paramref name="path"/> when vectors are saved there in <paramref name="format"/>: a text of the
    /// words, for a format without words. None for most formats.
    /// </summary>
    public static IReadOnlyList<string> CompanionPaths(string path, VectorFormat format) => [.. KnownFormats.Of(format).CompanionPaths(path)];

    /// <summary>
    /// Opens a file of vectors, recognised by its content, also as a gzip, which is unpacked into a temporary file. Formats that hold their
    /// rows as 32-bit floats are mapped, not read into memory. Of equal words the first one is found.
    /// </summary>
    /// <param name="path">The file; <c>-</c> is standard input, which is read to its end into a temporary file.</param>
    /// <param name="options">The format where it is not to be recognised, and how much is read; null: the defaults.</param>
    /// <param name="cancellation">Looked at row by row; a pipe that gives nothing is waited for.</param>
    /// <exception cref="Word2VecException">
    /// The file is missing or cannot be read (<see cref="ErrorKind.Input"/>), is damaged or of a format that is not known
    /// (<see cref="ErrorKind.Format"/>).
    /// </exception>
    /// <exception cref="OperationCanceledException">It was cancelled; the file is closed.</exception>
    public static WordVectors Open(string path, VectorReadOptions? options = null, CancellationToken cancellation = default)
    {
        options = Check(options);
        return Read(path == "-" ? FromStandardInput(cancellation) : MappedFile.Open(path, cancellation: cancellation), options);
    }

    /// <summary>The same from <paramref name="stream"/>, a pipe for example, which is read to its end into a temporary file and stays open.</summary>
    /// <inheritdoc cref="Open(string, VectorReadOptions, CancellationToken)" path="/exception"/>
    public static WordVectors Open(Stream stream, VectorReadOptions? options = null, CancellationToken cancellation = default)
    {
        options = Check(options);
        return Read(MappedFile.Open(stream, StreamName, cancellation), options);
    }

    /// <summary>Does what <see cref="Open(string, VectorReadOptions, CancellationToken)"/> does on a thread of the pool, for callers that must not wait.</summary>
    /// <inheritdoc cref="Open(string, VectorReadOptions, CancellationToken)"/>
    public static Task<WordVectors> OpenAsync(string path, VectorReadOptions? options = null, CancellationToken cancellation = default) =>
        Task.Run(() => Open(path, options, cancellation), cancellation);

    /// <summary>The same from <paramref name="stream"/>, which is awaited: what a server receives can be opened.</summary>
    /// <inheritdoc cref="Open(Stream, VectorReadOptions, CancellationToken)"/>
    public static async Task<WordVectors> OpenAsync(Stream stream, VectorReadOptions? options = null, CancellationToken cancellation = default)
    {
        options = Check(options);
        FileStream temporary = TemporaryFile.Create(Path.GetTempPath());
        try
        {
            await stream.CopyToAsync(temporary, cancellation).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            await temporary.DisposeAsync().ConfigureAwait(false);
            if (error is IOException)
                throw new Word2VecException(ErrorKind.Input, $"'{StreamName}' could not be read: {error.Message}", error);
            throw;
        }

        return await Task.Run(() => Read(MappedFile.Open(temporary, StreamName, cancellation), options), CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>
    /// Writes <paramref name="vectors"/> atomically: a temporary file beside <paramref name="path"/>, fsync, rename; also over the file
    /// that they were opened from. A name that ends in .gz is compressed. A file that belongs beside it (<see cref="VectorFormatInfo.HasCompanions"/>)
    /// is written with it or not at all; a text of words that another file of vectors uses is left alone where its words are others: then the words
    /// go into one under this file's full name (<c>reviews.npy.words.txt</c>).
    /// </summary>
    /// <param name="options">The format where the name does not say it, and the precision; null: the defaults.</param>
    /// <param name="cancellation">Looked at row by row.</param>
    /// <exception cref="Word2VecException">
    /// The file could not be written, or a word or a vector could not be read back from it (<see cref="ErrorKind.Output"/>); what was there
    /// is untouched. The format does not know the precision that was asked for (<see cref="ErrorKind.Usage"/>).
    /// </exception>
    /// <exception cref="OperationCanceledException">It was cancelled; what was there is untouched, and nothing else is left.</exception>
    public static void Save(WordVectors vectors, string path, VectorWriteOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= new VectorWriteOptions();
        IVectorFormat format = Check(vectors, path, options, FormatOf(path), cancellation);
        var target = new WriteTarget(path, options);
        var files = new List<(string Path, Action<FileStream> Write)>();
        foreach (Companion companion in format.Companions(vectors, target))
            files.Add((companion.Path, stream => companion.Write(CancellableStream.Over(stream, cancellation))));
        files.Add((path, stream => WriteTo(stream, format, vectors, target, KnownFormats.IsGzip(path), cancellation)));
        AtomicFile.Write(files);
        GC.KeepAlive(vectors);
    }

    /// <summary>The same in <paramref name="format"/>.</summary>
    /// <inheritdoc cref="Save(WordVectors, string, VectorWriteOptions, CancellationToken)" path="/exception"/>
    public static void Save(WordVectors vectors, string path, VectorFormat format) =>
        Save(vectors, path, new VectorWriteOptions { Format = format });

    /// <summary>
    /// Writes <paramref name="vectors"/> to <paramref name="stream"/>, which may be a pipe and stays open; as word2vec binary unless the
    /// options say otherwise. A format with a file beside it (<see cref="VectorFormatInfo.HasCompanions"/>) is refused.
    /// </summary>
    /// <exception cref="Word2VecException">
    /// A word or a vector could not be read back (<see cref="ErrorKind.Output"/>), or the format cannot go through a stream
    /// (<see cref="ErrorKind.Usage"/>).
    /// </exception>
    /// <exception cref="IOException">The stream could not be written to.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; a part may have been written.</exception>
    public static void Save(WordVectors vectors, Stream stream, VectorWriteOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= new VectorWriteOptions();
        IVectorFormat format = Check(vectors, StreamName, options, VectorFormat.Word2VecBinary, cancellation);
        if (format.Info.HasCompanions)
            throw new Word2VecException(ErrorKind.Usage, $"The format {format.Info.Title} is more than one file and cannot go through a " +
                "stream; name a file to write.");
        WriteTo(stream, format, vectors, new WriteTarget(StreamName, options), gzip: false, cancellation);
        GC.KeepAlive(vectors);
    }

    /// <summary>
    /// Does what <see cref="Save(WordVectors, string, VectorWriteOptions, CancellationToken)"/> does on a thread of the pool. The vectors must not be
    /// disposed before it is done.
    /// </summary>
    /// <inheritdoc cref="Save(WordVectors, string, VectorWriteOptions, CancellationToken)"/>
    public static Task SaveAsync(WordVectors vectors, string path, VectorWriteOptions? options = null, CancellationToken cancellation = default) =>
        Task.Run(() => Save(vectors, path, options, cancellation), cancellation);

    /// <summary>
    /// The same to <paramref name="stream"/>, which is awaited, as a server's answer has to be: the vectors are written into a temporary file first,
    /// so that the stream gets all of them or nothing, unless it fails itself or is cancelled while it takes them.
    /// </summary>
    /// <inheritdoc cref="Save(WordVectors, Stream, VectorWriteOptions, CancellationToken)"/>
    public static async Task SaveAsync(
        WordVectors vectors, Stream stream, VectorWriteOptions? options = null, CancellationToken cancellation = default)
    {
        FileStream temporary = TemporaryFile.Create(Path.GetTempPath());
        await using (temporary.ConfigureAwait(false))
        {
            await Task.Run(() => Save(vectors, temporary, options, cancellation), cancellation).ConfigureAwait(false);
            temporary.Position = 0;
            await temporary.CopyToAsync(stream, cancellation).ConfigureAwait(false);
        }
    }

    private static MappedFile FromStandardInput(CancellationToken cancellation)
    {
        using Stream input = Console.OpenStandardInput();
        return MappedFile.Open(input, "standard input", cancellation);
    }

    private static VectorReadOptions Check(VectorReadOptions? options)
    {
        options ??= new VectorReadOptions();
        OptionCheck.Range(nameof(options.Limit), options.Limit, 0, int.MaxValue);
        return options;
    }

    // Takes the file over.
    private static WordVectors Read(MappedFile file, VectorReadOptions options)
    {
        WordVectors? vectors = null;
        try
        {
            IVectorFormat format = options.Format is { } asked ? KnownFormats.Of(asked) : KnownFormats.Recognize(file);
            vectors = format.Read(file, options);
            return vectors;
        }
        catch (OutOfMemoryException error)
        {
            throw new Word2VecException(ErrorKind.Format, $"'{file.Path}' needs more memory than there is; open it on a larger machine or " +
                "convert it to word2vec binary there.", error);
        }
        finally
        {
            if (vectors is null || !vectors.OwnsRows)
                file.Dispose();
        }
    }

    private static IVectorFormat Check(
        WordVectors vectors, string path, VectorWriteOptions options, VectorFormat standard, CancellationToken cancellation)
    {
        IVectorFormat format = KnownFormats.Of(options.Format ?? standard);
        if (!format.Info.Precisions.Contains(options.Precision))
            throw new Word2VecException(ErrorKind.Usage, $"The format {format.Info.Title} cannot store {options.Precision} " +
                $"precision; it stores {string.Join(", ", format.Info.Precisions)}.");
        if (vectors.Count == 0)
            throw new Word2VecException(ErrorKind.Output, $"There are no vectors to write into '{path}'; a file of vectors holds at " +
                "least one word.");
        for (int id = 0; id < vectors.Count; id++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!VectorMath.IsFinite(vectors[id]))
                throw new Word2VecException(ErrorKind.Output, $"The vector of the word {ErrorText.Quote(vectors.Words.Bytes(id))} " +
                    $"(number {id + 1}) holds a component that is infinite or not a number and could not be read back from '{path}'. " +
                    "Train again with a lower learning rate.");
        }

        return format;
    }

    private static void WriteTo(
        Stream stream, IVectorFormat format, WordVectors vectors, WriteTarget target, bool gzip, CancellationToken cancellation)
    {
        if (gzip)
        {
            using var packed = new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true);
            using var buffer = new BufferedStream(packed, 1 << 16);
            format.Write(vectors, CancellableStream.Over(buffer, cancellation), target);
        }
        else
        {
            format.Write(vectors, CancellableStream.Over(stream, cancellation), target);
        }

        cancellation.ThrowIfCancellationRequested();
    }
}
