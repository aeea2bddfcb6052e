using Word2Vec.Corpora;
using Word2Vec.Words;

namespace Word2Vec.Formats;

/// <summary>
/// A file's bytes, mapped into memory: read when they are touched, shared between processes, and still there when the file is renamed over.
/// A gzip is unpacked into a temporary file first. Nobody may shorten the file while it is mapped.
/// </summary>
internal sealed unsafe class MappedFile : IDisposable
{
    private const string Vectors = "a file of vectors";

    private MappedFile(string path, FileStream stream) => (Path, Map) = (path, new FileMap(stream));

    /// <summary>The bytes, for what lies in them and lives as long.</summary>
    public FileMap Map { get; }

    /// <summary>The path that was asked for, also where the bytes were unpacked from it.</summary>
    public string Path { get; }

    /// <summary>The number of bytes.</summary>
    public long Length => Map.Length;

    /// <summary>The address of the first byte.</summary>
    public byte* Start => Map.First;

    /// <summary>Maps the file at <paramref name="path"/>, which errors say to be <paramref name="expected"/>.</summary>
    /// <exception cref="Word2VecException">
    /// The file is missing, unreadable or not a plain file (Input), or empty or a damaged gzip (Format).
    /// </exception>
    public static MappedFile Open(string path, string expected = Vectors)
    {
        FileStream stream = OpenStream(path, expected);
        return MapStream(path, expected, stream, () =>
        {
            if (!stream.CanSeek)
                throw new Word2VecException(ErrorKind.Input, $"'{path}' is a pipe or a device; {expected} was expected. Write the data " +
                    "to a plain file first.");
        });
    }

    /// <summary>Maps what <paramref name="source"/>, a pipe for example, gives until its end, by way of a temporary file.</summary>
    /// <param name="source">The stream; it stays open.</param>
    /// <param name="name">What stands for it in errors.</param>
    /// <exception cref="Word2VecException">It is empty or a damaged gzip (Format), or cannot be read or kept (Input).</exception>
    public static MappedFile Open(Stream source, string name)
    {
        FileStream stream = TemporaryFile.Create(System.IO.Path.GetTempPath());
        return MapStream(name, Vectors, stream, () =>
        {
            source.CopyTo(stream);
            stream.Position = 0;
        });
    }

    /// <summary>The bytes from <paramref name="offset"/> on, as many as a span can hold.</summary>
    public ReadOnlySpan<byte> From(long offset) => new(Start + offset, (int)Math.Min(int.MaxValue, Length - offset));

    public void Dispose() => Map.Dispose();

    private static MappedFile MapStream(string path, string expected, FileStream stream, Action prepare)
    {
        try
        {
            prepare();
            if (stream.ReadByte() == 0x1f && stream.ReadByte() == 0x8b)
                stream = Unpack(path, stream);
            if (stream.Length == 0)
                throw new Word2VecException(ErrorKind.Format, $"'{path}' is empty; {expected} was expected. Was its download or " +
                    "its training cut short?");
            return new MappedFile(path, stream);
        }
        catch (Exception error)
        {
            stream.Dispose();
            if (error is IOException or UnauthorizedAccessException)
                throw new Word2VecException(ErrorKind.Input, $"'{path}' could not be read: {error.Message}", error);
            throw;
        }
    }

    private static FileStream OpenStream(string path, string expected)
    {
        if (Directory.Exists(path))
            throw new Word2VecException(ErrorKind.Input, $"'{path}' is a folder; {expected} was expected.");
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new Word2VecException(ErrorKind.Input, $"There is no file '{path}'; {expected} was expected. Check the name and " +
                "the folder.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new Word2VecException(ErrorKind.Input, $"'{path}' could not be opened: {error.Message}", error);
        }
    }

    // On disk rather than in memory: the pages of a mapped file can be given back, and a small archive may hold a great deal.
    private static FileStream Unpack(string path, FileStream packed)
    {
        packed.Position = 0;
        using var gzip = new GzipReader($"'{path}'", new CountingStream(packed), ErrorKind.Format);
        FileStream unpacked = TemporaryFile.Create(System.IO.Path.GetTempPath());
        try
        {
            var buffer = new byte[1 << 16];
            for (int read = gzip.Read(buffer); read > 0; read = gzip.Read(buffer))
                unpacked.Write(buffer, 0, read);
            unpacked.Flush();
            return unpacked;
        }
        catch (Exception error)
        {
            unpacked.Dispose();
            if (error is IOException)
                throw new Word2VecException(ErrorKind.Input, $"'{path}' is a gzip and could not be unpacked into " +
                    $"'{System.IO.Path.GetTempPath()}': {error.Message}", error);
            throw;
        }
    }
}
