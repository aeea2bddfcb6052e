using System.Globalization;
using System.Text.Json;
using Word2Vec.Evaluation;

namespace Word2Vec.CommandLine;

/// <summary>Scores of one file of vectors or of several, as a table and as JSON.</summary>
internal sealed class ScoreReport(IReadOnlyList<string> files, IReadOnlyList<ComparedScore> scores)
{
    private readonly string[] _names = Names(files);

    public bool IsEmpty => scores.Count == 0;

    public void WriteTable(Terminal terminal)
    {
        bool several = files.Count > 1, intervals = scores.Any(score => double.IsFinite(score.Low));
        string[] titles = ["measure", "score", .. several ? ["vectors"] : Array.Empty<string>(), "#value", .. intervals ? ["95 % interval"] : Array.Empty<string>(),
            .. several ? ["#to first"] : Array.Empty<string>(), .. several && intervals ? ["95 % interval"] : Array.Empty<string>(), "#asked", "#of"];
        var table = new ResultTable(titles);
        string shown = "";
        foreach (ComparedScore score in scores)
        {
            string measure = Path.GetFileName(score.Measure.Path), group = $"{score.Measure.Kind} {measure} {score.Score}";
            bool again = group == shown;
            shown = group;
            List<string> cells = [again ? "" : measure, again ? "" : score.Score];
            if (several)
                cells.Add(_names[score.Vectors]);
            cells.Add(score.Asked == 0 ? "-" : Number(score.Value));
            if (intervals)
                cells.Add(Interval(score.Low, score.High, "F3"));
            if (several)
                cells.Add(score.Difference is { Questions: > 0 } difference ? Signed(difference.Value) : "");
            if (several && intervals)
                cells.Add(score.Difference is { } between ? Interval(between.Low, between.High, "+0.000;-0.000;0.000") : "");
            table.Add([.. cells, Count(score.Asked), Count(score.Total)]);
        }

        table.Write(terminal);
    }

    /// <summary>Writes the array <c>measures</c>: an object for each file of questions, in it one for each file of vectors.</summary>
    public void WriteJson(Utf8JsonWriter writer)
    {
        writer.WriteStartArray("measures");
        foreach (IGrouping<Measure, ComparedScore> measure in scores.GroupBy(score => score.Measure))
        {
            writer.WriteStartObject();
            writer.WriteString("measure", measure.Key.Kind);
            writer.WriteString("file", measure.Key.Path);
            writer.WriteStartArray("results");
            foreach (IGrouping<int, ComparedScore> vectors in measure.GroupBy(score => score.Vectors))
                WriteJson(writer, files[vectors.Key], [.. vectors]);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteJson(Utf8JsonWriter writer, string file, IReadOnlyList<ComparedScore> scores)
    {
        writer.WriteStartObject();
        writer.WriteString("vectors", file);
        writer.WriteNumber("asked", scores[0].Asked);
        writer.WriteNumber("total", scores[0].Total);
        writer.WriteStartArray("scores");
        foreach (ComparedScore score in scores)
        {
            writer.WriteStartObject();
            writer.WriteString("score", score.Score);
            writer.WriteFinite("value", score.Asked == 0 ? double.NaN : score.Value);
            WriteInterval(writer, score.Low, score.High);
            if (score.Difference is { } difference)
            {
                writer.WriteStartObject("difference");
                writer.WriteFinite("value", difference.Questions == 0 ? double.NaN : difference.Value);
                WriteInterval(writer, difference.Low, difference.High);
                writer.WriteNumber("questions", difference.Questions);
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteInterval(Utf8JsonWriter writer, double low, double high)
    {
        if (double.IsNaN(low))
            return;
        writer.WriteFinite("low", low);
        writer.WriteFinite("high", high);
    }

    // Files of the same name are told apart by their folders.
    private static string[] Names(IReadOnlyList<string> files)
    {
        string[] names = [.. files.Select(file => Path.GetFileName(file))];
        return names.Distinct().Count() == names.Length ? names : [.. files];
    }

    private static string Interval(double low, double high, string format) =>
        double.IsNaN(low) ? "" : Number(low, format) + " … " + Number(high, format);

    private static string Signed(double value) => Number(value, "+0.000;-0.000;0.000");

    private static string Count(int value) => Number(value, "N0");

    private static string Number(double value, string format = "F3") => value.ToString(format, CultureInfo.InvariantCulture);
}
