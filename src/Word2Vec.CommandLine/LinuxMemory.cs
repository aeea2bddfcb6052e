using System.Globalization;

namespace Word2Vec.CommandLine;

/// <summary>
/// What Linux leaves to this process: the machine's free memory, and what each control group above it still has below its limit. A limit counts the
/// file pages that a group has cached, but takes them back before it kills; so they count as free.
/// </summary>
/// <remarks>Documentation/admin-guide/cgroup-v1/memory.rst, Documentation/admin-guide/cgroup-v2.rst and proc(5).</remarks>
internal static class LinuxMemory
{
    // Version 1 says "none" as the highest multiple of a page below 2^63.
    private const long NoLimit = 1L << 60;

    private static readonly Version[] Versions =
    [
        new("sys/fs/cgroup", "", ["memory.max", "memory.high"], "memory.current", ["inactive_file", "active_file"]),
        new("sys/fs/cgroup/memory", "memory", ["memory.limit_in_bytes"], "memory.usage_in_bytes", ["total_inactive_file", "total_active_file"]),
    ];

    /// <summary>All limits under the folder <paramref name="root"/>, which is / but for tests.</summary>
    public static IReadOnlyList<AvailableMemory> Limits(string root)
    {
        string status = Path.Combine(root, "proc/self/status");
        long own = (Kilobytes(status, "RssAnon:") ?? 0) + (Kilobytes(status, "RssShmem:") ?? 0);
        var limits = new List<AvailableMemory>();
        if (Kilobytes(Path.Combine(root, "proc/meminfo"), "MemAvailable:") is long free)
            limits.Add(new AvailableMemory(free + own, "what is free"));
        foreach (Version version in Versions)
        {
            foreach (string folder in Groups(root, version))
                limits.AddRange(LimitsOf(folder, version, own));
        }

        return limits;
    }

    private static IEnumerable<AvailableMemory> LimitsOf(string folder, Version version, long own)
    {
        if (Number(Path.Combine(folder, version.Usage)) is not long usage)
            yield break;
        long reclaimable = version.Cached.Sum(name => Field(Path.Combine(folder, "memory.stat"), name) ?? 0);
        foreach (string file in version.Limits)
        {
            string path = Path.Combine(folder, file);
            if (Number(path) is long limit and < NoLimit)
                yield return new AvailableMemory(Math.Max(0, limit - usage + reclaimable + own), $"what {path} leaves");
        }
    }

    /// <summary>
    /// The process's group and those above it. In a container the path can be one of the host's, of which the container sees only its own group, at the
    /// top.
    /// </summary>
    private static IEnumerable<string> Groups(string root, Version version)
    {
        string top = Path.Combine(root, version.Top);
        string path = Lines(Path.Combine(root, "proc/self/cgroup"))
            .Select(line => line.Split(':', 3))
            .FirstOrDefault(parts => parts.Length == 3 && parts[1].Split(',').Contains(version.Controller))?[2].Trim('/') ?? "";
        for (; path.Length > 0; path = Path.GetDirectoryName(path) ?? "")
            yield return Path.Combine(top, path);
        yield return top;
    }

    private static long? Number(string path) => Lines(path) is [string line, ..] ? Parse(line) : null;

    private static long? Field(string path, string name) =>
        Lines(path).Select(line => line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
            .FirstOrDefault(parts => parts.Length > 1 && parts[0] == name) is { } found ? Parse(found[1]) : null;

    private static long? Kilobytes(string path, string name) => Field(path, name) * 1024;

    private static long? Parse(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null;

    private static string[] Lines(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private sealed record Version(string Top, string Controller, string[] Limits, string Usage, string[] Cached);
}
