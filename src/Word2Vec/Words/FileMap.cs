using System.IO.MemoryMappedFiles;

namespace Word2Vec.Words;

/// <summary>
/// A file's bytes, mapped into memory for reading as long as this lives: read when they are touched, shared between processes, and still there when
/// the file is renamed over. Nobody may shorten the file while it is mapped.
/// </summary>
internal sealed unsafe class FileMap : IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;

    /// <summary>Maps <paramref name="stream"/>, which holds at least one byte, and takes it over.</summary>
    public FileMap(FileStream stream)
    {
        Length = stream.Length;
        _file = MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
        _view = _file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        byte* first = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref first);
        First = first + _view.PointerOffset;
    }

    /// <summary>The address of the first byte.</summary>
    public byte* First { get; }

    /// <summary>The number of bytes.</summary>
    public long Length { get; }

    /// <summary>Whether the bytes are gone.</summary>
    public bool IsDisposed { get; private set; }

    /// <summary>
    /// Lets the system take back the memory of the pages from the byte <paramref name="start"/> on, up to but not including the one with the byte
    /// <paramref name="end"/>; whoever touches them again finds the same bytes.
    /// </summary>
    public void Release(long start, long end)
    {
        long page = Environment.SystemPageSize;
        long first = Math.Max(0, start) / page * page, last = Math.Min(end, Length) / page * page;
        if (first < last)
            MappedPages.Release(First + first, (nuint)(last - first));
    }

    public void Dispose()
    {
        if (IsDisposed)
            return;
        IsDisposed = true;
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }
}
