using System.Globalization;
using Word2Vec.Kernels;

namespace Word2Vec.CommandLine;

/// <summary>What <c>word2vec devices --rates</c> measured, as a table and as JSON.</summary>
internal sealed class RateReport(DeviceRates rates, string commandLine)
{
    public ResultTable Table()
    {
        var table = new ResultTable("kernel", "rows", "#size", "#GB/s", "#M rows/s", "#GFLOP/s");
        foreach (DeviceRate rate in rates.Rates)
        {
            table.Add(
                rate.Kernel, rate.RowNumbers, rate.Size == 0 ? "" : Number(rate.Size), Positive(rate.GigabytesPerSecond),
                Positive(rate.RowsPerSecond / 1e6), Positive(rate.GigaflopsPerSecond));
        }

        return table;
    }

    public string ToJson() => Json.Write(indented: true, writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("date", DateTime.UtcNow.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture));
        writer.WriteString("command", commandLine);
        writer.WriteString("tool", $"word2vec {App.Version}");
        writer.WriteString("device", rates.Device);
        writer.WriteString("description", rates.Description);
        writer.WriteString("driver", rates.Driver);
        writer.WriteNumber("matrix-rows", rates.Rows);
        writer.WriteNumber("best-of", rates.Repeats);
        writer.WriteStartArray("rates");
        foreach (DeviceRate rate in rates.Rates)
        {
            writer.WriteStartObject();
            writer.WriteString("kernel", rate.Kernel);
            writer.WriteString("rows", rate.RowNumbers);
            writer.WriteNumber("size", rate.Size);
            writer.WriteNumber("seconds", rate.Seconds);
            writer.WriteNumber("gigabytes-per-second", rate.GigabytesPerSecond);
            writer.WriteNumber("rows-per-second", rate.RowsPerSecond);
            writer.WriteNumber("gigaflops-per-second", rate.GigaflopsPerSecond);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    private static string Positive(double value) => value == 0 ? "" : Number(value, value < 1 ? "F3" : value < 100 ? "F1" : "N0");

    private static string Number(double value, string format = "N0") => value.ToString(format, CultureInfo.InvariantCulture);
}
