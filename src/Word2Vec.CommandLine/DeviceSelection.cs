using System.CommandLine;
using System.Globalization;
using Word2Vec.Training;

namespace Word2Vec.CommandLine;

/// <summary>The device to train on, why it was taken, and whether the CPU may take its place.</summary>
/// <param name="FallbackFromStart">The CPU may take over if the device cannot even begin.</param>
/// <param name="FallbackAnytime">The CPU may take over whenever the device fails.</param>
internal sealed record DeviceChoice(TrainingDevice Device, string Reason, bool FallbackFromStart = false, bool FallbackAnytime = false)
{
    /// <summary>What to try where the device fails and nothing takes over; empty: nothing.</summary>
    public string Advice { get; init; } = "";

    /// <summary>The device that was asked for in place of <see cref="Device"/>, and why it is not that one; null: it is.</summary>
    public DeviceFailure? Failure { get; init; }
}

/// <summary><c>--device</c> and <c>--fallback</c>.</summary>
internal sealed class DeviceSelection
{
    private const string Advice = "Try --device cpu, or --fallback cpu to go on there by itself.";

    private static readonly string[] Kinds = ["cpu", "plain", "cuda", "cuda-tf32", "opencl", "ilgpu-cpu"];

    private readonly Option<string?> _device = CommandOptions.Text(
        "--device", "auto, cpu, plain, cuda, cuda-tf32, opencl or ilgpu-cpu, with :INDEX where there are several [default: auto]", "DEVICE");

    private readonly Option<string?> _fallback =
        CommandOptions.Choice("--fallback", "Train on the CPU where the device is not there or fails", "cpu");

    public void AddTo(Command command)
    {
        command.Add(_device);
        command.Add(_fallback);
    }

    /// <summary>Chooses; with <c>--fallback cpu</c> a device that is not there is a warning instead of an error.</summary>
    public DeviceChoice Choose(ParseResult parsed, DeviceCatalog catalog, TrainingOptions options, TextWriter warnings)
    {
        string name = parsed.GetValue(_device) ?? "auto";
        bool fallback = parsed.GetValue(_fallback) is not null;
        if (name == "auto" && options.Deterministic)
            return new DeviceChoice(catalog.Cpu, "--deterministic trains there");
        if (name == "auto")
            return BestFor(options, Best(catalog, fallback) with { Advice = Advice }, catalog);
        CheckName(name);
        if (options.Threads > 1 && name != "cpu" && !fallback)
            throw new Word2VecException(ErrorKind.Usage,
                $"--threads {options.Threads} is for the CPU; it makes no sense with --device {name}. Leave one of them out.");
        if (options.Deterministic && name is not ("cpu" or "plain"))
            throw new Word2VecException(ErrorKind.Usage,
                $"--deterministic cannot be kept on --device {name}, where additions come in any order; leave one of them out.");
        if (Find(catalog, name) is { } device)
        {
            if (!device.CanTrain(options))
                throw new Word2VecException(ErrorKind.Usage, $"The device {device.Id} cannot train {options.ModelName}; the CPU can: --device cpu.");
            return new DeviceChoice(device, "asked for", fallback, fallback) { Advice = Advice };
        }

        if (!fallback)
            throw NotThere(catalog, name, "Choose one of them, or let --fallback cpu train on the CPU.");
        string reason = NotThere(catalog, name, "").Message;
        warnings.WriteLine($"warning: {reason} Training on the CPU, as --fallback says.");
        return new DeviceChoice(catalog.Cpu, $"fallback from {name}") { Failure = new DeviceFailure(name, reason) };
    }

    /// <summary>The device called <paramref name="name"/>, or an error that lists what is there.</summary>
    public static TrainingDevice Get(DeviceCatalog catalog, string name)
    {
        CheckName(name);
        return Find(catalog, name) ?? throw NotThere(catalog, name, "Choose among them.");
    }

    /// <summary>
    /// CUDA before OpenCL before the CPU; never ILGPU's own CPU accelerator and never the plain loop, which are for comparison.
    /// </summary>
    public static DeviceChoice Best(DeviceCatalog catalog, bool fallbackAnytime)
    {
        TrainingDevice[] cards = [.. catalog.Cards];
        foreach (string kind in (string[])["cuda", "opencl"])
        {
            if (cards.FirstOrDefault(device => KindOf(device.Id) == kind) is { } gpu)
                return new DeviceChoice(gpu, "the fastest kind there is", true, fallbackAnytime);
        }

        return new DeviceChoice(catalog.Cpu, $"no GPU: {catalog.WhyNoGpu}");
    }

    private static DeviceChoice BestFor(TrainingOptions options, DeviceChoice best, DeviceCatalog catalog) => best.Device.CanTrain(options)
        ? best
        : new DeviceChoice(catalog.Cpu, $"{best.Device.Id} cannot train {options.ModelName}");

    private static TrainingDevice? Find(DeviceCatalog catalog, string name)
    {
        if (name == "cpu")
            return catalog.Cpu;
        if (name == "plain")
            return catalog.Plain;
        return catalog.Gpus.FirstOrDefault(gpu => gpu.Id == name || KindOf(gpu.Id) == name);
    }

    private static string KindOf(string id) => id.Split(':')[0];

    private static void CheckName(string name)
    {
        string[] parts = name.Split(':');
        bool indexed = parts.Length == 2 && parts[0] is not ("cpu" or "plain")
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out _);
        if (!Kinds.Contains(parts[0]) || (parts.Length > 1 && !indexed))
            throw new Word2VecException(ErrorKind.Usage,
                $"The device '{name}' is none of auto, cpu, plain, cuda, cuda-tf32, opencl, ilgpu-cpu "
                + "(the last four also with an index, such as cuda:0).");
    }

    private static Word2VecException NotThere(DeviceCatalog catalog, string name, string advice)
    {
        string reason = catalog.LeftOutReason is null ? "" : $" ({catalog.WhyNoGpu})";
        return new Word2VecException(ErrorKind.Device,
            $"The device {name} is not there{reason}; there are {string.Join(", ", catalog.All.Select(device => device.Id))}. {advice}"
                .TrimEnd());
    }
}
