using System.Collections.Concurrent;
using ILGPU;
using ILGPU.Runtime;
using Word2Vec.Kernels.Ilgpu;
using Word2Vec.Training;

namespace Word2Vec.Kernels;

public static partial class GpuDevices
{
    // The devices belong to the context, which lives as long as the process.
    private static readonly Lazy<IReadOnlyList<TrainingDevice>> Found = new(() =>
    {
        Context context = IlgpuContext.Create();
        return [.. new[] { AcceleratorType.Cuda, AcceleratorType.OpenCL, AcceleratorType.CPU }.SelectMany(kind =>
            context.Devices.Where(device => device.AcceleratorType == kind).Select((device, index) => new IlgpuDevice(context, device, index)))];
    });

    private static partial IReadOnlyList<TrainingDevice> FindAll() => Found.Value;

    // Kernels are compiled once an accelerator, so the emulated ones are kept.
    private static readonly ConcurrentDictionary<(int Lanes, int Rows), Accelerator> Emulated = new();

    internal static partial ITrainingBackend CreateEmulated(TrainingJob job, int lanes, int rows, bool shuffles)
    {
        Accelerator accelerator = Emulated.GetOrAdd((lanes, rows), shape =>
        {
            Context context = IlgpuContext.CreateCpu(shape.Lanes, shape.Rows);
            return context.Devices[0].CreateAccelerator(context);
        });
        return new IlgpuBackend(job, accelerator, mostWindows: 1, new LaunchShape(lanes, lanes * rows, 1, shuffles));
    }

    internal static partial IReadOnlyDictionary<string, string> EmitCode() => KernelCode.Emit();
}
