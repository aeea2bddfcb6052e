using System.Collections.Concurrent;
using System.Numerics;
using ILGPU;
using ILGPU.Runtime;
using Word2Vec.Kernels.Ilgpu;
using Word2Vec.Training;

namespace Word2Vec.Kernels;

public static partial class GpuDevices
{
    // The devices belong to their contexts, which live as long as the process.
    private static readonly Lazy<IReadOnlyList<TrainingDevice>> Found = new(() => [.. IlgpuContext.FindDevices().SelectMany(found => Variants(found.Context, found.Device, found.Index))]);

    private static partial IReadOnlyList<TrainingDevice> FindAll() => Found.Value;

    private static IEnumerable<IlgpuDevice> Variants(Context context, Device device, int index) => IlgpuDevice.HasTensorCores(device)
        ? [new IlgpuDevice(context, device, index), new IlgpuDevice(context, device, index, tensorCores: true)]
        : [new IlgpuDevice(context, device, index)];

    // Kernels are compiled once an accelerator, so the emulated ones are kept.
    private static readonly ConcurrentDictionary<(int Lanes, int Rows), Accelerator> Emulated = new();

    internal static partial ITrainingBackend CreateEmulated(TrainingJob job, int lanes, int rows, bool shuffles, int windows, BackendTrial? trial)
    {
        Accelerator accelerator = Emulated.GetOrAdd((lanes, rows), shape =>
        {
            Context context = IlgpuContext.CreateCpu(shape.Lanes, (int)BitOperations.RoundUpToPowerOf2((uint)shape.Rows));
            return context.Devices[0].CreateAccelerator(context);
        });
        return new IlgpuBackend(job, accelerator, windows, new LaunchShape(lanes, lanes * rows, windows, shuffles), trial);
    }

    internal static partial TrainingDevice On(TrainingDevice device, BackendTrial trial) => new IlgpuDevice((IlgpuDevice)device, trial);

    internal static partial (float[] Errors, float[] Losses) PairErrors(TrainingDevice device, float[] dots) => ((IlgpuDevice)device).PairErrors(dots);

    internal static partial IReadOnlyDictionary<string, string> EmitCode() => KernelCode.Emit();
}
