using System.Collections.Concurrent;
using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Word2Vec;

/// <summary>Writes a file so that a reader, a crash or a full disk sees the old content or the new one, never a part.</summary>
internal static partial class AtomicFile
{
    private const int BufferSize = 1 << 16;

    private const string TemporaryEnding = ".tmp";

    private static readonly ConcurrentDictionary<string, bool> Unfinished = new();

    // A process that is told to end while it writes leaves no temporary file either.
    static AtomicFile() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        foreach (string temporary in Unfinished.Keys)
            Delete(temporary);
    };

    /// <summary>
    /// Lets <paramref name="write"/> fill a temporary file beside <paramref name="path"/>, brings it to the disk and renames it to
    /// <paramref name="path"/>. Where anything fails, the temporary file is deleted and what <paramref name="path"/> held stays.
    /// </summary>
    /// <exception cref="Word2VecException">The file could not be written (<see cref="ErrorKind.Output"/>).</exception>
    public static void Write(string path, Action<FileStream> write) => Write([(path, write)]);

    /// <summary>
    /// The same for files that belong together: they take their names, in their order, when all of them are on the disk. Where one could not be
    /// written, all stay as they were.
    /// </summary>
    /// <exception cref="Word2VecException">A file could not be written (<see cref="ErrorKind.Output"/>).</exception>
    public static void Write(IReadOnlyList<(string Path, Action<FileStream> Write)> files)
    {
        var started = new List<Place>();
        try
        {
            foreach ((string path, Action<FileStream> write) in files)
            {
                started.Add(new Place(path));
                started[^1].Fill(write);
            }

            foreach (Place place in started)
                place.Rename();
        }
        finally
        {
            started.ForEach(place => place.Dispose());
        }
    }

    /// <summary>Deletes temporary files that killed processes left beside <paramref name="path"/>; one that is being written is locked, and stays.</summary>
    public static void RemoveLeftovers(string path)
    {
        string target = LinkTarget(Path.GetFullPath(path)), start = Path.GetFileName(target) + '.';
        int length = start.Length + Path.GetRandomFileName().Length + TemporaryEnding.Length;
        try
        {
            foreach (string file in Directory.EnumerateFiles(Path.GetDirectoryName(target)!))
            {
                string name = Path.GetFileName(file);
                if (name.Length == length && name.StartsWith(start, StringComparison.Ordinal) && name.EndsWith(TemporaryEnding, StringComparison.Ordinal)
                    && !Unfinished.ContainsKey(file))
                    DeleteUnlocked(file);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // They do no harm but take room; whatever is wrong with the folder, the write itself will say.
        }
    }

    /// <summary>Deletes <paramref name="path"/>, if that can be done.</summary>
    public static void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is called where something else has failed, which says more, or for what may stay.
        }
    }

    // It is gone before it is unlocked: who locks it meanwhile would write what has no name.
    private static void DeleteUnlocked(string file)
    {
        try
        {
            new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose).Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Somebody writes it, or may not be disturbed.
        }
    }

    // A link stays a link; a device file must not be replaced by a file, as a rename over /dev/null would.
    private static string Target(string path)
    {
        if (string.IsNullOrWhiteSpace(path) || path.Contains('\0'))
            throw new Word2VecException(ErrorKind.Output, "Cannot write a file without a name; name one.");
        string target = Path.GetFullPath(path);
        if (Directory.Exists(target))
            throw new Word2VecException(ErrorKind.Output, $"Cannot write {path}: it is a folder; name a file.");
        if (!OperatingSystem.IsWindows() && target.StartsWith("/dev/", StringComparison.Ordinal) && File.Exists(target))
            throw new Word2VecException(ErrorKind.Output, $"Cannot write {path}: it is a device; name a file.");
        return LinkTarget(target);
    }

    private static string LinkTarget(string target)
    {
        try
        {
            return File.ResolveLinkTarget(target, returnFinalTarget: true)?.FullName ?? target;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return target;
        }
    }

    // The system's messages name the temporary file, which means nothing to a user, and end with or without a full stop.
    private static string Reason(Exception e, string temporary, string target)
    {
        if (e is DirectoryNotFoundException)
            return $"the folder {Path.GetDirectoryName(target)} does not exist; make it or name another.";
        string text = e.Message.ReplaceLineEndings(" ").Replace(temporary, target, StringComparison.Ordinal).TrimEnd('.', ' ');
        return text + '.';
    }

    // FileStream.Flush(true) returns normally on Unix when fsync fails, so that a full or broken disk would go unseen.
    private static void Sync(SafeFileHandle file)
    {
        if (OperatingSystem.IsWindows())
            RandomAccess.FlushToDisk(file);
        else if (FSyncFully(file) != 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    // Only this makes the rename itself last. Some file systems refuse it for folders (EINVAL, EBADF); then there is nothing to be done.
    private static void SyncFolder(string folder)
    {
        const int invalid = 22, badDescriptor = 9;
        if (OperatingSystem.IsWindows())
            return;
        int descriptor = Open(folder, 0);
        if (descriptor < 0)
            return;
        using var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        if (FSyncFully(handle) == 0 || Marshal.GetLastPInvokeError() is invalid or badDescriptor)
            return;
        var reason = new Win32Exception(Marshal.GetLastPInvokeError());
        throw new Word2VecException(
            ErrorKind.Output, $"A new file's name could not be brought to the disk in {folder}: {reason.Message}. Check the disk.", reason);
    }

    /// <summary>A file that was asked for, what it is behind a link, and what it is called until it is complete.</summary>
    /// <remarks>It is open, and so locked, until it has its name: what another process finds unlocked it takes for left behind (<see cref="RemoveLeftovers"/>).</remarks>
    private sealed class Place : IDisposable
    {
        private const int Attempts = 3;

        private readonly string _path, _target;
        private string _temporary = "";
        private FileStream? _stream;

        public Place(string path)
        {
            (_path, _target) = (path, Target(path));
            RemoveLeftovers(_target);
        }

        public void Fill(Action<FileStream> write) => Try(() =>
        {
            _stream = Create();
            write(_stream);
            _stream.Flush();
            Sync(_stream.SafeFileHandle);
        });

        public void Rename() => Try(() =>
        {
            File.Move(_temporary, _target, overwrite: true);
            SyncFolder(Path.GetDirectoryName(_target)!);
        });

        public void Dispose()
        {
            try
            {
                _stream?.Dispose();
            }
            catch (IOException)
            {
                // What a write that failed left in the buffer can be written no more than the rest.
            }

            if (_temporary.Length > 0)
                Delete(_temporary);
            Unfinished.TryRemove(_temporary, out _);
        }

        // Between its creation and its lock another process may take a file for left behind: it has it locked then, or has deleted it.
        private FileStream Create()
        {
            for (int attempt = 1; ; attempt++)
            {
                _temporary = $"{_target}.{Path.GetRandomFileName()}{TemporaryEnding}";
                Unfinished[_temporary] = true;
                try
                {
                    var stream = new FileStream(_temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete, BufferSize);
                    if (File.Exists(_temporary) || attempt == Attempts)
                        return stream;
                    stream.Dispose();
                }
                catch (IOException e) when (attempt < Attempts && e is not DirectoryNotFoundException)
                {
                    // Another name, then.
                }

                Unfinished.TryRemove(_temporary, out _);
            }
        }

        private void Try(Action action)
        {
            try
            {
                action();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or Win32Exception)
            {
                throw new Word2VecException(
                    ErrorKind.Output, $"Cannot write {_path}: {Reason(e, _temporary, _target)} What was there before is untouched.", e);
            }
        }
    }

    // Some file systems let a signal interrupt it (EINTR).
    private static int FSyncFully(SafeHandle file)
    {
        const int interrupted = 4;
        int result;
        do
            result = FSync(file);
        while (result != 0 && Marshal.GetLastPInvokeError() == interrupted);
        return result;
    }

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FSync(SafeHandle file);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);
}
