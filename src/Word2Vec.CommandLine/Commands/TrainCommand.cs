using System.CommandLine;
using Word2Vec.Formats;
using Word2Vec.Training;
using Word2Vec.Words;

namespace Word2Vec.CommandLine.Commands;

/// <summary><c>word2vec train</c>: text in, a file of vectors out.</summary>
internal sealed class TrainCommand : ToolCommand
{
    private readonly TrainingInput _input = new();
    private readonly Option<string?> _output = CommandOptions.Text("--output", "Where the vectors go; - is standard output", "FILE", "-o");
    private readonly Option<string?> _format =
        FormatNames.Option("--format", "Format of the vectors, where the ending does not say it: see convert --help");
    private readonly Option<string?> _saveVocabulary =
        CommandOptions.Text("--save-vocabulary", "Also write the words with their counts", "FILE");
    private readonly Option<bool> _keepOutput =
        CommandOptions.Switch("--output-vectors", "Also keep the output vectors, so that training can go on (.w2v only)");
    private readonly Option<bool> _quiet = CommandOptions.Quiet();
    private readonly Option<bool> _json = CommandOptions.Switch("--json", "Write the record of the run to standard output");
    private readonly Option<string?> _config = ConfigFile.Option();
    private readonly CorpusOptionSet _corpusOptions;
    private readonly TrainingOptionSet _trainingOptions;
    private readonly DeviceSelection _device = new();
    private readonly CheckpointOptionSet _checkpointOptions = new();
    private readonly FineTuningOptionSet _fineTuningOptions = new();

    public TrainCommand(Host host)
        : base(host, "train", "Train vectors of the words of text, or of the nodes of a graph.")
    {
        _output.Required = true;
        _corpusOptions = new CorpusOptionSet(_input.Graph);
        _trainingOptions = new TrainingOptionSet(new TrainingOptions(), _input.Graph);
        _input.AddTextTo(this);
        Add(_output);
        Add(_format);
        _trainingOptions.AddTo(this);
        _corpusOptions.AddTo(this);
        _input.AddGraphTo(this);
        _device.AddTo(this);
        _checkpointOptions.AddTo(this);
        _fineTuningOptions.AddTo(this);
        Add(_saveVocabulary);
        Add(_keepOutput);
        Add(_config);
        Add(_quiet);
        Add(_json);
        CommandOptions.KeepApart(this, _json, _output);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "word2vec train reviews.txt -o reviews.bin",
        "word2vec train mails/ notes.txt.gz -o all.bin --tokenizer text --size 200 --epochs 10",
        "zcat dump.gz | word2vec train - -o dump.vec --device cuda --fallback cpu",
        "word2vec train reviews.txt -o - --format text --quiet | head",
        "word2vec train --config reviews.bin.json --epochs 10",
        "word2vec train reviews.txt -o reviews.bin --resume",
        "word2vec train new.txt --from reviews.bin -o tuned.bin --freeze all",
        "word2vec train --graph edges.txt -o nodes.bin",
        "word2vec train --graph orders.csv --source customer --target product --weight amount -o nodes.bin --q 0.5",
    ];

