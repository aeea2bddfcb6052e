using System.Diagnostics;

namespace Word2Vec.CommandLine.Tests;

/// <summary>What only a real process shows: streams, signals, pipes.</summary>
public class ProcessTests
{
    private static readonly string Assembly = typeof(App).Assembly.Location;

    private static Process Start(Tool tool, params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [Assembly, .. args])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment["WORD2VEC_CACHE"] = tool.PathOf("cache");
        return Process.Start(start)!;
    }

    [Fact]
    public void Results_go_to_standard_output_as_plain_utf8()
    {
        using var tool = new Tool();
        using Process process = Start(tool, "most-similar", tool.Write("v.txt", "2 2\nström 1 0\nfluß 1 0\n"), "ström", "--json");
        process.StandardInput.Close();
        using var bytes = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(bytes);
        process.WaitForExit();
        Assert.Equal((0, ""), (process.ExitCode, process.StandardError.ReadToEnd()));
        Assert.Equal(
            """{"positive":["ström"],"negative":[],"neighbors":[{"word":"fluß","similarity":1}]}""" + "\n",
            System.Text.Encoding.UTF8.GetString(bytes.ToArray()));
    }

    [Fact]
    public void Errors_go_to_standard_error_with_their_exit_code()
    {
        using var tool = new Tool();
        using Process process = Start(tool, "similarity", tool.WriteVectors(), "king", "kong");
        process.WaitForExit();
        Assert.Equal((8, ""), (process.ExitCode, process.StandardOutput.ReadToEnd()));
        Assert.StartsWith("word2vec: ", process.StandardError.ReadToEnd(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    [InlineData("HUP", 129)]
    public void A_signal_stops_a_training_and_leaves_the_previous_output(string signal, int code)
    {
        if (OperatingSystem.IsWindows())
            return;
        using var tool = new Tool();
        string output = tool.Write("v.bin", "what was there before");
        using Process process = Start(tool, "train", tool.WriteCorpus(), "-o", output, "--epochs", "1000000", "--device", "plain", "--checkpoint-every", "never");
        // The vocabulary is reported when the training begins.
        while (process.StandardError.ReadLine() is { } line && !line.StartsWith("vocabulary", StringComparison.Ordinal))
        {
        }

        using (Process kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]))
            kill.WaitForExit();
        Assert.True(process.WaitForExit(30_000));
        Assert.Equal(code, process.ExitCode);
        Assert.Contains(
            $"word2vec: interrupted; nothing was written, {output} is as it was", process.StandardError.ReadToEnd(),
            StringComparison.Ordinal);
        Assert.Equal("what was there before", File.ReadAllText(output));
        Assert.Equal(["cache", "corpus.txt", "v.bin"], Directory.GetFileSystemEntries(tool.PathOf(".")).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void A_reader_that_goes_away_is_no_error()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var tool = new Tool();
        string words = tool.Write("words.txt", string.Concat(Enumerable.Repeat("king\n", 20_000)));
        using Process shell = Process.Start(new ProcessStartInfo("bash",
            ["-c", "dotnet \"$0\" most-similar \"$1\" --file \"$2\" | head -n 1; exit ${PIPESTATUS[0]}", Assembly,
                tool.WriteVectors(), words])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        string output = shell.StandardOutput.ReadToEnd(), error = shell.StandardError.ReadToEnd();
        shell.WaitForExit();
        Assert.Equal((0, ""), (shell.ExitCode, error));
        Assert.StartsWith("king\tprince\t", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_signal_while_vectors_are_written_leaves_no_temporary_file()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var tool = new Tool();
        string row = string.Concat(Enumerable.Repeat(" 0.123456789", 1000));
        string vectors = tool.PathOf("v.txt");
        File.WriteAllLines(vectors, Enumerable.Range(0, 3000).Select(i => $"w{i}{row}").Prepend("3000 1000"));
        using Process process = Start(tool, "convert", vectors, tool.PathOf("w.txt"));
        while (!process.HasExited && Directory.GetFiles(tool.PathOf("."), "*.tmp").Length == 0)
            Thread.Sleep(1);
        using (Process kill = Process.Start("kill", ["-INT", $"{process.Id}"]))
            kill.WaitForExit();
        Assert.True(process.WaitForExit(30_000));
        Assert.Equal(130, process.ExitCode);
        Assert.Equal(["v.txt"], Directory.GetFileSystemEntries(tool.PathOf(".")).Select(Path.GetFileName));
    }

    [Fact]
    public void A_training_goes_on_where_standard_error_cannot_be_written_to()
    {
        if (!File.Exists("/dev/full"))
            return;
        using var tool = new Tool();
        using Process shell = Process.Start("sh",
            ["-c", "dotnet \"$0\" train \"$1\" -o \"$2\" --no-cache 2> /dev/full", Assembly, tool.WriteCorpus(), tool.PathOf("v.bin")]);
        shell.WaitForExit();
        Assert.Equal((0, true), (shell.ExitCode, File.Exists(tool.PathOf("v.bin"))));
    }

    [Fact]
    public void A_full_disk_behind_standard_output_is_said()
    {
        if (!File.Exists("/dev/full"))
            return;
        using var tool = new Tool();
        using Process shell = Process.Start(
            new ProcessStartInfo("sh", ["-c", "dotnet \"$0\" similarity \"$1\" king queen > /dev/full", Assembly, tool.WriteVectors()])
            {
                RedirectStandardError = true,
            })!;
        string error = shell.StandardError.ReadToEnd();
        shell.WaitForExit();
        Assert.Equal(6, shell.ExitCode);
        Assert.StartsWith("word2vec: The disk is full", Assert.Single(error.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
    }
}
