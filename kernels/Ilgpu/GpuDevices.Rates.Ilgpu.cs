using ILGPU;
using ILGPU.Runtime;
using Word2Vec.Kernels.Ilgpu;
using Word2Vec.Training;

namespace Word2Vec.Kernels;

public static partial class GpuDevices
{
    public static partial DeviceRates MeasureRates(TrainingDevice device) => device is IlgpuDevice found
        ? DriverGuard.Run(device.Id, found.MeasureRates, IlgpuErrors.Words)
        : throw new Word2VecException(ErrorKind.Device, $"The rates of {device.Id} cannot be measured: ILGPU does not reach it. Choose a cuda or opencl device.");

    internal static partial EmulatedRates EmulateRates(float[] matrix, int rows, int size, int offset, int draws)
    {
        using Context context = IlgpuContext.CreateCpu(lanes: 4, rows: 4);
        using Accelerator accelerator = context.Devices[0].CreateAccelerator(context);
        return RowRateProbe.Run(accelerator, matrix, rows, size, offset, draws);
    }

    internal static partial IReadOnlyDictionary<string, string> EmitRateCode() => KernelCode.EmitRates();
}
