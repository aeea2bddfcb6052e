using System.Diagnostics;
using System.Globalization;

namespace Word2Vec.Tests.Hostile;

/// <summary>Opens one bad file after another through a door, and keeps the worst that it saw.</summary>
internal sealed class Trial(Door door, string folder) : IDisposable
{
    // Looking at the process's memory takes longer than opening a file, so it is done for so many together.
    private const int Watched = 32;
    private const long FreeBytes = 64L << 20;
    private static readonly ErrorKind[] Expected = [ErrorKind.Format, ErrorKind.Input];

    private readonly string _path = Path.Combine(folder, door.File);
    private readonly byte[] _whole = File.ReadAllBytes(Path.Combine(folder, door.File));
    private MemoryWatch? _watch;
    private int _refused;
    private long _mostBytes;
    private TimeSpan _longest;

    /// <summary>How many files were opened so far.</summary>
    public int Count { get; private set; }

    /// <summary>Whether the door opens to <paramref name="content"/>; every other outcome than that and an error of our own fails the test.</summary>
    public bool Opens(byte[] content, string what, int way)
    {
        File.WriteAllBytes(_path, content);
        _watch = Count++ % Watched == 0 ? MemoryWatch.Start() : _watch;
        long begin = Stopwatch.GetTimestamp(), before = GC.GetTotalAllocatedBytes();
        bool opened = TryOpen(what, way);
        TimeSpan taken = Stopwatch.GetElapsedTime(begin);
        long bytes = Math.Max(GC.GetTotalAllocatedBytes() - before, Count % Watched == 0 ? _watch!.MostBytes() : 0);
        Assert.True(bytes <= 2L * content.Length + FreeBytes, $"{door.Name}, {what}: {content.Length} bytes took {bytes} bytes of memory.");
        (_mostBytes, _longest) = (Math.Max(_mostBytes, bytes), taken > _longest ? taken : _longest);
        _refused += opened ? 0 : 1;
        return opened;
    }

    /// <summary>Adds a line of a table to the file at <paramref name="path"/>.</summary>
    public void Report(string? path)
    {
        if (path is not null)
            File.AppendAllText(path, string.Create(CultureInfo.InvariantCulture,
                $"| {door.Name} | {Count} | {_refused} | {_longest.TotalMilliseconds:0} | {_mostBytes / 1e6:0.0} |\n"));
    }

    public void Dispose() => File.WriteAllBytes(_path, _whole);

    private bool TryOpen(string what, int way)
    {
        try
        {
            door.Open(_path, way);
            return true;
        }
        catch (Word2VecException error)
        {
            Assert.Contains(error.Kind, Expected);
            Assert.DoesNotContain('\n', error.Message);
            return false;
        }
        catch (Exception error)
        {
            throw new InvalidOperationException($"{door.Name}, {what}: {error.Message}", error);
        }
    }
}
