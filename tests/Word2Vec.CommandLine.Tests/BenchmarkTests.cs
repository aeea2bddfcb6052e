using System.Text.Json;
using System.Xml.Linq;
using Word2Vec.Training;

namespace Word2Vec.CommandLine.Tests;

public class BenchmarkTests
{
    private static readonly string[] Small = ["--size", "4", "--threads", "1"];

    [Fact]
    public void Benchmark_compares_devices_in_tables_as_json_as_markdown_and_in_a_plot()
    {
        using var tool = new Tool { Gpus = [FakeGpu.Working("cuda:0")] };
        string folder = Directory.CreateDirectory(tool.PathOf("results")).FullName;
        Run run = Benchmark(tool, "--devices", "cpu,plain,cuda", "--epochs", "2", "--repeat", "2", "--output", folder);
        Assert.Equal(0, run.Code);
        Assert.Equal(
            ["device", "cpu", "plain", "cuda:0", "", "device", "cpu", "plain", "cuda:0"], run.OutLines.Select(line => line.Split(' ')[0]));
        Assert.Matches(@"^cpu +[0-9,]+ +[0-9.]+ % +1\.00 +[0-9.]+ +[0-9.]+ % ", run.OutLines[1]);
        Assert.EndsWith("; driver 1.2", run.OutLines[3], StringComparison.Ordinal);
        CheckJson(Parse(File.ReadAllText(Path.Combine(folder, "benchmark.json"))));
        string markdown = File.ReadAllText(Path.Combine(folder, "benchmark.md"));
        Assert.Contains("- command: word2vec benchmark --corpus ", markdown, StringComparison.Ordinal);
        Assert.Contains("\n| device | words/s | spread | ratio to cpu | loss |", markdown, StringComparison.Ordinal);
        Assert.Contains("\n| cuda:0 | ", markdown, StringComparison.Ordinal);
        Assert.Contains("](benchmark.svg)", markdown, StringComparison.Ordinal);
        Assert.Equal(3, Elements(folder, "rect").Count(rect => Class(rect).StartsWith("bar ", StringComparison.Ordinal)));
        Assert.Empty(Elements(folder, "circle"));
    }

    [Fact]
    public void By_epoch_the_vectors_are_measured_after_each_epoch()
    {
        using var tool = new Tool { Gpus = [FakeGpu.Working("opencl:0")] };
        string folder = tool.PathOf("results");
        Run run = Benchmark(tool, "--devices", "plain,opencl", "--epochs", "3", "--by-epoch", "--output", folder, "--json");
        Assert.All(Devices(run), device =>
        {
            JsonElement[] epochs = [.. device.GetProperty("epochs").EnumerateArray()];
            Assert.Equal([1, 2, 3], epochs.Select(epoch => epoch.GetProperty("epoch").GetInt32()));
            double[] seconds = [.. epochs.Select(epoch => epoch.GetProperty("seconds").GetDouble())];
            Assert.Equal(seconds.Order().Distinct(), seconds);
            Assert.Equal(device.GetProperty("rounds")[0].GetProperty("seconds").GetDouble(), seconds[^1]);
            Assert.All(epochs, epoch => Assert.InRange(epoch.GetProperty("analogies").GetDouble(), 0, 1));

            // The last point is the vectors of the training, as they are measured without the switch.
            Assert.Equal(device.GetProperty("similarity")[0].GetProperty("spearman").GetDouble(), epochs[^1].GetProperty("spearman").GetDouble());
            Assert.Equal(device.GetProperty("loss").GetDouble(), epochs[^1].GetProperty("loss").GetDouble());
        });
        Assert.Equal(2 * 2 * 3, Elements(folder, "circle").Count());
        Assert.Equal(2 * 2, Elements(folder, "polyline").Count());
    }

    [Fact]
    public void Looking_at_the_vectors_between_epochs_does_not_change_them()
    {
        using var tool = new Tool();
        Assert.Equal(Outcome("--by-epoch"), Outcome());

        (string Loss, string Spearman) Outcome(params string[] more)
        {
            JsonElement device = Devices(Benchmark(tool, ["--devices", "cpu", "--epochs", "3", "--json", .. more]))[0];
            return (device.GetProperty("loss").GetRawText(), device.GetProperty("similarity")[0].GetProperty("spearman").GetRawText());
        }
    }

    [Fact]
    public void Devices_take_turns_and_change_their_order_from_round_to_round()
    {
        var order = new List<string>();
        using var tool = new Tool { Gpus = [Noting("cuda:0"), Noting("opencl:0")] };
        Benchmark(tool, "--devices", "cuda,opencl", "--epochs", "1", "--repeat", "3");
        Assert.Equal("cuda:0 opencl:0 | cuda:0 opencl:0 | opencl:0 cuda:0 | cuda:0 opencl:0", string.Join(" | ", order.Chunk(2).Select(pair => string.Join(' ', pair))));

        FakeGpu Noting(string id) => new(id, job =>
        {
            order.Add(id);
            return new PlainDevice().CreateBackend(job);
        });
    }

