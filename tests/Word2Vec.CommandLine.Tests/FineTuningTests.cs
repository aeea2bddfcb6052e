using System.Text.Json;

namespace Word2Vec.CommandLine.Tests;

/// <summary>What a user sees of a training that begins with vectors.</summary>
public class FineTuningTests
{
    private const string Base = "5 3\nred 1 2 3\ngreen 3 2 1\ndog -1 0 1\nunicorn 4 5 6\nphoenix 7 8 9\n";

    [Fact]
    public void The_size_is_that_of_the_vectors_and_everything_is_said_and_recorded()
    {
        using var tool = new Tool();
        string known = tool.Write("base.txt", Base), corpus = tool.WriteCorpus(), output = tool.PathOf("tuned.txt");
        Run run = tool.Run("train", corpus, "--from", known, "-o", output, "--json");
        Assert.Equal(0, run.Code);
        Assert.Contains($"\nbase        {known}: 3 of its words are in the text, 13 are new, 2 absent ones stay\n", run.Error, StringComparison.Ordinal);
        string[] lines = File.ReadAllLines(output);
        Assert.Equal("18 3", lines[0]);
        Assert.Equal(["unicorn 4 5 6", "phoenix 7 8 9"], lines[^2..].Select(line => line.TrimEnd()));
        JsonElement record = JsonDocument.Parse(run.Out).RootElement, from = record.GetProperty("base");
        Assert.Equal(3, record.GetProperty("options").GetProperty("size").GetInt32());
        Assert.Equal(known, record.GetProperty("options").GetProperty("from").GetString());
        Assert.Equal((5, 3, 13, 2, 0), (from.GetProperty("words").GetInt32(), from.GetProperty("known").GetInt32(), from.GetProperty("new").GetInt32(),
            from.GetProperty("absent").GetInt32(), from.GetProperty("frozen").GetInt32()));
        Assert.Equal(64, from.GetProperty("fingerprint").GetString()!.Length);
        Assert.Equal(0, tool.Run("train", "--config", output + ".json", "-o", tool.PathOf("again.txt"), "--drop-absent").Code);
        Assert.Equal("16 3", File.ReadLines(tool.PathOf("again.txt")).First());
    }

    [Theory]
    [InlineData("all", 3, "red green dog")]
    [InlineData("words.txt", 2, "red dog")]
    public void Frozen_words_keep_their_bytes(string what, int count, string words)
    {
        using var tool = new Tool();
        string known = tool.PathOf("base.bin");
        Assert.Equal(0, tool.Run("convert", tool.Write("base.txt", Base), known, "--quiet").Code);
        tool.Write("words.txt", "red\n\n dog \nnobody\n");
        string freeze = what == "all" ? what : tool.PathOf(what), output = tool.PathOf("tuned.txt");
        Run run = tool.Run("train", tool.WriteCorpus(), "--from", known, "-o", output, "--freeze", freeze, "--threads", "2", "--epochs", "3");
        Assert.Equal(0, run.Code);
        Assert.Contains($"absent ones stay; {count} are frozen\n", run.Error, StringComparison.Ordinal);
        string[] before = [.. Base.Split('\n').Where(line => words.Split(' ').Contains(line.Split(' ')[0]))];
        string[] after = [.. File.ReadAllLines(output).Select(line => line.TrimEnd())];
        Assert.Equal(count, before.Length);
        Assert.All(before, line => Assert.Contains(line, after));
        Assert.Equal(what == "all", after.Contains("green 3 2 1"));
    }

    [Fact]
    public void It_goes_on_with_output_vectors_and_resumes_to_the_same_bytes()
    {
        using var tool = new Tool { Gpus = [FakeGpu.FailsLater("cuda:0")] };
        string corpus = tool.WriteCorpus(), known = tool.PathOf("base.w2v"), output = tool.PathOf("v.w2v");
        string[] common = ["train", corpus, "--from", known, "--epochs", "2", "--checkpoint-every", "300words", "--output-vectors"];
        Assert.Equal(0, tool.Run("train", corpus, "-o", known, "--size", "10", "--device", "plain", "--output-vectors").Code);
        Assert.Equal(0, tool.Run([.. common, "-o", tool.PathOf("whole.w2v"), "--device", "plain"]).Code);
        Assert.Equal(5, tool.Run([.. common, "-o", output, "--device", "cuda"]).Code);
        Run resumed = tool.Run([.. common, "-o", output, "--device", "plain", "--resume"]);
        Assert.Equal(0, resumed.Code);
        Assert.Contains("\nresuming    from ", resumed.Error, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(tool.PathOf("whole.w2v")), File.ReadAllBytes(output));
    }

    [Theory]
    [InlineData("--from base.txt --size 4", 2, "--size is 4, but the vectors of --from")]
    [InlineData("--from missing.bin", 3, "missing.bin")]
    [InlineData("--from c.txt", 4, "c.txt")]
    [InlineData("--from v.bin", 2, "is also an input")]
    [InlineData("--from base.txt --subwords", 2, "cannot begin with vectors of words")]
    [InlineData("--freeze all", 2, "--from, which is missing")]
    [InlineData("--drop-absent", 2, "--from, which is missing")]
    [InlineData("--from base.txt --freeze missing.txt", 3, "missing.txt")]
    [InlineData("--from base.txt --freeze all --device cuda", 2, "cannot keep frozen vectors")]
    public void Bad_input_is_one_line_and_its_exit_code(string options, int code, string expected)
    {
        using var tool = new Tool { Gpus = [FakeGpu.Working("cuda:0")] };
        tool.Write("base.txt", Base);
        string corpus = tool.WriteCorpus("c.txt");
        string[] args = [.. options.Split(' ').Select(word => word.Contains('.', StringComparison.Ordinal) ? tool.PathOf(word) : word)];
        Run run = tool.Run(["train", corpus, "-o", tool.PathOf("v.bin"), "--quiet", .. args]);
        Assert.Equal((code, ""), (run.Code, run.Out));
        Assert.Contains(expected, run.ErrorLine, StringComparison.Ordinal);
        Assert.False(File.Exists(tool.PathOf("v.bin")));
    }
}
