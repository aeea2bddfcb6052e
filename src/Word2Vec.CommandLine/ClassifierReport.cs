using System.Globalization;
using Word2Vec.Analysis;

namespace Word2Vec.CommandLine;

/// <summary>Shows how good a classifier is: a score for each label, and which labels it takes for which.</summary>
internal static class ClassifierReport
{
    // More columns than this are no table for a terminal; --json has all.
    private const int WidestTable = 12;

    public static void Write(Host host, ClassifierScores scores, bool json)
    {
        if (json)
            host.Out.WriteLine(ToJson(scores));
        else
            WriteTables(host.Terminal, scores);
    }

    private static void WriteTables(Terminal terminal, ClassifierScores scores)
    {
        var table = new ResultTable("label", "#words", "#precision", "#recall", "#F1");
        foreach (LabelScore score in scores.Scores)
            table.Add(score.Label, Invariant($"{score.Words:N0}"), Invariant($"{score.Precision:F3}"), Invariant($"{score.Recall:F3}"), Invariant($"{score.F1:F3}"));
        table.Write(terminal);
        terminal.Out.WriteLine();
        if (scores.Labels.Count <= WidestTable)
            WriteConfusion(terminal, scores);
        else
            WriteConfused(terminal, scores);
        terminal.Out.WriteLine(Invariant($"accuracy {scores.Accuracy:P1} ({scores.Correct:N0} of {scores.Words:N0}), macro F1 {scores.MacroF1:F3}"));
    }

    private static void WriteConfusion(Terminal terminal, ClassifierScores scores)
    {
        var table = new ResultTable(["label \\ given", .. scores.Labels.Select(label => "#" + label)]);
        for (int i = 0; i < scores.Labels.Count; i++)
            table.Add([scores.Labels[i], .. Enumerable.Range(0, scores.Labels.Count).Select(j => Invariant($"{scores.Confused(i, j):N0}"))]);
        table.Write(terminal);
        terminal.Out.WriteLine();
    }

    private static void WriteConfused(Terminal terminal, ClassifierScores scores)
    {
        int count = scores.Labels.Count;
        var most = Enumerable.Range(0, count * count).Select(at => (From: at / count, To: at % count))
            .Where(pair => pair.From != pair.To && scores.Confused(pair.From, pair.To) > 0)
            .OrderByDescending(pair => scores.Confused(pair.From, pair.To)).Take(WidestTable).ToArray();
        if (most.Length == 0)
            return;
        var table = new ResultTable("label", "taken for", "#words");
        foreach ((int from, int to) in most)
            table.Add(scores.Labels[from], scores.Labels[to], Invariant($"{scores.Confused(from, to):N0}"));
        table.Write(terminal);
        terminal.Out.WriteLine();
    }

    private static string ToJson(ClassifierScores scores) => Json.Write(indented: true, writer =>
    {
        writer.WriteStartObject();
        writer.WriteNumber("words", scores.Words);
        writer.WriteFinite("accuracy", scores.Accuracy);
        writer.WriteFinite("macro-f1", scores.MacroF1);
        writer.WriteStartArray("labels");
        foreach (LabelScore score in scores.Scores)
        {
            writer.WriteStartObject();
            writer.WriteString("label", score.Label);
            writer.WriteNumber("words", score.Words);
            writer.WriteFinite("precision", score.Precision);
            writer.WriteFinite("recall", score.Recall);
            writer.WriteFinite("f1", score.F1);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("confusion");
        for (int i = 0; i < scores.Labels.Count; i++)
        {
            writer.WriteStartArray();
            for (int j = 0; j < scores.Labels.Count; j++)
                writer.WriteNumberValue(scores.Confused(i, j));
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