    public override IReadOnlyList<string> Remarks =>
    [
        "How the vectors were made is kept beside them, in FILE.json; --config FILE.json repeats it. A line of word2vec.c works\n"
            + "with the program's name replaced: word2vec -train text.txt -output vectors.bin -cbow 0 -size 200 -binary 1.",
        "A training is kept every 5 minutes, and when a signal stops it, in FILE.checkpoint-1 and -2, which are deleted when the\n"
            + "vectors are complete. The same command with --resume goes on from there.",
        "With --graph every node gets a vector: walks are the sentences and nodes the words (word2vec walk writes them out). Windows are 10\n"
            + "wide, nothing is subsampled and no node left out, unless options or a file of them say something else.",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Complete(IReadOnlyList<string> line, ParseResult parsed) =>
        parsed.GetResult(_config)?.Tokens is [{ Value: var file }] ? ConfigFile.Complete(line, parsed, file, _input) : line;

    protected override int Execute(ParseResult parsed)
    {
        var times = new StepTimes();
        CorpusOptions corpusOptions = _corpusOptions.Read(parsed);
        TrainingOptions options = _trainingOptions.Read(parsed);
        string[] inputs = _input.Paths(parsed);
        string path = parsed.GetRequiredValue(_output)!;
        bool quiet = parsed.GetValue(_quiet);
        VectorFormat format = FormatNames.Choose(parsed.GetValue(_format), path);
        var output = new VectorOutput(Host.Terminal, path, format);
        bool keepOutput = parsed.GetValue(_keepOutput);
        if (keepOutput && format != VectorFormat.Native)
            throw new Word2VecException(ErrorKind.Usage, $"--output-vectors: {FormatNames.Describe(format)} has no room for output vectors; " +
                "write a Word2Vec file: -o NAME.w2v.");
        _input.Check(parsed, corpusOptions, options);
        CheckOutputs(parsed, inputs, output, format);
        Checkpoints? checkpoints = _checkpointOptions.Read(parsed, path);
        DeviceChoice choice = _device.Choose(parsed, Host.Devices, options, Host.Error);
        times.End("devices");
        var report = new TrainingReport(Host, quiet);
        FineTuning? from = _fineTuningOptions.Read(parsed, inputs);
        using Vectors.WordVectors? begin = from?.Base;
        if (begin is not null)
            options = FineTuningOptionSet.WithSize(options, begin, _trainingOptions.IsSizeGiven(parsed), _fineTuningOptions.Path(parsed)!);
        if (from is not null)
            times.End("base");
        CancellationToken cancellation = Host.StopGracefully(output.WhatIsLeft);
        using var run = new TrainingRun(Host, quiet, cancellation) { KeepOutput = keepOutput, From = from };
        using EncodedCorpus corpus = run.Read(() => _input.Open(parsed, options, report, cancellation), corpusOptions, _corpusOptions.CacheFolder(parsed, Host));
        times.End("text");
        report.Corpus(corpus, corpusOptions, _input.HasGraph(parsed));
        report.Device(choice);
        report.Memory(run.Memory(corpus, options, choice, checkpoints is not null));
        TrainedVectors trained = run.Train(corpus, options, choice, checkpoints: checkpoints);
        times.EndTraining(trained.Summary);
        using Vectors.WordVectors vectors = trained.Vectors;
        if (from?.Words is { } words)
            report.Base(_fineTuningOptions.Path(parsed)!, from, words);
        output.Save(vectors);
        times.End("writing");
        if (!quiet)
            ComposedWords.NoteLost(Host.Error, vectors, format);
        Host.WayOn = null;
        SaveBeside(parsed, output, corpus, TrainingRecord.Make(_input.Texts(parsed), path, parsed, corpus, trained, times, from, _input.Unused(parsed)));
        checkpoints?.Remove();
        report.Result(trained, times, path);
        report.Next(path, corpus.Vocabulary);
        return ExitCodes.Success;
    }

    // The vectors, which took the time, are safe when a disk fills up behind them; the error says so.
    private void SaveBeside(ParseResult parsed, VectorOutput output, EncodedCorpus corpus, string record)
    {
        string path = parsed.GetRequiredValue(_output)!;
        try
        {
            if (!output.IsStandardOutput)
                TrainingRecord.Save(path, record);
            if (parsed.GetValue(_saveVocabulary) is { } vocabularyFile)
                VocabularyFile.Save(corpus.Vocabulary, vocabularyFile);
            _input.SaveHeldOut(parsed);
        }
        catch (Word2VecException exception) when (exception.Kind == ErrorKind.Output && !output.IsStandardOutput)
        {
            throw new Word2VecException(ErrorKind.Output, $"The vectors are complete in {path}, but: {exception.Message}", exception);
        }

        if (parsed.GetValue(_json))
            Host.Out.WriteLine(record);
    }

    private void CheckOutputs(ParseResult parsed, string[] inputs, VectorOutput output, VectorFormat format)
    {
        string path = parsed.GetRequiredValue(_output)!;
        string? vocabularyFile = parsed.GetValue(_saveVocabulary);
        output.Check();
        List<string> outputs = output.IsStandardOutput ? [] : [path, TrainingRecord.PathFor(path), .. VectorFile.CompanionPaths(path, format)];
        outputs.AddRange(((string?[])[vocabularyFile, _input.HeldOutFile(parsed)]).OfType<string>());
        foreach (string written in outputs)
            OutputCheck.NotAnInput(written, [.. inputs, _corpusOptions.VocabularyFile(parsed) ?? "", OwnConfig(parsed), .. _fineTuningOptions.Inputs(parsed)]);
        if (outputs.Select(Path.GetFullPath).Distinct().Count() < outputs.Count)
            throw new Word2VecException(
                ErrorKind.Usage, $"Two of --output, with what belongs beside it, --save-vocabulary and --held-out-file would write {Twice(outputs)}; give them different names.");
        foreach (string written in outputs)
            OutputCheck.Writable(written);
    }

    private static string Twice(List<string> files) => files.GroupBy(Path.GetFullPath).First(same => same.Count() > 1).Last();

    // A file of options that a person wrote must not be written over by the record of the run; the record of an earlier run may be.
    private string OwnConfig(ParseResult parsed) =>
        parsed.GetValue(_config) is { } file && !TrainingRecord.IsRecord(file) ? file : "";
}
