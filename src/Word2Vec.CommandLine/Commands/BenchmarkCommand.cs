using System.CommandLine;
using Word2Vec.Corpora;
using Word2Vec.Training;
using Word2Vec.Words;

namespace Word2Vec.CommandLine.Commands;

/// <summary><c>word2vec benchmark</c>: the same corpus with the same seed on several devices, in one table.</summary>
internal sealed class BenchmarkCommand : ToolCommand
{
    private readonly Option<string[]> _corpus =
        CommandOptions.RequiredList("--corpus", "Text: files or folders, each plain or .gz", "FILE");
    private readonly Option<string?> _devices =
        CommandOptions.Text("--devices", "Devices with commas between them [default: cpu, and the GPU if there is one]", "LIST");
    private readonly Option<string[]> _analogies = CommandOptions.List("--analogies", "Analogies to measure the vectors with", "FILE");
    private readonly Option<string[]> _similarity =
        CommandOptions.List("--similarity", "Pairs of words to measure the vectors with", "FILE");
    private readonly Option<int> _restrict = CommandOptions.Restrict(30_000);
    private readonly Option<int> _repeat = CommandOptions.Number("--repeat", "Train N times on each device and show the median speed", 1);
    private readonly Option<string?> _output =
        CommandOptions.Text("--output", "Also write benchmark.json and benchmark.md into this folder", "FOLDER", "-o");
    private readonly Option<bool> _json = CommandOptions.Json();
    private readonly CorpusOptionSet _corpusOptions = new();
    private readonly TrainingOptionSet _trainingOptions = new(new TrainingOptions());

    public BenchmarkCommand(Host host)
        : base(host, "benchmark", "Train the same vectors on several devices and compare speed, loss and quality.")
    {
        foreach (Option option in (Option[])[_corpus, _devices, _analogies, _similarity, _restrict, _repeat, _output, _json])
            Add(option);
        _trainingOptions.AddTo(this);
        _corpusOptions.AddTo(this);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "word2vec benchmark --corpus text8 --devices cpu,cuda",
        "word2vec benchmark --corpus text8 --devices cpu,plain --analogies questions-words.txt --repeat 3 --output results/",
    ];

    protected override int Execute(ParseResult parsed)
    {
        CorpusOptions corpusOptions = _corpusOptions.Read(parsed);
        TrainingOptions options = _trainingOptions.Read(parsed);
        int repeat = QueryOptions.Check("--repeat", parsed.GetValue(_repeat), 1, 1000);
        int restrict = QueryOptions.Restrict(parsed.GetValue(_restrict));
        string[] inputs = parsed.GetRequiredValue(_corpus);
        string[] analogies = parsed.GetRequiredValue(_analogies), similarity = parsed.GetRequiredValue(_similarity);
        string? folder = parsed.GetValue(_output);
        var source = CorpusSource.From(inputs);
        TrainingDevice[] devices = ChooseDevices(parsed.GetValue(_devices));
        Evaluations.Check(analogies, similarity);
        if (folder is not null)
        {
            OutputCheck.Folder(folder);
            OutputCheck.Writable(Path.Combine(folder, BenchmarkReport.JsonName));
        }

        var run = new TrainingRun(Host, quiet: false, Host.StopGracefully("no results were written"));
        using EncodedCorpus corpus = run.Read(source, corpusOptions, _corpusOptions.CacheFolder(parsed, Host));
        var report = new BenchmarkReport(inputs, corpusOptions, options, corpus, Host.CommandLine);
        foreach (TrainingDevice device in devices)
        {
            var row = new BenchmarkRow(device);
            for (int round = 0; round < repeat; round++)
            {
                TrainedVectors trained = run.Train(corpus, options, new DeviceChoice(device, "asked for"));
                using Vectors.WordVectors vectors = trained.Vectors;
                bool last = round == repeat - 1;
                row.Add(trained, last ? Evaluations.Of(vectors, analogies, similarity, restrict) : null);
            }

            report.Add(row);
        }

        return Finish(report, folder, parsed.GetValue(_json));
    }

    private int Finish(BenchmarkReport report, string? folder, bool json)
    {
        if (json)
            Host.Out.WriteLine(report.ToJson());
        else
            report.Table().Write(Host.Terminal);
        if (folder is not null)
            report.Save(folder);
        return ExitCodes.Success;
    }

    private TrainingDevice[] ChooseDevices(string? list)
    {
        if (list is not null)
            return [.. list.Split(',', StringSplitOptions.TrimEntries).Distinct().Select(name => DeviceSelection.Get(Host.Devices, name))];
        TrainingDevice best = DeviceSelection.Best(Host.Devices, false).Device;
        return best == Host.Devices.Cpu ? [best] : [Host.Devices.Cpu, best];
    }
}
