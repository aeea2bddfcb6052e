using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Word2Vec.CommandLine.Tests;

public class ScriptTests
{
    public static string Root()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Word2Vec.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("There is no Word2Vec.sln above the tests.");
    }

    [Fact]
    public void Run_training_sh_is_one_command_that_passes_its_arguments_on()
    {
        string path = Path.Combine(Root(), "run-training.sh");
        string[] lines = File.ReadAllLines(path);
        Assert.Equal(2, lines.Length);
        Assert.Equal("#!/bin/sh", lines[0]);
        Assert.StartsWith("exec dotnet run ", lines[1], StringComparison.Ordinal);
        Assert.EndsWith(" -- demo \"$@\"", lines[1], StringComparison.Ordinal);
        if (OperatingSystem.IsWindows())
            return;
        Assert.True(File.GetUnixFileMode(path).HasFlag(UnixFileMode.UserExecute));
        using Process shell = Process.Start("sh", ["-n", path]);
        shell.WaitForExit();
        Assert.Equal(0, shell.ExitCode);
    }

    [Fact]
    public void Opencl_on_cpu_sh_explains_itself()
    {
        if (OperatingSystem.IsWindows())
            return;
        (int code, string output, _) = Shell(OpenClScript, "--help");
        Assert.Equal(0, code);
        Assert.StartsWith("Usage: kernels/opencl-on-cpu.sh FOLDER", output, StringComparison.Ordinal);
        Assert.Equal((1, "opencl-on-cpu: unknown option --wrong; --help lists them\n"), Failure("--wrong"));
        Assert.Equal((1, "opencl-on-cpu: --mirror needs a value\n"), Failure("somewhere", "--mirror"));
        Assert.Equal((1, "opencl-on-cpu: one folder only, found here and there\n"), Failure("here", "there"));
        Assert.Equal(2, Failure().Code);
    }

    [Fact]
    public void Opencl_on_cpu_sh_leaves_a_folder_alone_that_holds_something_else()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var tool = new Tool();
        string file = tool.Write("folder/root/precious.txt", "precious");
        Assert.Equal(1, Failure(tool.PathOf("folder")).Code);
        Assert.Equal("precious", File.ReadAllText(file));
        Assert.Equal(file, Assert.Single(Directory.GetFiles(tool.PathOf("folder"), "*", SearchOption.AllDirectories)));
    }

    private static string OpenClScript => Path.Combine(Root(), "kernels", "opencl-on-cpu.sh");

    private static (int Code, string Error) Failure(params string[] args)
    {
        (int code, _, string error) = Shell(OpenClScript, args);
        return (code, error);
    }

    private static (int Code, string Output, string Error) Shell(string script, params string[] args)
    {
        using Process shell = Process.Start(new ProcessStartInfo("sh", [script, .. args]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        string output = shell.StandardOutput.ReadToEnd(), error = shell.StandardError.ReadToEnd();
        shell.WaitForExit();
        return (shell.ExitCode, output, error);
    }

    [Fact]
    public void Run_training_ps1_does_the_same()
    {
        string[] lines = File.ReadAllLines(Path.Combine(Root(), "run-training.ps1"));
        Assert.Equal("dotnet run -c Release --project \"$PSScriptRoot/Word2Vec.xproj\" -- demo @args", lines[0]);
        Assert.Equal("exit $LASTEXITCODE", Assert.Single(lines.Skip(1)));
    }

    [Theory]
    [InlineData("run.sh")]
    [InlineData("summary.sh")]
    [InlineData("pack.sh")]
    public void The_scripts_of_the_gpu_checks_are_bash(string name)
    {
        if (!HasBash())
            return;
        using Process shell = Process.Start("bash", ["-n", Path.Combine(Root(), "docs", "benchmarks", "gpu-checks", name)]);
        shell.WaitForExit();
        Assert.Equal(0, shell.ExitCode);
    }

    [Fact]
    public async Task A_smoke_run_of_the_gpu_checks_does_every_step_and_writes_the_tables()
    {
        if (!HasBash())
            return;
        using var tool = new Tool();
        string root = Root(), output = tool.PathOf("results"), questions = Directory.CreateDirectory(tool.PathOf("questions")).FullName;
        File.Copy(Path.Combine(root, "corpora", "small-world-questions.txt"), Path.Combine(questions, "analogies.txt"));
        File.Copy(Path.Combine(root, "corpora", "small-world-pairs.tsv"), Path.Combine(questions, "pairs.tsv"));
        using Process shell = Process.Start(new ProcessStartInfo("bash",
        [
            Path.Combine(root, "docs", "benchmarks", "gpu-checks", "run.sh"), "--smoke", "--device", "cpu", "--output", output, "--seeds", "7",
            "--tool", $"dotnet {Path.Combine(AppContext.BaseDirectory, "Word2Vec.CommandLine.dll")}",
            "--corpus", Path.Combine(root, "corpora", "small-world.txt"), "--questions", questions,
        ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> error = shell.StandardError.ReadToEndAsync();
        string shown = await shell.StandardOutput.ReadToEndAsync();
        await shell.WaitForExitAsync();
        Assert.True(shell.ExitCode == 0, await error);
        string summary = await File.ReadAllTextAsync(Path.Combine(output, "summary.md"));
        Assert.Equal(summary, shown);
        Assert.Contains("Trainings ended well: 7 windows cbow hs subwords frozen (", summary, StringComparison.Ordinal);
        Assert.Matches(@"\n- corpus: 300000 bytes, 54,838 words, vocabulary 1,236\n", summary);
        Assert.Matches(@"\n\| cpu \| 7 \| \d\.\d{4} \| [\d,]+ \| \d+\.\d \| -?0\.\d{3} \|\n", summary);
        Assert.Matches(@"\n\| 20 \| [\d,]+ \| [\d,]+ \| \d+\.\d \|\n", summary);
        Match end = Regex.Match(summary, @"\n\| 2 \| (\d+\.\d\d) \| \d+\.\d\d \| start (\S+), devices (\S+), text (\S+), set-up (\S+), training (\S+), read-back (\S+), writing (\S+) \|");
        Assert.True(end.Success, summary);
        double[] seconds = [.. end.Groups.Values.Skip(1).Select(each => double.Parse(each.Value, CultureInfo.InvariantCulture))];
        Assert.InRange(seconds.Skip(1).Sum(), 0.01, seconds[0] + 0.05);
        string[] steps = [.. File.ReadLines(Path.Combine(output, "steps.tsv")).Select(line => string.Join(' ', line.Split('\t')[..2]))];
        Assert.Contains("quality-device-7-evaluate done", steps);
        Assert.All(steps, step => Assert.EndsWith(" done", step, StringComparison.Ordinal));
    }

    // Elsewhere than on Linux bash and its companions may be of another kind, or too old.
    private static bool HasBash() => OperatingSystem.IsLinux() && File.Exists("/bin/bash");
}
