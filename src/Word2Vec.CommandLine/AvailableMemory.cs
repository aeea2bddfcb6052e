namespace Word2Vec.CommandLine;

/// <summary>How much memory this process may have.</summary>
/// <param name="Bytes">What it has and what it can still get, together.</param>
/// <param name="Source">What sets the limit, for people: it follows "of".</param>
internal readonly record struct AvailableMemory(long Bytes, string Source)
{
    /// <summary>The least of what the system and its control groups leave to this process.</summary>
    public static AvailableMemory OfThisProcess() =>
        OperatingSystem.IsLinux() && LinuxMemory.Limits("/") is { Count: > 0 } limits ? limits.MinBy(limit => limit.Bytes) : OfRuntime();

    // The runtime's own figure is of the machine or its job object. In a Linux container it is 75 % of the limit, which concerns managed memory; the
    // rows are not managed.
    private static AvailableMemory OfRuntime()
    {
        GCMemoryInfo info = GC.GetGCMemoryInfo();
        long free = Math.Max(0, info.TotalAvailableMemoryBytes - info.MemoryLoadBytes);
        return new AvailableMemory(free + Environment.WorkingSet, "what is free");
    }
}
