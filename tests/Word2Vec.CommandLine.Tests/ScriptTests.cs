using System.Diagnostics;

namespace Word2Vec.CommandLine.Tests;

public class ScriptTests
{
    private static string Root()
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
    public void Run_training_ps1_does_the_same()
    {
        string[] lines = File.ReadAllLines(Path.Combine(Root(), "run-training.ps1"));
        Assert.Equal("dotnet run -c Release --project \"$PSScriptRoot/Word2Vec.xproj\" -- demo @args", lines[0]);
        Assert.Equal("exit $LASTEXITCODE", Assert.Single(lines.Skip(1)));
    }
}
