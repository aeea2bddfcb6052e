using System.Reflection;
using Word2Vec.Training;

namespace Word2Vec.Kernels;

/// <summary>The devices that ILGPU reaches: CUDA, OpenCL, and its own CPU accelerator.</summary>
public static partial class GpuDevices
{
    /// <summary>All devices, CUDA first; empty when the kernels were left out of the build.</summary>
    public static IReadOnlyList<TrainingDevice> All => FindAll();

    /// <summary>Why the kernels were left out of the build, in one line; null when they are in.</summary>
    /// <remarks>The build writes it into the assembly (see Ilgpu.targets), and prints the same words.</remarks>
    public static string? LeftOutReason { get; } =
        typeof(GpuDevices).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(data => data.Key == "GpuKernelsLeftOut")?.Value;

    private static partial IReadOnlyList<TrainingDevice> FindAll();
}
