using System.IO.Compression;
using System.IO.MemoryMappedFiles;

namespace Word2Vec.Formats;

/// <summary>
/// A file's bytes, mapped into memory: read when they are touched, shared between processes, and still there when the file is renamed over.
/// A gzip is unpacked into a temporary file first. Nobody may shorten the file while it is mapped.
/// </summary>
internal sealed unsafe class MappedFile : IDisposable
{
    private readonly FileStream _stream;
    private readonly MemoryMappedFile _map;
    private readonly MemoryMappedViewAccessor _view;
    private bool _disposed;

    private MappedFile(string path, FileStream stream)
    {
        (Path, _stream, Length) = (path, stream, stream.Length);
        _map = MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        _view = _map.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        byte* pointer = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref pointer);
        Start = pointer + _view.PointerOffset;
    }

    /// <summary>The path that was asked for, also where the bytes were unpacked from it.</summary>
    public string Path { get; }

    /// <summary>The number of bytes.</summary>
    public long Length { get; }

    /// <summary>The address of the first byte.</summary>
    public byte* Start { get; }

    /// <summary>Maps the file at <paramref name="path"/>.</summary>
    /// <exception cref="Word2VecException">
    /// The file is missing, unreadable or not a plain file (Input), or empty or a damaged gzip (Format).
    /// </exception>
    public static MappedFile Open(string path)
    {
        FileStream stream = OpenStream(path);
        try
        {
            if (!stream.CanSeek)
                throw new Word2VecException(ErrorKind.Input, $"'{path}' is a pipe or a device; vectors are read from a plain file. Write " +
                    "the data to a file first.");
            if (stream.ReadByte() == 0x1f && stream.ReadByte() == 0x8b)
                stream = Unpack(path, stream);
            if (stream.Length == 0)
                throw new Word2VecException(ErrorKind.Format, $"'{path}' is empty; a file of vectors was expected. Was its download or " +
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

    /// <summary>The bytes from <paramref name="offset"/> on, as many as a span can hold.</summary>
    public ReadOnlySpan<byte> From(long offset) => new(Start + offset, (int)Math.Min(int.MaxValue, Length - offset));

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _map.Dispose();
        _stream.Dispose();
    }

    private static FileStream OpenStream(string path)
    {
        if (Directory.Exists(path))
            throw new Word2VecException(ErrorKind.Input, $"'{path}' is a folder; a file of vectors was expected.");
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new Word2VecException(ErrorKind.Input, $"There is no file '{path}'; a file of vectors was expected. Check the name and " +
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
        string name = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"word2vec-{Guid.NewGuid():N}.tmp");
        var unpacked = new FileStream(name, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read, 1 << 16, FileOptions.DeleteOnClose);
        try
        {
            packed.Position = 0;
            using (packed)
            using (var gzip = new GZipStream(packed, CompressionMode.Decompress))
                gzip.CopyTo(unpacked, 1 << 16);
            unpacked.Flush();
            return unpacked;
        }
        catch (Exception error)
        {
            unpacked.Dispose();
            if (error is InvalidDataException)
                throw new Word2VecException(ErrorKind.Format, $"'{path}' is a gzip that is damaged or cut short ({error.Message}) Get it " +
                    "again, or check it with gzip -t.", error);
            if (error is IOException)
                throw new Word2VecException(ErrorKind.Input, $"'{path}' is a gzip and could not be unpacked into " +
                    $"'{System.IO.Path.GetTempPath()}': {error.Message}", error);
            throw;
        }
    }
}
