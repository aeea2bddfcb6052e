using System.IO.Compression;
using Word2Vec.Numerics;
using Word2Vec.Vectors;

namespace Word2Vec.Formats;

/// <summary>Opens and saves files of vectors.</summary>
public static class VectorFile
{
    /// <summary>The formats that are read and written.</summary>
    public static IReadOnlyList<VectorFormatInfo> Formats { get; } = [.. KnownFormats.All.Select(known => known.Info).OrderBy(info => info.Format)];

    /// <summary>
    /// The format that a file name stands for: that of its ending (<see cref="VectorFormatInfo.Endings"/>, with .gz behind it or not), and
    /// word2vec binary for any other.
    /// </summary>
    public static VectorFormat FormatOf(string path) => KnownFormats.ByEnding(path)?.Info.Format ?? VectorFormat.Word2VecBinary;

    /// <summary>
    /// Opens a file of vectors, recognised by its content, also as a gzip, which is unpacked into a temporary file. Formats that hold their
    /// rows as 32-bit floats are mapped, not read into memory. Of equal words the first one is found.
    /// </summary>
    /// <param name="path">The file; <c>-</c> is standard input, which is read to its end into a temporary file.</param>
    /// <param name="options">The format where it is not to be recognised, and how much is read; null: the defaults.</param>
    /// <exception cref="Word2VecException">
    /// The file is missing or cannot be read (<see cref="ErrorKind.Input"/>), is damaged or of a format that is not known
    /// (<see cref="ErrorKind.Format"/>).
    /// </exception>
    public static WordVectors Open(string path, VectorReadOptions? options = null) =>
        Read(() => path == "-" ? FromStandardInput() : MappedFile.Open(path), options ?? new VectorReadOptions());

    /// <summary>The same from <paramref name="stream"/>, a pipe for example, which is read to its end into a temporary file and stays open.</summary>
    /// <inheritdoc cref="Open(string, VectorReadOptions)" path="/exception"/>
    public static WordVectors Open(Stream stream, VectorReadOptions? options = null) =>
        Read(() => MappedFile.Open(stream, "the stream"), options ?? new VectorReadOptions());

    /// <summary>
    /// Writes <paramref name="vectors"/> atomically: a temporary file beside <paramref name="path"/>, fsync, rename; also over the file
    /// that they were opened from. A name that ends in .gz is compressed.
    /// </summary>
    /// <exception cref="Word2VecException">
    /// The file could not be written, or a word or a vector could not be read back from it (<see cref="ErrorKind.Output"/>); what was there
    /// is untouched. The format does not know the precision that was asked for (<see cref="ErrorKind.Usage"/>).
    /// </exception>
    public static void Save(WordVectors vectors, string path, VectorWriteOptions? options = null)
    {
        options ??= new VectorWriteOptions();
        IVectorFormat format = Check(vectors, path, options, FormatOf(path));
        var target = new WriteTarget(path, options);
        foreach (Companion companion in format.Companions(vectors, target))
            AtomicFile.Write(companion.Path, companion.Write);
        AtomicFile.Write(path, stream => WriteTo(stream, format, vectors, target, KnownFormats.IsGzip(path)));
        GC.KeepAlive(vectors);
    }

    /// <summary>The same in <paramref name="format"/>.</summary>
    /// <inheritdoc cref="Save(WordVectors, string, VectorWriteOptions)" path="/exception"/>
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
    public static void Save(WordVectors vectors, Stream stream, VectorWriteOptions? options = null)
    {
        const string Name = "the stream";
        options ??= new VectorWriteOptions();
        IVectorFormat format = Check(vectors, Name, options, VectorFormat.Word2VecBinary);
        if (format.Info.HasCompanions)
            throw new Word2VecException(ErrorKind.Usage, $"The format {format.Info.Title} is more than one file and cannot go through a " +
                "stream; name a file to write.");
        WriteTo(stream, format, vectors, new WriteTarget(Name, options), gzip: false);
        GC.KeepAlive(vectors);
    }

    private static MappedFile FromStandardInput()
    {
        using Stream input = Console.OpenStandardInput();
        return MappedFile.Open(input, "standard input");
    }

    private static WordVectors Read(Func<MappedFile> open, VectorReadOptions options)
    {
        OptionCheck.Range(nameof(options.Limit), options.Limit, 0, int.MaxValue);
        MappedFile file = open();
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

    private static IVectorFormat Check(WordVectors vectors, string path, VectorWriteOptions options, VectorFormat standard)
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
            if (!VectorMath.IsFinite(vectors[id]))
                throw new Word2VecException(ErrorKind.Output, $"The vector of the word {ErrorText.Quote(vectors.Words.Bytes(id))} " +
                    $"(number {id + 1}) holds a component that is infinite or not a number and could not be read back from '{path}'. " +
                    "Train again with a lower learning rate.");
        }

        return format;
    }

    private static void WriteTo(Stream stream, IVectorFormat format, WordVectors vectors, WriteTarget target, bool gzip)
    {
        if (!gzip)
        {
            format.Write(vectors, stream, target);
            return;
        }

        using var packed = new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true);
        using var buffer = new BufferedStream(packed, 1 << 16);
        format.Write(vectors, buffer, target);
    }
}
