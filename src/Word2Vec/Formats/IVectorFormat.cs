using Word2Vec.Vectors;

namespace Word2Vec.Formats;

/// <summary>One format: how it is recognised, read and written. Each lives in a file of its own and is listed in <see cref="KnownFormats"/>.</summary>
internal interface IVectorFormat
{
    /// <summary>Its names and abilities.</summary>
    VectorFormatInfo Info { get; }

    /// <summary>Whether the content of <paramref name="file"/> is of this format, as far as its first bytes tell.</summary>
    /// <exception cref="Word2VecException">It is, but cannot be read; the message says why.</exception>
    bool Recognizes(MappedFile file);

    /// <summary>
    /// Reads <paramref name="file"/>. Where the result's rows stay in it (<see cref="WordVectors.OwnsRows"/>) it belongs to the result;
    /// otherwise the caller closes it. Nothing is allocated before the header's numbers fit the file's length.
    /// </summary>
    /// <exception cref="Word2VecException">The file is damaged; the message names the byte or the line.</exception>
    WordVectors Read(MappedFile file, VectorReadOptions options);

    /// <summary>
    /// The files that belong beside <see cref="WriteTarget.Path"/>. They are written before it, and take their names when all are written.
    /// </summary>
    IEnumerable<Companion> Companions(WordVectors vectors, WriteTarget target) => [];

    /// <summary>All files that <see cref="Companions"/> may write for vectors at <paramref name="path"/>.</summary>
    IEnumerable<string> CompanionPaths(string path) => [];

    /// <summary>
    /// Writes <paramref name="vectors"/>, whose components are all finite, from front to back: <paramref name="stream"/> may be a pipe.
    /// </summary>
    /// <exception cref="Word2VecException">A word could not be read back from this format (<see cref="ErrorKind.Output"/>).</exception>
    void Write(WordVectors vectors, Stream stream, WriteTarget target);
}

/// <summary>Where and how vectors are written.</summary>
/// <param name="Path">The file, or what stands for it in errors.</param>
/// <param name="Options">What was asked for; its components are among those that the format knows.</param>
internal sealed record WriteTarget(string Path, VectorWriteOptions Options);

/// <summary>A file that belongs beside one of vectors.</summary>
internal sealed record Companion(string Path, Action<Stream> Write);
