using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Word2Vec.Kernels;
using Word2Vec.Training;

namespace Word2Vec.CommandLine.Commands;

/// <summary><c>word2vec devices</c>: where one can train, and how fast a card reads, adds to and multiplies rows at best.</summary>
internal sealed class DevicesCommand : ToolCommand
{
    private readonly Option<string?> _rates =
        CommandOptions.Text("--rates", "Measure how fast a cuda or opencl device moves random rows, copies and multiplies", "DEVICE");
    private readonly Option<bool> _quiet = CommandOptions.Quiet();
    private readonly Option<bool> _json = CommandOptions.Json();

    public DevicesCommand(Host host)
        : base(host, "devices", "List the devices that vectors can be trained on.")
    {
        Add(_rates);
        Add(_quiet);
        Add(_json);
    }

    public override IReadOnlyList<string> Examples => ["word2vec devices", "word2vec devices --json", "word2vec devices --rates cuda"];

    protected override int Execute(ParseResult parsed)
    {
        if (parsed.GetValue(_rates) is { } measured)
        {
            var report = new RateReport(GpuDevices.MeasureRates(DeviceSelection.Get(Host.Devices, measured)), Host.CommandLine);
            if (parsed.GetValue(_json))
                Host.Out.WriteLine(report.ToJson());
            else
                report.Table().Write(Host.Terminal);
            return ExitCodes.Success;
        }

        string best = DeviceSelection.Best(Host.Devices, false).Device.Id;
        if (parsed.GetValue(_json))
            Host.Out.WriteLine(Json.Write(indented: true, writer => WriteJson(writer, best)));
        else
            WriteTable();
        if (Host.Devices.LeftOutReason is not null && !parsed.GetValue(_quiet))
            Host.Error.WriteLine($"No GPU devices: {Host.Devices.WhyNoGpu}.");
        return ExitCodes.Success;
    }

    private void WriteTable()
    {
        IReadOnlyList<TrainingDevice> devices = Host.Devices.All;
        bool cards = devices.Any(device => device.MemoryBytes > 0 || device.Driver.Length > 0);
        var table = new ResultTable(cards ? ["device", "description", "#memory", "driver"] : ["device", "description"]);
        foreach (TrainingDevice device in devices)
        {
            string[] cells = [device.Id, device.Description, Memory(device.MemoryBytes), device.Driver];
            table.Add(cards ? cells : cells[..2]);
        }

        table.Write(Host.Terminal);
    }

    private void WriteJson(Utf8JsonWriter writer, string best)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("devices");
        foreach (TrainingDevice device in Host.Devices.All)
        {
            writer.WriteStartObject();
            writer.WriteString("id", device.Id);
            writer.WriteString("description", device.Description);
            writer.WriteNumber("memory", device.MemoryBytes);
            writer.WriteString("driver", device.Driver);
            writer.WriteBoolean("auto", device.Id == best);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteString("left-out", Host.Devices.LeftOutReason);
        writer.WriteEndObject();
    }

    private static string Memory(long bytes) =>
        bytes == 0 ? "" : (bytes / (double)(1L << 30)).ToString("F1", CultureInfo.InvariantCulture) + " GiB";
}
