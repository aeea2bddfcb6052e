using System.Globalization;
using System.Text.Json;
using Word2Vec.Evaluation;
using Word2Vec.Vectors;

namespace Word2Vec.CommandLine;

/// <summary>The results of question files for one set of vectors, as a table and as JSON.</summary>
internal sealed class Evaluations
{
    private readonly List<(string File, AnalogyResult Result)> _analogies = [];
    private readonly List<(string File, SimilarityResult Result)> _similarities = [];

    private Evaluations()
    {
    }

    /// <summary>Whether there were no files of questions.</summary>
    public bool IsEmpty => _analogies.Count + _similarities.Count == 0;

    /// <summary>Questions answered correctly, over all analogy files; null where there were none.</summary>
    public double? AnalogyAccuracy => _analogies.Count == 0 ? null
        : (double)_analogies.Sum(file => file.Result.Correct) / Math.Max(1, _analogies.Sum(file => file.Result.Asked));

    /// <summary>Spearman's correlation of the first file of word pairs; null where there was none.</summary>
    public double? Spearman => _similarities.Count == 0 ? null : _similarities[0].Result.Spearman;

    public static Evaluations Of(
        WordVectors vectors, IEnumerable<string> analogies, IEnumerable<string> similarities, int restrict, bool composeUnknown = false,
        IProgress<StageProgress>? progress = null, CancellationToken cancellation = default)
    {
        var evaluations = new Evaluations();
        foreach (string file in analogies)
            evaluations._analogies.Add((file, AnalogyEvaluation.Evaluate(vectors, file, restrict, composeUnknown, progress, cancellation)));
        foreach (string file in similarities)
            evaluations._similarities.Add((file, SimilarityEvaluation.Evaluate(vectors, file, composeUnknown)));
        return evaluations;
    }

    /// <summary>Throws for what <see cref="Of"/> would throw for, before there are vectors.</summary>
    public static void Check(IEnumerable<string> analogies, IEnumerable<string> similarities)
    {
        foreach (string file in analogies)
            AnalogyEvaluation.Check(file);
        foreach (string file in similarities)
            SimilarityEvaluation.Check(file);
    }

    /// <summary>Writes a table a kind: sections with their totals, then word pairs.</summary>
    public void WriteTables(Terminal terminal)
    {
        foreach ((string file, AnalogyResult result) in _analogies)
            AnalogyTable(file, result).Write(terminal);
        if (_similarities.Count == 0)
            return;
        if (_analogies.Count > 0)
            terminal.Out.WriteLine();
        var table = new ResultTable("word pairs", "#Spearman", "#asked", "#of");
        foreach ((string file, SimilarityResult result) in _similarities)
            table.Add(Path.GetFileName(file), Number(result.Spearman, "F3"), Number(result.Asked), Number(result.Total));
        table.Write(terminal);
    }

    public void WriteJson(Utf8JsonWriter writer)
    {
        writer.WriteStartArray("analogies");
        foreach ((string file, AnalogyResult result) in _analogies)
            WriteJson(writer, file, result);
        writer.WriteEndArray();
        writer.WriteStartArray("similarity");
        foreach ((string file, SimilarityResult result) in _similarities)
        {
            writer.WriteStartObject();
            writer.WriteString("file", file);
            writer.WriteFinite("spearman", result.Spearman);
            writer.WriteNumber("asked", result.Asked);
            writer.WriteNumber("total", result.Total);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static ResultTable AnalogyTable(string file, AnalogyResult result)
    {
        var table = new ResultTable(Path.GetFileName(file), "#correct", "#asked", "#of", "#accuracy");
        foreach (AnalogySection section in result.Sections)
            AddRow(table, section);
        table.Separate();
        foreach (AnalogySection total in Totals(result))
            AddRow(table, total);
        return table;
    }

    private static void AddRow(ResultTable table, AnalogySection row) => table.Add(
        row.Name, Number(row.Correct), Number(row.Asked), Number(row.Total),
        row.Asked == 0 ? "-" : Number(100.0 * row.Correct / row.Asked, "F1") + " %");

    // A file that has no section of one kind gets one total.
    private static List<AnalogySection> Totals(AnalogyResult result)
    {
        List<AnalogySection> totals = [];
        if (result.Semantic.Total > 0 && result.Syntactic.Total > 0)
            totals.AddRange([result.Semantic, result.Syntactic]);
        totals.Add(new AnalogySection("total", result.Correct, result.Asked, result.Total));
        return totals;
    }

    private static void WriteJson(Utf8JsonWriter writer, string file, AnalogyResult result)
    {
        writer.WriteStartObject();
        writer.WriteString("file", file);
        foreach (AnalogySection total in Totals(result))
        {
            writer.WritePropertyName(total.Name);
            WriteJson(writer, total, named: false);
        }

        writer.WriteStartArray("sections");
        foreach (AnalogySection section in result.Sections)
            WriteJson(writer, section, named: true);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteJson(Utf8JsonWriter writer, AnalogySection section, bool named)
    {
        writer.WriteStartObject();
        if (named)
            writer.WriteString("name", section.Name);
        writer.WriteNumber("correct", section.Correct);
        writer.WriteNumber("asked", section.Asked);
        writer.WriteNumber("total", section.Total);
        writer.WriteFinite("accuracy", section.Asked == 0 ? double.NaN : (double)section.Correct / section.Asked);
        writer.WriteEndObject();
    }

    private static string Number(double value, string format = "N0") => value.ToString(format, CultureInfo.InvariantCulture);
}
