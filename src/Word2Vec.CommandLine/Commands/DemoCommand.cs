using System.CommandLine;
using Word2Vec.Corpora;
using Word2Vec.Formats;
using Word2Vec.Training;
using Word2Vec.Vectors;
using Word2Vec.Words;

namespace Word2Vec.CommandLine.Commands;

/// <summary><c>word2vec demo</c>: the whole line on a corpus that comes with the tool, in under a minute.</summary>
internal sealed class DemoCommand : ToolCommand
{
    private readonly Option<string?> _corpus =
        CommandOptions.Text("--corpus", "A corpus that comes with the tool, or a file [default: small-world]", "NAME|FILE");
    private readonly Option<string?> _output =
        CommandOptions.Text("--output", "Where the vectors go [default: NAME.bin here]", "FILE", "-o");
    private readonly Option<bool> _quiet = CommandOptions.Quiet();
    private readonly Option<bool> _json = CommandOptions.Switch("--json", "Write the record of the run and what was found as JSON");
    private readonly CorpusOptionSet _corpusOptions = new();
    private readonly TrainingOptionSet _trainingOptions = new(new TrainingOptions());
    private readonly DeviceSelection _device = new();

    public DemoCommand(Host host)
        : base(host, "demo", "Train on a small corpus that comes with the tool, and show what the vectors know.")
    {
        Add(_corpus);
        Add(_output);
        _trainingOptions.AddTo(this);
        _corpusOptions.AddTo(this);
        _device.AddTo(this);
        Add(_quiet);
        Add(_json);
    }

    public override IReadOnlyList<string> Examples => ["word2vec demo", "word2vec demo --corpus warehouse -o warehouse.bin --epochs 10"];

    protected override int Execute(ParseResult parsed)
    {
        var times = new StepTimes();
        CorpusOptions corpusOptions = _corpusOptions.Read(parsed);
        TrainingOptions options = _trainingOptions.Read(parsed);
        bool quiet = parsed.GetValue(_quiet);
        ShippedCorpus shipped = ShippedCorpora.Find(parsed.GetValue(_corpus) ?? "small-world", Host.CorpusRoots);
        string output = parsed.GetValue(_output) ?? shipped.Name + ".bin";
        foreach (string path in (string[])[output, TrainingRecord.PathFor(output)])
        {
            OutputCheck.NotAnInput(path, [shipped.Text]);
            OutputCheck.Writable(path);
        }

        DeviceChoice choice = _device.Choose(parsed, Host.Devices, options, Host.Error);
        times.End("devices");
        var report = new TrainingReport(Host, quiet);
        report.Line($"reading     {shipped.Text}");
        using var run = new TrainingRun(Host, quiet, Host.StopGracefully($"nothing was written, {output} is as it was"));
        using EncodedCorpus corpus = run.Read(CorpusSource.From(shipped.Text), corpusOptions, _corpusOptions.CacheFolder(parsed, Host));
        times.End("text");
        report.Corpus(corpus, corpusOptions);
        report.Device(choice);
        report.Memory(run.Memory(corpus, options, choice));
        TrainedVectors trained = run.Train(corpus, options, choice);
        times.EndTraining(trained.Summary);
        using WordVectors vectors = trained.Vectors;
        VectorFile.Save(vectors, output);
        times.End("writing");
        string record = TrainingRecord.Make([shipped.Text], output, parsed, corpus, trained, times);
        TrainingRecord.Save(output, record);
        report.Result(trained, times, output);
        var findings = DemoFindings.Of(shipped, vectors);
        if (parsed.GetValue(_json))
            Host.Out.WriteLine(findings.ToJson(record));
        else
            findings.Write(Host.Terminal);
        Host.Out.Flush();
        report.Next(output, corpus.Vocabulary);
        return ExitCodes.Success;
    }
}
