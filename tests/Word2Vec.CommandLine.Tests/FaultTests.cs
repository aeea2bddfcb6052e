using System.Diagnostics;

namespace Word2Vec.CommandLine.Tests;

/// <summary>
/// Processes that are killed, stopped or let down by the system: what goes on ends with the bytes of what was never disturbed. <c>tests/faults.sh</c>
/// does this at every place; here is a sample.
/// </summary>
public sealed class FaultTests : IDisposable
{
    private readonly Tool _tool = new();
    private readonly string[] _train;

    public FaultTests() =>
        _train = ["train", _tool.WriteCorpus(sentences: 20_000), "--deterministic", "--size", "20"];

    private string Output => _tool.PathOf("v.bin");

    private string[] Kept => [.. _train, "-o", Output, "--checkpoint-every", "80000words"];

    public void Dispose() => _tool.Dispose();

    private Process StartProgram(string program, params string[] args)
    {
        File.WriteAllText(Output, "old");
        var start = new ProcessStartInfo(program, args) { RedirectStandardError = true };
        start.Environment["WORD2VEC_CACHE"] = _tool.PathOf("cache");
        return Process.Start(start)!;
    }

    private Process Start(params string[] more) => StartProgram("dotnet", [Shell.Assembly, .. Kept, .. more]);

    private static void Signal(Process process, string signal)
    {
        using Process kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]);
        kill.WaitForExit();
    }

    private void WaitForCheckpoint(Process process)
    {
        while (!process.HasExited && !File.Exists(Output + ".checkpoint-1"))
            Thread.Sleep(1);
        Assert.False(process.HasExited, process.HasExited ? process.StandardError.ReadToEnd() : "");
    }

    private void AssertResumes(params string[] more)
    {
        Assert.Equal("old", File.ReadAllText(Output));
        Assert.Equal(0, _tool.Run([.. Kept, "--resume", "--threads", "1", .. more]).Code);
        AssertUndisturbed();
    }

    private void TrainUndisturbed(params string[] more) =>
        Assert.Equal(0, _tool.Run([.. _train, .. more, "-o", _tool.PathOf("expected.bin"), "--checkpoint-every", "never"]).Code);

    private void AssertUndisturbed()
    {
        Assert.Equal(File.ReadAllBytes(_tool.PathOf("expected.bin")), File.ReadAllBytes(Output));
        Assert.Empty(Directory.GetFiles(_tool.PathOf("."), "*.tmp"));
        Assert.Empty(Directory.GetFiles(_tool.PathOf("."), "*.checkpoint*"));
    }

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    [InlineData("HUP", 129)]
    [InlineData("KILL", 137)]
    public void A_training_that_a_signal_ended_goes_on(string signal, int code)
    {
        if (OperatingSystem.IsWindows())
            return;
        TrainUndisturbed("--epochs", "60");
        using Process process = Start("--epochs", "60");
        WaitForCheckpoint(process);
        Signal(process, signal);
        Assert.True(process.WaitForExit(30_000));
        Assert.Equal(code, process.ExitCode);
        if (signal != "KILL")
            Assert.Matches(
                @"\nword2vec: interrupted; the first \d+\.\d % of the training are kept in .*v\.bin\.checkpoint-[12]; the same command with --resume goes on "
                + @"from there\n$", process.StandardError.ReadToEnd());
        AssertResumes("--epochs", "60");
    }

    [Fact]
    public void A_second_signal_quits_at_once()
    {
        if (OperatingSystem.IsWindows())
            return;

        // The first signal waits for the end of a span, which may come before the second one does: then it is tried again.
        const int Attempts = 8;
        string error = "";
        for (int attempt = 0; attempt < Attempts && error != "word2vec: interrupted\n"; attempt++)
            error = ErrorAfterTwoSignals();
        Assert.Equal("word2vec: interrupted\n", error);
        Assert.Equal("old", File.ReadAllText(Output));
    }

    // With spans as long as they get.
    private string ErrorAfterTwoSignals()
    {
        using Process process = StartProgram(
            "dotnet", Shell.Assembly, "train", _tool.PathOf("corpus.txt"), "-o", Output, "--device", "plain", "--size", "4096", "--window", "100",
            "--negatives", "64", "--max-sentence-length", "1000", "--subsampling", "0");
        while (process.StandardError.ReadLine() is { } line && !line.StartsWith("memory", StringComparison.Ordinal))
        {
        }

        Thread.Sleep(500);
        Signal(process, "INT");
        Signal(process, "INT");
        Assert.True(process.WaitForExit(30_000));
        Assert.Equal(130, process.ExitCode);
        return process.StandardError.ReadToEnd();
    }

    [StraceTheory]
    [InlineData("pwrite64", "error=ENOSPC:when=6", "No space left on device")]
    [InlineData("fsync", "error=EIO:when=5", "Input/output error")]
    [InlineData("rename", "error=EACCES:when=3", "denied")]
    [InlineData("fsync", "signal=KILL:when=1", null)]
    [InlineData("rename", "signal=KILL:when=2", null)]
    public void A_checkpoint_that_the_system_lets_down_costs_nothing_else(string call, string fault, string? reason)
    {
        // strace counts the calls of each thread: the one that writes checkpoints makes more of them than the one that saves the vectors at the end,
        // now that the encoded corpus is in the cache.
        string[] longer = ["--epochs", "25"];
        TrainUndisturbed(longer);
        using Process process = StartProgram(
            "strace", ["-f", "-qq", "-o", "/dev/null", "-e", $"trace={call}", "-e", $"inject={call}:{fault}", "dotnet", Shell.Assembly, .. Kept, .. longer]);
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (reason is null)
        {
            Assert.DoesNotContain("trained ", error, StringComparison.Ordinal);
            AssertResumes(longer);
            return;
        }

        Assert.Equal(0, process.ExitCode);
        Assert.Matches($@"\nwarning: No checkpoint at \d+\.\d %, the training goes on: Cannot write .*v\.bin\.checkpoint-[12]: .*{reason}", error);
        AssertUndisturbed();
    }
}
