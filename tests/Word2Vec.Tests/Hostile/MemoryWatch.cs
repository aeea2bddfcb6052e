namespace Word2Vec.Tests.Hostile;

/// <summary>The most memory that the process took, beyond what it had: the collector's, native allocations and touched pages of files. Linux tells.</summary>
internal sealed class MemoryWatch
{
    private const string Status = "/proc/self/status", Reset = "/proc/self/clear_refs";
    private static readonly bool CanMeasure = OperatingSystem.IsLinux() && CanReset();

    private readonly long _resident;
    private MemoryWatch() => _resident = CanMeasure && CanReset() ? Read("VmRSS:") : 0;

    /// <summary>Begins to look.</summary>
    public static MemoryWatch Start() => new();

    /// <summary>What the process's memory grew by at its highest; 0 where the system does not tell.</summary>
    public long MostBytes() => CanMeasure ? Read("VmHWM:") - _resident : 0;

    // Sets the process's high-water mark back to what it has now.
    private static bool CanReset()
    {
        try
        {
            File.WriteAllText(Reset, "5");
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static long Read(string name)
    {
        string line = File.ReadLines(Status).First(line => line.StartsWith(name, StringComparison.Ordinal));
        return 1024 * long.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], System.Globalization.CultureInfo.InvariantCulture);
    }
}
