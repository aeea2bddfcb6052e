using System.Text.Json;
using Word2Vec.CommandLine.Energy;

namespace Word2Vec.CommandLine.Tests;

public class BenchmarkEnergyTests
{
    [Fact]
    public void Energy_is_that_of_the_epochs_and_not_of_what_lies_between_them()
    {
        // Ten joules pass between any two readings: one stretch an epoch is counted, and none of those in which vectors are measured.
        using var tool = new Tool
        {
            Gpus = [FakeGpu.Working("cuda:0")],
            EnergyCounters = device => device.Id == "cuda:0" ? [new Counter("processor"), new Counter("card", range: 25)] : [new Counter("processor")],
        };
        string[] arguments =
            ["benchmark", "--corpus", tool.WriteCorpus(), "--devices", "cpu,cuda", "--size", "4", "--epochs", "3", "--by-epoch", "--repeat", "2"];
        Run run = tool.Run(arguments);
        Assert.Contains(run.OutLines, line => line.EndsWith(" 30 (processor)", StringComparison.Ordinal));
        Assert.Contains(run.OutLines, line => line.EndsWith(" 60 (processor + card)", StringComparison.Ordinal));
        JsonElement devices = JsonDocument.Parse(tool.Run([.. arguments, "--json"]).Out).RootElement.GetProperty("devices");
        Assert.Equal("{\"processor\":30}", JsonSerializer.Serialize(devices[0].GetProperty("joules")));
        Assert.Equal(30, devices[1].GetProperty("rounds")[1].GetProperty("joules").GetProperty("card").GetDouble());
    }

    [Fact]
    public void A_counter_that_falls_silent_leaves_its_source_out()
    {
        using var meter = new EnergyMeter([new Counter("processor"), new Counter("processor", silentAfter: 3), new Counter("card")]);
        for (int epoch = 0; epoch < 2; epoch++)
        {
            meter.Start();
            meter.Stop();
        }

        Assert.Equal(new KeyValuePair<string, double>("card", 20), Assert.Single(meter.Joules));
    }

    [Fact]
    public void Packages_are_added_up_and_their_parts_and_the_platform_are_not()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var tool = new Tool();
        Package(tool, "intel-rapl:0", "package-0", 5_000_000);
        Package(tool, "intel-rapl:0:0", "core", 1_000_000);
        Package(tool, "intel-rapl:1", "package-1", 262_000_000);
        Package(tool, "intel-rapl:2", "psys", 9_000_000);
        IReadOnlyList<EnergyCounter> counters = RaplCounter.Find(tool.PathOf(""));
        Assert.Equal([5.0, 262.0], counters.Select(counter => counter.Joules()));
        using var meter = new EnergyMeter(counters);
        meter.Start();
        Package(tool, "intel-rapl:0", "package-0", 7_000_000);
        Package(tool, "intel-rapl:1", "package-1", 1_000_000);
        meter.Stop();

        // The second one passed its range of 262.144 J.
        Assert.Equal(2 + 1.144, meter.Joules["processor"], 1e-9);
    }

    [Fact]
    public void A_package_that_cannot_be_read_leaves_the_processor_out()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var tool = new Tool();
        Assert.Empty(RaplCounter.Find(tool.PathOf("missing")));
        Package(tool, "intel-rapl:0", "package-0", 5_000_000);
        tool.Write("intel-rapl:1/name", "package-1");
        Assert.Empty(RaplCounter.Find(tool.PathOf("")));
    }

    [Fact]
    public void Devices_that_are_no_nvidia_card_have_no_counter_of_one()
    {
        foreach (string id in (string[])["cpu", "plain", "opencl:0", "ilgpu-cpu:0"])
            Assert.Empty(NvmlCounter.Find(id));
        Assert.Empty(NvmlCounter.Find("cuda:9999"));
    }

    private static void Package(Tool tool, string folder, string name, long microjoules)
    {
        tool.Write($"{folder}/name", name + "\n");
        tool.Write($"{folder}/energy_uj", FormattableString.Invariant($"{microjoules}\n"));
        tool.Write($"{folder}/max_energy_range_uj", "262144000\n");
    }

    /// <summary>Ten joules more at each reading.</summary>
    private sealed class Counter(string source, double range = double.PositiveInfinity, int silentAfter = int.MaxValue) : EnergyCounter
    {
        private int _readings;

        public override string Source => source;

        public override double Range => range;

        public override double? Joules() => _readings++ < silentAfter ? 10.0 * _readings % range : null;
    }
}
