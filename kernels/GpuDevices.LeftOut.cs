using Word2Vec.Training;

namespace Word2Vec.Kernels;

/// <summary>What stands in where ILGPU could not be restored.</summary>
public static partial class GpuDevices
{
    internal static partial ITrainingBackend CreateEmulated(TrainingJob job, int lanes, int rows, bool shuffles, int windows, BackendTrial? trial) => throw LeftOut();

    internal static partial TrainingDevice On(TrainingDevice device, BackendTrial trial) => throw LeftOut();

    internal static partial IReadOnlyDictionary<string, string> EmitCode() => throw LeftOut();

    public static partial DeviceRates MeasureRates(TrainingDevice device) => throw LeftOut();

    internal static partial EmulatedRates EmulateRates(float[] matrix, int rows, int size, int offset, int draws) => throw LeftOut();

    internal static partial IReadOnlyDictionary<string, string> EmitRateCode() => throw LeftOut();

    internal static partial (float[] Errors, float[] Losses) PairErrors(TrainingDevice device, float[] dots) => throw LeftOut();

    private static partial IReadOnlyList<TrainingDevice> FindAll() => [];

    private static Word2VecException LeftOut() => new(ErrorKind.Device, $"This build has no GPU kernels: {LeftOutReason}.");
}
