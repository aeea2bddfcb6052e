using System.Globalization;
using System.Runtime.InteropServices;

namespace Word2Vec.CommandLine;

/// <summary>What a measured figure must be read with: processor, memory, system, runtime.</summary>
internal static class Machine
{
    public static string Processor { get; } = $"{ProcessorName()} ({RuntimeInformation.ProcessArchitecture})";

    public static int Cores => Environment.ProcessorCount;

    public static string Memory =>
        (GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1L << 30)).ToString("F1", CultureInfo.InvariantCulture) + " GiB";

    public static string System => RuntimeInformation.OSDescription;

    public static string Runtime => RuntimeInformation.FrameworkDescription;

    private static string ProcessorName()
    {
        const string Key = "model name";
        if (OperatingSystem.IsLinux() && File.Exists("/proc/cpuinfo"))
        {
            string? line = File.ReadLines("/proc/cpuinfo").FirstOrDefault(text => text.StartsWith(Key, StringComparison.Ordinal));
            if (line is not null)
                return line[(line.IndexOf(':') + 1)..].Trim();
        }

        return Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? "unknown processor";
    }
}
