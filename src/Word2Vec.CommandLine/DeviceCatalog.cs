using Word2Vec.Kernels;
using Word2Vec.Training;

namespace Word2Vec.CommandLine;

/// <summary>The devices of this machine. Graphics cards are looked for when they are first asked for, once.</summary>
/// <param name="mayHaveCard">Says quickly whether a search can find a graphics card; null: always.</param>
internal sealed class DeviceCatalog(
    Func<IReadOnlyList<TrainingDevice>> findGpus, string? leftOutReason, Func<bool>? mayHaveCard = null)
{
    private readonly Lazy<IReadOnlyList<TrainingDevice>> _gpus = new(findGpus);

    public static DeviceCatalog Real { get; } = new(() => GpuDevices.All, GpuDevices.LeftOutReason, GraphicsDrivers.MayBeThere);

    public CpuDevice Cpu { get; } = new();

    public PlainDevice Plain { get; } = new();

    /// <summary>What ILGPU reaches, CUDA first.</summary>
    public IReadOnlyList<TrainingDevice> Gpus => _gpus.Value;

    /// <summary>The graphics cards among them; without a search where there is no driver.</summary>
    public IEnumerable<TrainingDevice> Cards => mayHaveCard?.Invoke() == false ? [] : Gpus.Where(device => device.IsGpu);

    public IReadOnlyList<TrainingDevice> All => [Cpu, Plain, .. Gpus];

    /// <summary>Why the kernels were left out of the build; null when they are in.</summary>
    public string? LeftOutReason => leftOutReason;

    /// <summary>One clause that says why there is no graphics card to train on.</summary>
    public string WhyNoGpu => leftOutReason is null
        ? "no graphics card was found, by CUDA or OpenCL"
        : $"the kernels were left out of the build: {leftOutReason.TrimEnd('.')}";
}
