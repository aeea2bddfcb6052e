using System.Text.Json;

namespace Word2Vec.CommandLine.Tests;

public class BenchmarkTests
{
    [Fact]
    public void Benchmark_compares_devices_in_a_table_as_json_and_as_markdown()
    {
        using var tool = new Tool { Gpus = [FakeGpu.Working("cuda:0")] };
        string questions = tool.Write("q.txt", ": s\nred green dog cat\n"),
            pairs = tool.Write("p.tsv", "red green 9\nred dog 1\nred two 2\n");
        string folder = Directory.CreateDirectory(tool.PathOf("results")).FullName;
        Run run = tool.Run(
            "benchmark", "--corpus", tool.WriteCorpus(), "--devices", "cpu,plain,cuda", "--size", "4", "--epochs", "2", "--repeat", "2",
            "--analogies", questions, "--similarity", pairs, "--output", folder);
        Assert.Equal(0, run.Code);
        Assert.Equal(["device", "cpu", "plain", "cuda:0"], run.OutLines.Select(line => line.Split(' ')[0]));
        Assert.Matches("^cpu +[0-9,]+ +1.00 ", run.OutLines[1]);
        Assert.EndsWith("; driver 1.2", run.OutLines[3], StringComparison.Ordinal);
        CheckJson(JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "benchmark.json"))).RootElement);
        string markdown = File.ReadAllText(Path.Combine(folder, "benchmark.md"));
        Assert.Contains("- command: word2vec benchmark --corpus ", markdown, StringComparison.Ordinal);
        Assert.Contains("\n| device | words/s | ratio to cpu | loss |", markdown, StringComparison.Ordinal);
        Assert.Contains("\n| cuda:0 | ", markdown, StringComparison.Ordinal);
    }

    [Fact]
    public void Plain_and_the_same_loop_elsewhere_have_the_same_loss()
    {
        using var tool = new Tool { Gpus = [FakeGpu.Working("opencl:0")] };
        Run run = tool.Run(
            "benchmark", "--corpus", tool.WriteCorpus(), "--devices", "plain,opencl:0", "--size", "4", "--epochs", "1", "--json");
        JsonElement[] devices = [.. JsonDocument.Parse(run.Out).RootElement.GetProperty("devices").EnumerateArray()];
        Assert.Equal(devices[0].GetProperty("loss").GetDouble(), devices[1].GetProperty("loss").GetDouble());
        Assert.Equal(JsonValueKind.Null, devices[0].GetProperty("ratio-to-cpu").ValueKind);
    }

    private static void CheckJson(JsonElement root)
    {
        foreach (string name in (string[])["date", "command", "tool", "runtime", "system", "processor", "cores", "memory"])
            Assert.NotEqual("", root.GetProperty(name).GetString());
        JsonElement[] devices = [.. root.GetProperty("devices").EnumerateArray()];
        Assert.Equal(3, devices.Length);
        Assert.All(devices, device => Assert.Equal(2, device.GetProperty("rounds").GetArrayLength()));
        Assert.All(
            devices, device => Assert.Equal(1, device.GetProperty("analogies")[0].GetProperty("total").GetProperty("asked").GetInt32()));
        Assert.Equal("driver 1.2", devices[2].GetProperty("driver").GetString());
        Assert.Equal(1, devices[0].GetProperty("ratio-to-cpu").GetDouble());
        Assert.Equal(4, root.GetProperty("options").GetProperty("size").GetInt32());
    }
}
