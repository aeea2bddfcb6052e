using System.Globalization;

namespace Word2Vec.CudaOnCpu;

/// <summary>What the environment says of the device.</summary>
internal static class Settings
{
    /// <summary>CUDA_ON_CPU_MULTIPROCESSORS: 132 as a rule, those of an H200.</summary>
    public static int Multiprocessors { get; set; } = (int)Number("MULTIPROCESSORS", 132);

    /// <summary>CUDA_ON_CPU_MEMORY, in MB: 4,096 as a rule.</summary>
    public static long MemoryBytes { get; } = Number("MEMORY", 4096) << 20;

    /// <summary>CUDA_ON_CPU_THREADS: how many of the processor's threads a launch takes; with one, as a rule, the same launch gives the same bytes.</summary>
    public static int Threads { get; } = (int)Number("THREADS", 1);

    /// <summary>CUDA_ON_CPU_COMPARED: of so many groups one has its accesses to shared memory compared with each other, which takes three times as long; 16 as a rule.</summary>
    public static int Compared { get; } = Math.Max(1, (int)Number("COMPARED", 16));

    /// <summary>CUDA_ON_CPU_FAIL: the launch, from 1, that ends as on a card that is lost; 0, as a rule: none.</summary>
    public static long FailingLaunch { get; } = Number("FAIL", 0);

    private static long Number(string name, long otherwise) =>
        long.TryParse(Environment.GetEnvironmentVariable($"CUDA_ON_CPU_{name}"), CultureInfo.InvariantCulture, out long value) ? value : otherwise;
}
