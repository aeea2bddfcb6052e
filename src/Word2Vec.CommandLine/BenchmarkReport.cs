using System.Globalization;
using System.Text;
using Word2Vec.Training;
using Word2Vec.Words;

namespace Word2Vec.CommandLine;

/// <summary>What <c>word2vec benchmark</c> measured: one table, written for people, as JSON and as Markdown.</summary>
internal sealed class BenchmarkReport(
    IReadOnlyList<string> inputs, CorpusOptions corpusOptions, TrainingOptions options, EncodedCorpus corpus, string commandLine)
{
    public const string JsonName = "benchmark.json";
    public const string MarkdownName = "benchmark.md";

    private static readonly string[] Titles =
        ["device", "#words/s", "#ratio to cpu", "#loss", "#analogies", "#similarity", "#processor s", "device and driver"];

    private readonly List<BenchmarkRow> _rows = [];
    private readonly DateTime _date = DateTime.UtcNow;

    public void Add(BenchmarkRow row) => _rows.Add(row);

    public ResultTable Table()
    {
        var table = new ResultTable(Titles);
        foreach (BenchmarkRow row in _rows)
            table.Add(Cells(row));
        return table;
    }

    public string ToJson() => Json.Write(indented: true, writer =>
    {
        writer.WriteStartObject();
        foreach ((string name, string value) in Circumstances())
            writer.WriteString(name, value);
        writer.WriteStrings("corpus", inputs);
        TrainingRecord.WriteCounts(writer, corpus);
        TrainingRecord.WriteOptions(writer, corpusOptions, options);
        writer.WriteStartArray("devices");
        foreach (BenchmarkRow row in _rows)
            row.WriteJson(writer, Ratio(row));
        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    /// <summary>Writes both files into <paramref name="folder"/>.</summary>
    public void Save(string folder)
    {
        TextFile.Replace(Path.Combine(folder, JsonName), ToJson() + "\n");
        TextFile.Replace(Path.Combine(folder, MarkdownName), ToMarkdown());
    }

    private string ToMarkdown()
    {
        var text = new StringBuilder("# Benchmark\n\n");
        foreach ((string name, string value) in Circumstances())
            text.Append(CultureInfo.InvariantCulture, $"- {name}: {value}\n");
        text.Append(CultureInfo.InvariantCulture,
            $"- corpus: {string.Join(", ", inputs)}; {corpus.Counts.TextTokens:N0} words, vocabulary {corpus.Vocabulary.Count:N0}\n\n");
        text.Append("| ").AppendJoin(" | ", Titles.Select(title => title.TrimStart('#'))).Append(" |\n|");
        foreach (string title in Titles)
            text.Append(title.StartsWith('#') ? "---:|" : "---|");
        foreach (BenchmarkRow row in _rows)
            text.Append("\n| ").AppendJoin(" | ", Cells(row)).Append(" |");
        return text.Append('\n').ToString();
    }

    private IEnumerable<(string Name, string Value)> Circumstances() =>
    [
        ("date", _date.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture)),
        ("command", commandLine),
        ("tool", $"word2vec {App.Version}"),
        ("runtime", Machine.Runtime),
        ("system", Machine.System),
        ("processor", Machine.Processor),
        ("cores", Machine.Cores.ToString(CultureInfo.InvariantCulture)),
        ("memory", Machine.Memory),
    ];

    private string[] Cells(BenchmarkRow row) =>
    [
        row.Device.Id,
        Number(row.WordsPerSecond, "N0"),
        Ratio(row) is { } ratio ? Number(ratio, "F2") : "-",
        Number(row.Loss, "F4"),
        row.Analogies is { } analogies ? Number(100 * analogies, "F1") + " %" : "-",
        row.Spearman is { } spearman ? Number(spearman, "F3") : "-",
        Number(row.ProcessorSeconds, "F1"),
        row.Device.Driver.Length > 0 ? $"{row.Backend}; {row.Device.Driver}" : row.Backend,
    ];

    private double? Ratio(BenchmarkRow row)
    {
        BenchmarkRow? cpu = _rows.Find(other => other.Device is CpuDevice);
        return cpu is null ? null : row.WordsPerSecond / cpu.WordsPerSecond;
    }

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
