using System.Globalization;
using System.Text;
using System.Text.Json;
using Word2Vec.CommandLine.Energy;
using Word2Vec.Training;
using Word2Vec.Words;

namespace Word2Vec.CommandLine.Benchmarks;

/// <summary>What <c>word2vec benchmark</c> measured, with what it takes to read or repeat it: for people, as JSON, Markdown and a plot.</summary>
/// <param name="byEpoch">Whether the rows have points for every epoch.</param>
internal sealed class BenchmarkReport(
    IReadOnlyList<string> inputs, CorpusOptions corpusOptions, TrainingOptions options, EncodedCorpus corpus, string commandLine,
    IReadOnlyList<BenchmarkRow> rows, PeakRates peaks, bool byEpoch)
{
    /// <summary>The files that <see cref="Save"/> writes.</summary>
    public const string JsonName = "benchmark.json", MarkdownName = "benchmark.md", PlotName = "benchmark.svg";

    private readonly DateTime _date = DateTime.UtcNow;

    private IEnumerable<BenchmarkTable> Tables => byEpoch
        ? [BenchmarkTable.Results(rows), BenchmarkTable.Costs(rows, peaks), BenchmarkTable.Epochs(rows)]
        : [BenchmarkTable.Results(rows), BenchmarkTable.Costs(rows, peaks)];

    public void Write(Terminal terminal)
    {
        bool first = true;
        foreach (BenchmarkTable table in Tables)
        {
            if (!first)
                terminal.Out.WriteLine();
            table.Write(terminal);
            first = false;
        }
    }

    public string ToJson() => Json.Write(indented: true, writer =>
    {
        writer.WriteStartObject();
        foreach ((string name, string value) in Circumstances())
            writer.WriteString(name, value);
        writer.WriteStrings("corpus", inputs);
        TrainingRecord.WriteCounts(writer, corpus);
        WriteOptions(writer);
        writer.WriteStartArray("devices");
        foreach (BenchmarkRow row in rows)
            row.WriteJson(writer, rows[0], peaks);
        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    /// <summary>Writes all files into <paramref name="folder"/>.</summary>
    public void Save(string folder)
    {
        TextFile.Replace(Path.Combine(folder, JsonName), ToJson() + "\n");
        TextFile.Replace(Path.Combine(folder, MarkdownName), ToMarkdown());
        TextFile.Replace(Path.Combine(folder, PlotName), Plot());
    }

    private void WriteOptions(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("options");
        writer.WriteString("tokenizer", corpusOptions.Tokenizer == TokenizerKind.Text ? "text" : "whitespace");
        writer.WriteNumber("min-count", corpusOptions.MinimumCount);
        writer.WriteNumber("max-vocabulary", corpusOptions.MaximumVocabulary);
        writer.WriteNumber("max-sentence-length", corpusOptions.MaximumSentenceLength);
        writer.WriteString("model", options.ModelName);
        writer.WriteNumber("size", options.VectorSize);
        writer.WriteNumber("window", options.Window);
        writer.WriteNumber("negatives", options.Negatives);
        writer.WriteNumber("tile", options.Tile);
        writer.WriteNumber("tile-negatives", options.TileNegatives);
        writer.WriteNumber("subsampling", options.SubsamplingThreshold);
        writer.WriteNumber("epochs", options.Epochs);
        writer.WriteNumber("learning-rate", options.LearningRate);
        writer.WriteNumber("threads", options.Threads);
        writer.WriteNumber("seed", options.Seed);
        writer.WriteEndObject();
    }

    private string Plot()
    {
        string subtitle = string.Create(CultureInfo.InvariantCulture,
            $"{options.ModelName}, size {options.VectorSize}, window {options.Window}, {options.Negatives} negatives, {options.Epochs} epochs, {corpus.Counts.TextTokens:N0} words of text");
        return BenchmarkPlot.Draw(rows, byEpoch, [subtitle, Machine.Processor, $"word2vec {App.Version}, {Date("yyyy-MM-dd")}"]);
    }

    private string ToMarkdown()
    {
        var text = new StringBuilder($"# Benchmark\n\n![Words a second{(byEpoch ? ", and quality over time," : "")} by device]({PlotName})\n\n");
        foreach ((string name, string value) in Circumstances())
            text.Append(CultureInfo.InvariantCulture, $"- {name}: {value}\n");
        text.Append(CultureInfo.InvariantCulture,
            $"- corpus: {string.Join(", ", inputs)}; {corpus.Counts.TextTokens:N0} words, vocabulary {corpus.Vocabulary.Count:N0}\n");
        text.Append(CultureInfo.InvariantCulture, $"- rounds: {rows[0].Rounds.Count}, after a warm-up; figures are medians\n");
        foreach (BenchmarkTable table in Tables)
            table.WriteMarkdown(text);
        return text.ToString();
    }

    private IEnumerable<(string Name, string Value)> Circumstances()
    {
        yield return ("date", Date("yyyy-MM-dd HH:mm 'UTC'"));
        yield return ("command", commandLine);
        yield return ("tool", $"word2vec {App.Version}");
        yield return ("runtime", Machine.Runtime);
        yield return ("system", Machine.System);
        yield return ("processor", Machine.Processor);
        yield return ("cores", Machine.Cores.ToString(CultureInfo.InvariantCulture));
        yield return ("memory", Machine.Memory);
        if (rows.Any(row => row.Device.Id.StartsWith("cuda", StringComparison.Ordinal)) && Nvml.Driver is { } driver)
            yield return ("nvidia-driver", driver);
    }

    private string Date(string format) => _date.ToString(format, CultureInfo.InvariantCulture);
}
