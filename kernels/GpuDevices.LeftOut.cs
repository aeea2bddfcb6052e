using Word2Vec.Training;

namespace Word2Vec.Kernels;

/// <content>What is compiled in place of the Ilgpu folder where ILGPU cannot be restored.</content>
public static partial class GpuDevices
{
    private static partial IReadOnlyList<TrainingDevice> FindAll() => [];
}
