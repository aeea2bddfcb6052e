using System.CommandLine;
using System.Text.Json;
using Word2Vec.Evaluation;
using Word2Vec.Formats;
using Word2Vec.Vectors;

namespace Word2Vec.CommandLine.Commands;

/// <summary><c>word2vec evaluate</c>: questions with known answers, for one file of vectors or several beside each other.</summary>
internal sealed class EvaluateCommand : ToolCommand
{
    private readonly Argument<string[]> _vectors = CommandOptions.SeveralVectors();
    private readonly MeasureOptionSet _measures = new();
    private readonly Option<bool> _shared =
        CommandOptions.Switch("--shared-words", "Take only the words that all files of vectors have; otherwise each is asked what it knows");
    private readonly Option<int> _resamples =
        CommandOptions.Number("--resamples", "Samples behind the 95 % intervals, which one file gets only if this is given; 0: no intervals", 1000);
    private readonly Option<bool> _json = CommandOptions.Json();

    public EvaluateCommand(Host host)
        : base(host, "evaluate", "Measure vectors on questions with known answers, and compare several.")
    {
        Add(_vectors);
        _measures.AddTo(this);
        Add(_shared);
        Add(_resamples);
        Add(_json);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "word2vec evaluate reviews.bin --analogies questions-words.txt --similarity wordsim353.tsv",
        "word2vec evaluate reviews.bin --analogies questions-words.txt --restrict 0 --json",
        "grep -v gram questions-words.txt | word2vec evaluate reviews.bin --analogies -",
        "word2vec evaluate reviews.bin --categories families.tsv --labels families.tsv --retrieval families.tsv",
        "word2vec evaluate old.bin new.bin --analogies questions-words.txt --similarity wordsim353.tsv --shared-words",
    ];

    public override IReadOnlyList<string> Remarks =>
    [
        "--restrict is for the analogies; other words are looked up among all.\n"
            + "\"asked\" counts the questions whose words all have vectors. With --subwords a, b and c may be any word; the answer is of the vocabulary.",
        "With several files every score is compared with that of the first, on the questions that both know; intervals are of the\n"
            + "bootstrap over questions. Where one of a difference does not hold 0, the difference is hardly chance.",
    ];

    protected override int Execute(ParseResult parsed)
    {
        string[] paths = parsed.GetRequiredValue(_vectors);
        _measures.Check(parsed, paths);
        int restrict = _measures.Restrict(parsed), resamples = QueryOptions.Check("--resamples", parsed.GetValue(_resamples), 0, 1_000_000);
        bool compares = paths.Length > 1 || parsed.GetResult(_resamples) is { Implicit: false };
        CancellationToken cancellation = Host.StopGracefully("nothing was written");
        using var view = new ProgressView(Host.Terminal, quiet: false);
        List<WordVectors> vectors = [];
        try
        {
            foreach (string path in paths)
                vectors.Add(VectorFile.Open(path));
            if (parsed.GetValue(_shared) && paths.Length > 1)
                TakeShared(vectors);
            if (compares)
                Compare(parsed, paths, vectors, restrict, resamples, view, cancellation);
            else
                ShowOne(parsed, paths[0], vectors[0], restrict, view, cancellation);
        }
        finally
        {
            vectors.ForEach(one => one.Dispose());
        }

        return ExitCodes.Success;
    }

    private static void TakeShared(List<WordVectors> vectors)
    {
        IReadOnlyList<WordVectors> shared = VectorComparison.OfSharedWords(vectors);
        for (int i = 0; i < vectors.Count; i++)
        {
            vectors[i].Dispose();
            vectors[i] = shared[i];
        }
    }

    // One file: analogies by section, and the other measures as they are.
    private void ShowOne(ParseResult parsed, string path, WordVectors vectors, int restrict, ProgressView view, CancellationToken cancellation)
    {
        IReadOnlyList<Measure> labelled = _measures.Labelled(parsed);
        Evaluations evaluations = Evaluations.Of(
            vectors, _measures.Analogies(parsed), _measures.Similarity(parsed), restrict, _measures.ComposesUnknown(parsed), view, cancellation);
        ScoreReport report = Scores(parsed, [path], [vectors], labelled, 0, view, cancellation);
        if (parsed.GetValue(_json))
        {
            WriteJson(writer =>
            {
                writer.WriteString("vectors", path);
                writer.WriteNumber("words", vectors.Count);
                writer.WriteNumber("size", vectors.Size);
                writer.WriteNumber("restrict", restrict);
                evaluations.WriteJson(writer);
                report.WriteJson(writer);
            });
            return;
        }

        evaluations.WriteTables(Host.Terminal);
        if (!evaluations.IsEmpty && !report.IsEmpty)
            Host.Out.WriteLine();
        if (!report.IsEmpty)
            report.WriteTable(Host.Terminal);
    }

    private void Compare(
        ParseResult parsed, string[] paths, List<WordVectors> vectors, int restrict, int resamples, ProgressView view, CancellationToken cancellation)
    {
        ScoreReport report = Scores(parsed, paths, vectors, _measures.All(parsed), resamples, view, cancellation);
        if (!parsed.GetValue(_json))
        {
            report.WriteTable(Host.Terminal);
            return;
        }

        WriteJson(writer =>
        {
            writer.WriteStartArray("vectors");
            for (int i = 0; i < paths.Length; i++)
            {
                writer.WriteStartObject();
                writer.WriteString("file", paths[i]);
                writer.WriteNumber("words", vectors[i].Count);
                writer.WriteNumber("size", vectors[i].Size);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteNumber("restrict", restrict);
            writer.WriteBoolean("shared-words", parsed.GetValue(_shared));
            writer.WriteNumber("resamples", resamples);
            writer.WriteNumber("seed", _measures.Seed(parsed));
            report.WriteJson(writer);
        });
    }

    private ScoreReport Scores(
        ParseResult parsed, string[] paths, IReadOnlyList<WordVectors> vectors, IReadOnlyList<Measure> measures, int resamples, ProgressView view,
        CancellationToken cancellation)
    {
        var report = new ScoreReport(paths, VectorComparison.Of(vectors, measures, resamples, _measures.Seed(parsed), new Steps(view, paths), cancellation));
        view.Clear();
        return report;
    }

    private void WriteJson(Action<Utf8JsonWriter> write) => Host.Out.WriteLine(Json.Write(indented: true, writer =>
    {
        writer.WriteStartObject();
        write(writer);
        writer.WriteEndObject();
    }));

    private sealed class Steps(ProgressView view, string[] paths) : IProgress<(Measure Measure, int Vectors)>
    {
        public void Report((Measure Measure, int Vectors) value) => view.Begin($"{value.Measure.Kind} of {paths[value.Vectors]}");
    }
}
