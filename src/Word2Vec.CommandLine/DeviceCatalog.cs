using Word2Vec.Kernels;
using Word2Vec.Training;

namespace Word2Vec.CommandLine;

/// <summary>The devices of this machine. Graphics cards are looked for when they are first asked for, once.</summary>
internal sealed class DeviceCatalog(Func<IReadOnlyList<TrainingDevice>> findGpus, string? leftOutReason)
{
    private readonly Lazy<IReadOnlyList<TrainingDevice>> _gpus = new(findGpus);

    public static DeviceCatalog Real { get; } = new(() => GpuDevices.All, GpuDevices.LeftOutReason);

    public CpuDevice Cpu { get; } = new();

    public PlainDevice Plain { get; } = new();

    /// <summary>What ILGPU reaches, CUDA first.</summary>
    public IReadOnlyList<TrainingDevice> Gpus => _gpus.Value;

    public IReadOnlyList<TrainingDevice> All => [Cpu, Plain, .. Gpus];

    /// <summary>Why the kernels were left out of the build; null when they are in.</summary>
    public string? LeftOutReason => leftOutReason;

    /// <summary>One clause that says why there is no graphics card to train on.</summary>
    public string WhyNoGpu => leftOutReason is null
        ? "no graphics card was found, by CUDA or OpenCL"
        : $"the kernels were left out of the build: {leftOutReason.TrimEnd('.')}";
}
