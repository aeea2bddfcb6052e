using System.Globalization;
using Word2Vec.Words;

namespace Word2Vec.CommandLine;

/// <summary>What a person or a program is told about phrases.</summary>
internal sealed class PhraseReport(Host host)
{
    /// <summary>What was counted and found, a line for each pass, on standard error.</summary>
    public void Passes(Phrases phrases)
    {
        for (int i = 0; i < phrases.Passes.Count; i++)
        {
            PhrasePass pass = phrases.Passes[i];
            host.Error.WriteLine(FormattableString.Invariant(
                $"pass {i + 1}      {pass.Words:N0} words, {pass.Distinct:N0} different words and pairs: {pass.Phrases:N0} phrases score above {pass.Threshold}"));
            if (pass.Dropped > 0)
                host.Error.WriteLine(FormattableString.Invariant(
                    $"dropped     {pass.Dropped:N0} rare words and pairs on the way (--max-distinct); counts are exact or up to {pass.MostLost:N0} too small"));
        }
    }

    /// <summary>The best phrases as a table.</summary>
    public void Table(IReadOnlyList<Phrase> best)
    {
        var table = new ResultTable("phrase", "#score", "#count", "#pass");
        foreach (Phrase phrase in best)
            table.Add(phrase.Text, Score(phrase), phrase.Count.ToString("N0", CultureInfo.InvariantCulture), phrase.Pass.ToString(CultureInfo.InvariantCulture));
        table.Write(host.Terminal);
    }

    /// <summary>The best phrases as lines of phrase, score, count and pass with tabs between them.</summary>
    public void Lines(IReadOnlyList<Phrase> best)
    {
        foreach (Phrase phrase in best)
            host.Out.WriteLine(FormattableString.Invariant($"{ResultTable.Printable(phrase.Text)}\t{phrase.Score:R}\t{phrase.Count}\t{phrase.Pass}"));
    }

    /// <summary>The passes and the best phrases as JSON.</summary>
    public void Json(Phrases phrases, IReadOnlyList<Phrase> best) => host.Out.WriteLine(CommandLine.Json.Write(indented: true, writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartArray("passes");
        foreach (PhrasePass pass in phrases.Passes)
        {
            writer.WriteStartObject();
            writer.WriteNumber("threshold", pass.Threshold);
            writer.WriteNumber("words", pass.Words);
            writer.WriteNumber("distinct", pass.Distinct);
            writer.WriteNumber("dropped", pass.Dropped);
            writer.WriteNumber("most-lost", pass.MostLost);
            writer.WriteNumber("phrases", pass.Phrases);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("phrases");
        foreach (Phrase phrase in best)
        {
            writer.WriteStartObject();
            writer.WriteString("phrase", phrase.Text);
            writer.WriteFinite("score", phrase.Score);
            writer.WriteNumber("count", phrase.Count);
            writer.WriteNumber("pass", phrase.Pass);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }));

    private static string Score(Phrase phrase) => phrase.Score.ToString(Math.Abs(phrase.Score) < 10 ? "F4" : "N1", CultureInfo.InvariantCulture);
}
