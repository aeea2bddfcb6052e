using System.Diagnostics;
using System.Globalization;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;
using Word2Vec.Training;

namespace Word2Vec.Kernels.Ilgpu;

/// <summary>A device that ILGPU reaches.</summary>
internal sealed class IlgpuDevice : TrainingDevice
{
    private readonly Device _device;
    private readonly Context _context;
    private readonly BackendTrial _trial = new();
    private readonly bool _tensorCores;

    /// <param name="tensorCores">Whether tiles are multiplied on tensor cores: only where <see cref="HasTensorCores"/>.</param>
    public IlgpuDevice(Context context, Device device, int index, bool tensorCores = false)
    {
        (_context, _device, _tensorCores) = (context, device, tensorCores);
        (string kind, Driver) = device switch
        {
            CudaDevice cuda => (tensorCores ? "cuda-tf32" : "cuda", $"CUDA {cuda.DriverVersion.Major}.{cuda.DriverVersion.Minor}, SM {cuda.Architecture?.Major}.{cuda.Architecture?.Minor}"),
            CLDevice openCl => ("opencl", $"{openCl.PlatformName}, {openCl.CLStdVersion}"),
            _ => ("ilgpu-cpu", ""),
        };
        Id = string.Create(CultureInfo.InvariantCulture, $"{kind}:{index}");
        IsGpu = device is CudaDevice || (device is CLDevice cl && cl.DeviceType.HasFlag(CLDeviceType.CL_DEVICE_TYPE_GPU));
    }

    /// <summary>As <paramref name="device"/>, with what <paramref name="trial"/> has otherwise.</summary>
    public IlgpuDevice(IlgpuDevice device, BackendTrial trial)
    {
        (_context, _device, _tensorCores, _trial) = (device._context, device._device, device._tensorCores, trial);
        (Id, Driver, IsGpu) = (device.Id, device.Driver, device.IsGpu);
    }

    /// <summary>Whether a device multiplies TF32 on tensor cores.</summary>
    public static bool HasTensorCores(Device device) => device is CudaDevice { Architecture: { } architecture } && architecture >= CudaArchitecture.SM_80;

    public override string Id { get; }

    public override string Description => _device.AcceleratorType == AcceleratorType.CPU
        ? "ILGPU's CPU accelerator: runs the kernels for checks, far slower than cpu"
        : string.Create(CultureInfo.InvariantCulture, $"{_device.Name}, {_device.NumMultiprocessors} multiprocessors{(_tensorCores ? ", products on tensor cores" : "")}");

    public override long MemoryBytes => _device.AcceleratorType == AcceleratorType.CPU ? 0 : _device.MemorySize;

    public override string Driver { get; }

    public override bool IsGpu { get; }

    /// <summary>Every model has a kernel; only tiles have products for tensor cores.</summary>
    public override bool CanTrain(TrainingOptions options) => !_tensorCores || options.HasTiles;

    internal override bool KeepsFrozen => true;

    /// <summary>As <see cref="GpuDevices.MeasureRates"/>.</summary>
    public DeviceRates MeasureRates()
    {
        Accelerator accelerator = _device.CreateAccelerator(_context);
        try
        {
            RateSizes sizes = accelerator.AcceleratorType == AcceleratorType.CPU ? RateSizes.Tiny : RateSizes.Usual;
            using var measurement = new RowRateMeasurement(accelerator, sizes);
            return new DeviceRates(Id, Description, Driver, sizes.Rows, sizes.Repeats, [.. measurement.Run()]);
        }
        finally
        {
            DriverGuard.Release(accelerator);
        }
    }

    /// <summary>As <see cref="PairErrorProbe.Run"/>.</summary>
    public (float[] Errors, float[] Losses) PairErrors(float[] dots)
    {
        using Accelerator accelerator = _device.CreateAccelerator(_context);
        return PairErrorProbe.Run(accelerator, dots);
    }

    public override ITrainingBackend CreateBackend(TrainingJob job) => DriverGuard.Run(Id, () =>
    {
        Accelerator accelerator = _device.CreateAccelerator(_context);
        try
        {
            long begin = Stopwatch.GetTimestamp();
            var units = new TileUnits(_tensorCores, VectorAdditions: CudaTarget.HasVectorAdditions(accelerator) && !_trial.AddsFloats);
            SelfTest.Run(accelerator, job, DeviceMemory.TakesIdsInBlocks(job, accelerator, _trial), units);
            var backend = new IlgpuBackend(job, accelerator, trial: _trial, units: units) { CompiledBefore = Stopwatch.GetElapsedTime(begin) };
            return new DriverGuard(Id, backend, accelerator, IlgpuErrors.Words);
        }
        catch
        {
            DriverGuard.Release(accelerator);
            throw;
        }
    }, IlgpuErrors.Words);
}
