using System.CommandLine;
using Word2Vec.CommandLine.Benchmarks;
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
    private readonly Option<bool> _byEpoch =
        CommandOptions.Switch("--by-epoch", "Measure the vectors after every epoch, against the seconds of training up to there");
    private readonly Option<int> _repeat = CommandOptions.Number("--repeat", "Train N times on each device, in turn, and show medians and spread", 1);
    private readonly Option<string?> _peakBandwidth =
        CommandOptions.Text("--peak-bandwidth", "What a device's memory can do, in GB/s: cpu=20,cuda=4300 (for its share of the roofline)", "LIST");
    private readonly Option<string?> _peakFlops =
        CommandOptions.Text("--peak-flops", "What a device's arithmetic can do, in GFLOP/s: cpu=150,cuda=67000", "LIST");
    private readonly Option<string?> _output =
        CommandOptions.Text("--output", "Also write benchmark.json, benchmark.md and benchmark.svg into this folder", "FOLDER", "-o");
    private readonly Option<bool> _quiet = CommandOptions.Quiet();
    private readonly Option<bool> _json = CommandOptions.Json();
    private readonly CorpusOptionSet _corpusOptions = new();
    private readonly TrainingOptionSet _trainingOptions = new(new TrainingOptions());

    public BenchmarkCommand(Host host)
        : base(host, "benchmark", "Train the same vectors on several devices and compare speed, loss and quality.")
    {
        foreach (Option option in (Option[])
            [_corpus, _devices, _analogies, _similarity, _restrict, _byEpoch, _repeat, _peakBandwidth, _peakFlops, _output, _quiet, _json])
            Add(option);
        _trainingOptions.AddTo(this);
        _corpusOptions.AddTo(this);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "word2vec benchmark --corpus text8 --devices cpu,cuda",
        "word2vec benchmark --corpus text8 --devices cpu,plain --analogies questions-words.txt --repeat 3 --output results/",
        "word2vec benchmark --corpus text8 --analogies questions-words.txt --by-epoch --peak-bandwidth cuda=4300 -o results/",
    ];

    protected override int Execute(ParseResult parsed)
    {
        CorpusOptions corpusOptions = _corpusOptions.Read(parsed);
        TrainingOptions options = _trainingOptions.Read(parsed);
        int repeat = QueryOptions.Check("--repeat", parsed.GetValue(_repeat), 1, 1000);
        string[] inputs = parsed.GetRequiredValue(_corpus);
        var questions = new Questions(
            parsed.GetRequiredValue(_analogies), parsed.GetRequiredValue(_similarity), QueryOptions.Restrict(parsed.GetValue(_restrict)));
        if (questions.Analogies.Concat(questions.Similarity).Contains("-"))
            throw new Word2VecException(
                ErrorKind.Usage, "The questions are asked again and again, which standard input (-) does not allow; name a file.");
        string? folder = parsed.GetValue(_output);
        var source = CorpusSource.From(inputs);
        TrainingDevice[] devices = ChooseDevices(parsed.GetValue(_devices));
        PeakRates peaks = Peaks(parsed, devices);
        Evaluations.Check(questions.Analogies, questions.Similarity);
        CheckOutput(folder);
        using var training = new TrainingRun(Host, parsed.GetValue(_quiet), Host.StopGracefully("no results were written"));
        using EncodedCorpus corpus = training.Read(source, corpusOptions, _corpusOptions.CacheFolder(parsed, Host));
        bool byEpoch = parsed.GetValue(_byEpoch);
        IReadOnlyList<BenchmarkRow> rows = new BenchmarkRun(Host, training, corpus, options, questions, byEpoch).Measure(devices, repeat);
        return Finish(new BenchmarkReport(inputs, corpusOptions, options, corpus, Host.CommandLine, rows, peaks, byEpoch), folder, parsed.GetValue(_json));
    }

    private PeakRates Peaks(ParseResult parsed, IReadOnlyList<TrainingDevice> devices) => new(
        PeakRates.Parse("--peak-bandwidth", parsed.GetValue(_peakBandwidth), devices),
        PeakRates.Parse("--peak-flops", parsed.GetValue(_peakFlops), devices));

    private static void CheckOutput(string? folder)
    {
        if (folder is null)
            return;
        OutputCheck.Folder(folder);
        OutputCheck.Writable(Path.Combine(folder, BenchmarkReport.JsonName));
    }

    private int Finish(BenchmarkReport report, string? folder, bool json)
    {
        if (json)
            Host.Out.WriteLine(report.ToJson());
        else
            report.Write(Host.Terminal);
        if (folder is not null)
            report.Save(folder);
        return ExitCodes.Success;
    }

    private TrainingDevice[] ChooseDevices(string? list)
    {
        if (list is not null)
            return [.. list.Split(',', StringSplitOptions.TrimEntries).Select(name => DeviceSelection.Get(Host.Devices, name)).Distinct()];
        TrainingDevice best = DeviceSelection.Best(Host.Devices, false).Device;
        return best == Host.Devices.Cpu ? [best] : [Host.Devices.Cpu, best];
    }
}
