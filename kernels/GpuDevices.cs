using Word2Vec.Training;

namespace Word2Vec.Kernels;

/// <summary>The devices that ILGPU reaches: CUDA, OpenCL, and its own CPU accelerator.</summary>
public static partial class GpuDevices
{
    /// <summary>All devices: CUDA, then OpenCL, then ILGPU's CPU accelerator; empty when the kernels were left out of the build.</summary>
    public static IReadOnlyList<TrainingDevice> All => FindAll();

    /// <summary>Why the kernels were left out of the build; null when they are in.</summary>
    public static string? LeftOutReason => null;
}
