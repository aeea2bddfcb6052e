using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Word2Vec.Training;

namespace Word2Vec.CommandLine.Tests;

public class MemoryTests
{
    // The 5,000 words below take 12 MB at size 300.
    private const long Scarce = MemoryEstimate.Program + 2_000_000;

    private static JsonElement Memory(string output) =>
        JsonDocument.Parse(File.ReadAllText(output + ".json")).RootElement.GetProperty("memory");

    /// <summary>Words that occur twice each, but for some that occur oftener.</summary>
    private static string WriteWideCorpus(Tool tool, int words) =>
        tool.Write("wide.txt", string.Concat(Enumerable.Range(0, words).Select(i => $"w{i} w{i} {(i < 100 ? $"w{i} w{i} " : "")}w{(i + 7) % 100}\n")));

    private static Run Train(Tool tool, string corpus, params string[] options) => tool.Run(
        ["train", corpus, "-o", tool.PathOf("v.bin"), "--device", "cpu", "--threads", "1", "--epochs", "1", .. options]);

    [Fact]
    public void The_estimate_is_printed_before_the_training_and_kept_in_the_record()
    {
        using var tool = new Tool { AvailableMemory = 1_234_567_890 };
        Run run = Train(tool, tool.WriteCorpus(), "--size", "20");
        Assert.Equal(0, run.Code);
        string[] lines = run.Error.Split('\n');
        int line = Array.FindIndex(lines, text => text.StartsWith("memory      ", StringComparison.Ordinal));
        Assert.InRange(line, 0, Array.FindIndex(lines, text => text.StartsWith("trained", StringComparison.Ordinal)) - 1);
        Assert.EndsWith(" of 1,235 MB", lines[line], StringComparison.Ordinal);
        JsonElement memory = Memory(tool.PathOf("v.bin"));
        Assert.Equal(2 * 16 * 32 * 4, memory.GetProperty("rows").GetInt64());
        Assert.Equal(
            memory.GetProperty("estimate").GetInt64(),
            new[] { "rows", "copy", "checkpoint", "vocabulary", "threads", "ids", "program" }.Sum(part => memory.GetProperty(part).GetInt64()));
    }

    [Fact]
    public void A_training_that_does_not_fit_is_refused_with_the_size_and_the_vocabularies_that_fit()
    {
        using var tool = new Tool { AvailableMemory = Scarce };
        string corpus = WriteWideCorpus(tool, 5000), output = tool.Write("v.bin", "what was there before");
        Run run = Train(tool, corpus, "--size", "300", "--min-count", "1", "--quiet");
        Assert.Equal(7, run.Code);
        Match advice = Regex.Match(run.ErrorLine,
            @"^word2vec: Vectors of 300 components for 5,000 words take 69 MB of memory \(rows 12 MB, .*\); there are 58 MB: "
            + @"what this test gives\. The largest that fits is --size (\d+); with --size 300, (\d+) words fit: "
            + @"--max-vocabulary (\d+) or --min-count (\d+)\.$");
        Assert.True(advice.Success, run.ErrorLine);
        Assert.Equal("what was there before", File.ReadAllText(output));

        string size = advice.Groups[1].Value, words = advice.Groups[3].Value, count = advice.Groups[4].Value;
        string next = (int.Parse(size, CultureInfo.InvariantCulture) + 1).ToString(CultureInfo.InvariantCulture);
        Assert.Equal(0, Train(tool, corpus, "--size", size, "--min-count", "1").Code);
        Assert.Equal(7, Train(tool, corpus, "--size", next, "--min-count", "1").Code);
        Assert.Equal(0, Train(tool, corpus, "--size", "300", "--min-count", "1", "--max-vocabulary", words).Code);
        Assert.Equal(0, Train(tool, corpus, "--size", "300", "--min-count", count).Code);
    }

    [Fact]
    public void More_different_words_than_the_memory_holds_are_refused_with_a_bound_that_fits()
    {
        using var tool = new Tool { AvailableMemory = MemoryEstimate.Program + 12_000_000 };
        string corpus = WriteWideCorpus(tool, 150_000), output = tool.Write("v.bin", "what was there before");
        Run run = Train(tool, corpus, "--size", "1", "--min-count", "1", "--quiet");
        Assert.Equal(7, run.Code);
        Match advice = Regex.Match(run.ErrorLine,
            @"^word2vec: The first [\d,]+ words of the text have [\d,]+ different ones, and to count more takes \d+ MB of the 9 MB that there are for it; "
            + @"bound them: --max-distinct (\d+) drops the rarest when there are more\.$");
        Assert.True(advice.Success, run.ErrorLine);
        Assert.Equal("what was there before", File.ReadAllText(output));
        Assert.Equal(0, Train(tool, corpus, "--size", "1", "--min-count", "1", "--max-distinct", advice.Groups[1].Value).Code);
    }

    [Fact]
    public void Where_nothing_fits_that_is_said()
    {
        using var tool = new Tool { AvailableMemory = MemoryEstimate.Program };
        Run run = Train(tool, tool.WriteCorpus(), "--quiet");
        Assert.Equal(7, run.Code);
        Assert.EndsWith("Not even --size 1 fits; free memory or take another machine.", run.ErrorLine, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("demo")]
    [InlineData("benchmark")]
    public void Other_commands_that_train_refuse_as_well(string command)
    {
        using var tool = new Tool { AvailableMemory = MemoryEstimate.Program };
        string[] output = command == "demo" ? ["-o", tool.PathOf("v.bin")] : [];
        Run run = tool.Run([command, "--corpus", tool.WriteCorpus(), .. output]);
        Assert.Equal(7, run.Code);
        Assert.Contains("free memory", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_real_process_takes_about_what_was_estimated()
    {
        if (!OperatingSystem.IsLinux())
            return;
        using var tool = new Tool();
        string output = tool.PathOf("v.bin");
        string[] line =
        [
            typeof(App).Assembly.Location, "train", WriteWideCorpus(tool, 20_000), "-o", output, "--device", "cpu", "--size", "600",
            "--epochs", "1", "--min-count", "1", "--no-cache", "--checkpoint-every", "never",
        ];
        using Process process = Process.Start(new ProcessStartInfo("dotnet", line) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        JsonElement memory = Memory(output);
        long peak = memory.GetProperty("peak").GetInt64(), rows = memory.GetProperty("rows").GetInt64();
        Assert.Equal(2L * 20_000 * 608 * 4, rows);
        Assert.InRange(memory.GetProperty("estimate").GetInt64(), 0.75 * peak, 1.25 * peak);
        Assert.InRange(peak - rows - memory.GetProperty("vocabulary").GetInt64(), 0, 80_000_000);
    }
}
