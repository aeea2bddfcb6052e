using Word2Vec.Training;

namespace Word2Vec.Kernels;

/// <content>What is compiled where ILGPU can be restored.</content>
public static partial class GpuDevices
{
    private static partial IReadOnlyList<TrainingDevice> FindAll() => IlgpuContext.Devices() >= 0 ? [] : [];
}
