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

    /// <summary>
    /// A backend on ILGPU's CPU accelerator with at most <paramref name="windows"/> in flight, groups of <paramref name="rows"/> ×
    /// <paramref name="lanes"/> threads, dot products summed by shuffles or through memory: for tests.
    /// </summary>
    internal static partial ITrainingBackend CreateEmulated(TrainingJob job, int lanes, int rows, bool shuffles, int windows, BackendTrial? trial = null);

    /// <summary>One of <see cref="All"/> with what <paramref name="trial"/> has otherwise: for tests.</summary>
    internal static partial TrainingDevice On(TrainingDevice device, BackendTrial trial);

    /// <summary>The PTX (for SM 9.0) and OpenCL C of every kernel, by name, compiled without a device: for tests.</summary>
    internal static partial IReadOnlyDictionary<string, string> EmitCode();

    /// <summary>label − σ(dot) and the loss of each of <paramref name="dots"/>, first with the label 1, then with 0, on one of <see cref="All"/>: for tests.</summary>
    internal static partial (float[] Errors, float[] Losses) PairErrors(TrainingDevice device, float[] dots);

    private static partial IReadOnlyList<TrainingDevice> FindAll();
}
