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

    private static readonly string[] Parts = ["rows", "copy", "checkpoint", "vocabulary", "threads", "ids", "base", "merge", "program"];

    private static JsonElement Memory(string output) =>
        JsonDocument.Parse(File.ReadAllText(output + ".json")).RootElement.GetProperty("memory");

    /// <summary>Words that occur twice each, but for some that occur oftener.</summary>
    private static string WriteWideCorpus(Tool tool, int words) =>
        tool.Write("wide.txt", string.Concat(Enumerable.Range(0, words).Select(i => $"w{i} w{i} {(i < 100 ? $"w{i} w{i} " : "")}w{(i + 7) % 100}\n")));

    /// <summary>Vectors of 100 components, 400 bytes, of words of which none is in a corpus.</summary>
    private static string WriteBase(Tool tool, string name, int words = 20_000)
    {
        string row = string.Concat(Enumerable.Repeat(" 1", 100));
        string text = tool.Write("known.txt", $"{words} 100\n{string.Concat(Enumerable.Range(0, words).Select(i => $"known{i}{row}\n"))}");
        Assert.Equal(0, tool.Run("convert", text, tool.PathOf(name), "--quiet").Code);
        return tool.PathOf(name);
    }

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
            Parts.Sum(part => memory.GetProperty(part).GetInt64()));
    }

    [Theory]
    [InlineData("base.txt", @", vectors of --from [89]\.\d MB, the words of both at the end \d\.\d MB, .*\) of 1,235 MB$")]
    [InlineData("base.bin", @", vectors of --from 0\.\d MB, the words of both at the end \d\.\d MB, .*\) of 1,235 MB; besides 8\.0 MB of a mapped file, while nothing else needs them$")]
    public void Vectors_that_a_training_begins_with_are_counted_by_where_they_lie(string name, string expected)
    {
        using var tool = new Tool { AvailableMemory = 1_234_567_890 };
        Run run = Train(tool, tool.WriteCorpus(), "--from", WriteBase(tool, name));
        Assert.Equal(0, run.Code);
        Assert.Matches(expected, run.Error.Split('\n').Single(line => line.StartsWith("memory      ", StringComparison.Ordinal)));
        JsonElement memory = Memory(tool.PathOf("v.bin"));
        Assert.Equal(memory.GetProperty("estimate").GetInt64(), Parts.Sum(part => memory.GetProperty(part).GetInt64()));
        Assert.Equal(name == "base.bin" ? 20_000 * 100 * 4 : 0, memory.GetProperty("mapped").GetInt64());
    }

    [Fact]
    public void A_training_whose_vectors_to_begin_with_do_not_fit_is_refused_without_another_size()
    {
        using var tool = new Tool { AvailableMemory = MemoryEstimate.Program + 15_000_000 };
        string known = WriteBase(tool, "base.txt"), corpus = WriteWideCorpus(tool, 5000);
        Run run = Train(tool, corpus, "--from", known, "--min-count", "1", "--quiet");
        Assert.Equal(7, run.Code);
        Match advice = Regex.Match(run.ErrorLine, @"\. With --drop-absent it takes less; (free memory|with --size 100, (\d+) words fit)");
        Assert.True(advice.Success, run.ErrorLine);
        Assert.Equal(0, Train(tool, corpus, "--from", known, "--min-count", "1", "--drop-absent").Code);
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
        JsonElement memory = TrainInProcess(tool, "--size", "600");
        long peak = memory.GetProperty("peak").GetInt64(), rows = memory.GetProperty("rows").GetInt64();
        Assert.Equal(2L * 20_000 * 608 * 4, rows);
        Assert.InRange(memory.GetProperty("estimate").GetInt64(), 0.75 * peak, 1.25 * peak);
        Assert.InRange(peak - rows - memory.GetProperty("vocabulary").GetInt64(), 0, 80_000_000);
    }

    /// <summary>The system counts pages of a mapped file as resident while they are there.</summary>
    [Fact]
    public void A_real_process_that_begins_with_vectors_takes_about_what_was_estimated_and_what_is_mapped()
    {
        if (!OperatingSystem.IsLinux())
            return;
        using var tool = new Tool();
        JsonElement memory = TrainInProcess(tool, "--from", WriteBase(tool, "base.bin", words: 100_000));
        long estimate = memory.GetProperty("estimate").GetInt64() + memory.GetProperty("mapped").GetInt64(), peak = memory.GetProperty("peak").GetInt64();
        Assert.Equal(100_000 * 400, memory.GetProperty("mapped").GetInt64());
        Assert.InRange(estimate, 0.8 * peak, 1.2 * peak);
    }

    private static JsonElement TrainInProcess(Tool tool, params string[] options)
    {
        string output = tool.PathOf("v.bin");
        string[] line =
        [
            typeof(App).Assembly.Location, "train", WriteWideCorpus(tool, 20_000), "-o", output, "--device", "cpu",
            "--epochs", "1", "--min-count", "1", "--no-cache", "--checkpoint-every", "never", .. options,
        ];
        using Process process = Process.Start(new ProcessStartInfo("dotnet", line) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return Memory(output);
    }
}