    [Fact]
    public void What_a_backend_counts_becomes_rates_and_a_share_of_the_roofline()
    {
        using var tool = new Tool { Gpus = [new FakeGpu("cuda:0", job => new CountingBackend(new PlainDevice().CreateBackend(job)))] };
        string[] arguments = ["--devices", "plain,cuda", "--epochs", "1", "--peak-bandwidth", "cuda=16", "--peak-flops", "cuda:0=20"];
        Run run = Benchmark(tool, arguments);
        Assert.Matches(@"^cuda:0 .* 1\.500 +0\.250 +2\.000 +[0-9.]+ +4\.0 +10\.0 +50\.0 % +-$", run.OutLines[^1]);
        Assert.Matches(@"^plain +[0-9.]+ +[0-9.]+ +- +- +- +[0-9.]+ +- +- +- +-$", run.OutLines[^2]);
        JsonElement device = Devices(Benchmark(tool, [.. arguments, "--json"]))[1];
        Assert.Equal(0.5, device.GetProperty("share-of-roofline").GetDouble(), 1e-12);
        Assert.Equal(4e9, device.GetProperty("bytes-per-second").GetDouble());
        Assert.Equal(16e9, device.GetProperty("peak-bytes-per-second").GetDouble());
    }

    [Fact]
    public void Without_a_peak_there_is_no_share_of_it()
    {
        using var tool = new Tool();
        JsonElement device = Devices(Benchmark(tool, "--devices", "cpu", "--epochs", "1", "--json"))[0];
        Assert.Equal(JsonValueKind.Null, device.GetProperty("share-of-roofline").ValueKind);
        Assert.True(device.GetProperty("operations-per-second").GetDouble() > 0);
        Assert.Empty(device.GetProperty("joules").EnumerateObject());
    }

    [Fact]
    public void The_ratio_is_to_the_first_device()
    {
        using var tool = new Tool { Gpus = [FakeGpu.Working("opencl:0")] };
        JsonElement[] devices = Devices(Benchmark(tool, "--devices", "opencl,plain,opencl:0", "--epochs", "1", "--json"));
        Assert.Equal(["opencl:0", "plain"], devices.Select(device => device.GetProperty("device").GetString()));
        Assert.Equal(1, devices[0].GetProperty("ratio-to-first").GetDouble());
        Assert.Equal(devices[0].GetProperty("loss").GetDouble(), devices[1].GetProperty("loss").GetDouble());
        double[] speeds = [.. devices.Select(device => device.GetProperty("words-per-second").GetDouble())];
        Assert.Equal(speeds[1] / speeds[0], devices[1].GetProperty("ratio-to-first").GetDouble(), 1e-9);
    }

    private static Run Benchmark(Tool tool, params string[] arguments) => tool.Run(
    [
        "benchmark", "--corpus", tool.WriteCorpus(), .. Small, "--analogies", tool.Write("q.txt", ": s\nred green dog cat\n"),
        "--similarity", tool.Write("p.tsv", "red green 9\nred dog 1\nred two 2\n"), .. arguments,
    ]);

    private static JsonElement Parse(string json) => JsonDocument.Parse(json).RootElement;

    private static JsonElement[] Devices(Run run) => [.. Parse(run.Out).GetProperty("devices").EnumerateArray()];

    private static IEnumerable<XElement> Elements(string folder, string name) =>
        XDocument.Load(Path.Combine(folder, "benchmark.svg")).Descendants().Where(element => element.Name.LocalName == name);

    private static string Class(XElement element) => element.Attribute("class")?.Value ?? "";

    private static void CheckJson(JsonElement root)
    {
        foreach (string name in (string[])["date", "command", "tool", "runtime", "system", "processor", "cores", "memory"])
            Assert.NotEqual("", root.GetProperty(name).GetString());
        JsonElement[] devices = [.. root.GetProperty("devices").EnumerateArray()];
        Assert.Equal(3, devices.Length);
        foreach (JsonElement device in devices)
        {
            double[] rounds = [.. device.GetProperty("rounds").EnumerateArray().Select(round => round.GetProperty("words-per-second").GetDouble()).Order()];
            Assert.Equal(2, rounds.Length);
            Assert.Equal(rounds.Average(), device.GetProperty("words-per-second").GetDouble(), 1e-6 * rounds[1]);
            Assert.Equal(rounds[0], device.GetProperty("lowest-words-per-second").GetDouble());
            Assert.Equal(rounds[1], device.GetProperty("highest-words-per-second").GetDouble());
            Assert.Equal(1, device.GetProperty("analogies")[0].GetProperty("total").GetProperty("asked").GetInt32());
            Assert.Equal(2, Assert.Single(device.GetProperty("epochs").EnumerateArray()).GetProperty("epoch").GetInt32());
        }

        Assert.Equal("driver 1.2", devices[2].GetProperty("driver").GetString());
        Assert.Equal(1, devices[0].GetProperty("ratio-to-first").GetDouble());
        Assert.Equal(4, root.GetProperty("options").GetProperty("size").GetInt32());
    }

    /// <summary>Counts what is easy to divide.</summary>
    private sealed class CountingBackend(ITrainingBackend inner) : ITrainingBackend
    {
        public string Description => inner.Description;

        public int PreferredSpan => inner.PreferredSpan;

        public BackendCosts Costs => new()
        {
            Compile = TimeSpan.FromSeconds(1.5),
            Upload = TimeSpan.FromSeconds(0.25),
            Kernels = TimeSpan.FromSeconds(2),
            BytesMoved = 8_000_000_000,
            FloatingPointOperations = 20_000_000_000,
        };

        public TrainingLoss Train(TrainingSpan span, CancellationToken cancellation) => inner.Train(span, cancellation);

        public void ReadWeights() => inner.ReadWeights();

        public void Dispose() => inner.Dispose();
    }
}
