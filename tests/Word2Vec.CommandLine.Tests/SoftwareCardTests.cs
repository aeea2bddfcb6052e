using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using Word2Vec.CudaOnCpu;
using Word2Vec.Kernels;

namespace Word2Vec.CommandLine.Tests;

/// <summary>The program on a card in software, as a process of its own: ILGPU's PTX for CUDA, executed on the processor.</summary>
public sealed class SoftwareCardTests
{
    [SoftwareCardTheory]
    [InlineData("cuda")]
    [InlineData("cuda-tf32")]
    public void It_is_listed_and_trains(string device)
    {
        using var tool = new Tool();
        Run devices = Execute([], "devices", "--json");
        JsonElement listed = JsonDocument.Parse(devices.Out).RootElement.GetProperty("devices");
        Assert.Equal(["cuda:0"], listed.EnumerateArray().Where(each => each.GetProperty("auto").GetBoolean()).Select(each => each.GetProperty("id").GetString()));
        Assert.Contains(listed.EnumerateArray(), each => each.GetProperty("id").GetString() == $"{device}:0");

        Run run = Execute([], Training(tool, device));
        Assert.True(run.Code == 0, run.Error);
        JsonElement record = JsonDocument.Parse(File.ReadAllText(tool.PathOf("v.bin.json"))).RootElement;
        Assert.Equal($"{device}:0", record.GetProperty("device").GetString());
        Assert.StartsWith(CudaDriver.DeviceName, record.GetProperty("backend").GetString(), StringComparison.Ordinal);

        // Of outputs that are zero it is 6 ln 2.
        Assert.Equal(2, record.GetProperty("loss").GetArrayLength());
        Assert.InRange(record.GetProperty("loss")[1].GetDouble(), 3, 6 * Math.Log(2));
    }

    /// <summary>The first launches are the self-test's, those behind them of the first epoch, and so on.</summary>
    [SoftwareCardTheory]
    [InlineData(2, "from the beginning")]
    [InlineData(11, "from 50.0 %, epoch 2, where its weights last came back whole")]
    public void Where_it_is_lost_the_processor_takes_over_or_nothing_is_written(int launch, string from)
    {
        using var tool = new Tool();
        (string, string) lost = ("CUDA_ON_CPU_FAIL", $"{launch}");
        Run run = Execute([lost], [.. Training(tool, "cuda"), "--quiet"]);
        Assert.Equal(5, run.Code);
        Assert.Equal($"word2vec: The device cuda:0 failed: launch {launch} was to fail. Try --device cpu, or --fallback cpu to go on there by itself.", run.ErrorLine);
        Assert.False(File.Exists(tool.PathOf("v.bin")));

        run = Execute([lost], [.. Training(tool, "cuda"), "--fallback", "cpu", "--quiet"]);
        Assert.True(run.Code == 0, run.Error);
        Assert.Equal($"warning: The device cuda:0 failed: launch {launch} was to fail. Training on the CPU {from}.", run.ErrorLine);
        Assert.True(File.Exists(tool.PathOf("v.bin")));
    }

    [SoftwareCardTheory]
    [InlineData("cuda")]
    [InlineData("cuda-tf32")]
    public void What_does_not_fit_is_refused_with_what_does(string device)
    {
        using var tool = new Tool();
        Run run = Execute([("CUDA_ON_CPU_MEMORY", "2")], [.. Training(tool, device, size: "1000"), "--quiet"]);
        Assert.Equal(5, run.Code);
        Assert.Contains("of whose 2 MiB it may take 1. A --size of at most ", run.ErrorLine, StringComparison.Ordinal);
    }

    private static string[] Training(Tool tool, string device, string size = "20")
    {
        tool.Write("corpus.txt", string.Join('\n', Enumerable.Range(0, 300).Select(i => string.Join(' ', Enumerable.Range(0, 10).Select(j => $"w{i * j * 7 % 300}")))));
        return ["train", tool.PathOf("corpus.txt"), "-o", tool.PathOf("v.bin"), "--device", device, "--size", size, "--epochs", "2", "--min-count", "1", "--no-cache"];
    }

    private static Run Execute((string Name, string Value)[] settings, params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(App).Assembly.Location, .. args]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DOTNET_STARTUP_HOOKS"] = typeof(CudaDriver).Assembly.Location;
        foreach ((string name, string value) in settings)
            start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new Run(process.ExitCode, output, error.Result);
    }
}

/// <summary>A theory that needs a card in software; skipped, with the reason, where there can be none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SoftwareCardTheoryAttribute : TheoryAttribute
{
    public SoftwareCardTheoryAttribute() => Skip = GpuDevices.LeftOutReason is { } reason
        ? $"GPU kernels left out: {reason}"
        : OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64 && !RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal)
            ? null : "the card in software is for Linux on x64 with the GNU C library";
}
