using System.CommandLine;
using Word2Vec.Corpora;
using Word2Vec.Formats;
using Word2Vec.Training;
using Word2Vec.Words;

namespace Word2Vec.CommandLine.Commands;

/// <summary><c>word2vec train</c>: text in, a file of vectors out.</summary>
internal sealed class TrainCommand : ToolCommand
{
    private readonly Argument<string[]> _corpus = new("CORPUS")
    {
        Description = "Text: files, folders or - for standard input, each plain or .gz",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string?> _output = CommandOptions.Text("--output", "Where the vectors go", "FILE", "-o");
    private readonly Option<string?> _format =
        FormatNames.Option("--format", "Format of the vectors, where the ending does not say it: see convert --help");
    private readonly Option<string?> _saveVocabulary =
        CommandOptions.Text("--save-vocabulary", "Also write the words with their counts", "FILE");
    private readonly Option<bool> _keepOutput =
        CommandOptions.Switch("--output-vectors", "Also keep the output vectors, so that training can go on (.w2v only)");
    private readonly Option<bool> _quiet = CommandOptions.Switch("--quiet", "Write nothing but warnings and errors");
    private readonly CorpusOptionSet _corpusOptions = new();
    private readonly TrainingOptionSet _trainingOptions = new(new TrainingOptions());
    private readonly DeviceSelection _device = new();

    public TrainCommand(Host host)
        : base(host, "train", "Train vectors on text.")
    {
        _output.Required = true;
        Add(_corpus);
        Add(_output);
        Add(_format);
        _trainingOptions.AddTo(this);
        _corpusOptions.AddTo(this);
        _device.AddTo(this);
        Add(_saveVocabulary);
        Add(_keepOutput);
        Add(_quiet);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "word2vec train reviews.txt -o reviews.bin",
        "word2vec train mails/ notes.txt.gz -o all.bin --tokenizer text --size 200 --epochs 10",
        "zcat dump.gz | word2vec train - -o dump.vec --device cuda --fallback cpu",
    ];

    public override IReadOnlyList<string> Remarks =>
    [
        "word2vec.c's spellings work too: -train -output -size -window -negative -sample -min-count -iter -alpha -threads\n"
            + "-binary 0|1 -save-vocab -cbow 0 -hs 0. How the vectors were made is kept beside them, in FILE.json.",
    ];

    protected override int Execute(ParseResult parsed)
    {
        CorpusOptions corpusOptions = _corpusOptions.Read(parsed);
        TrainingOptions options = _trainingOptions.Read(parsed);
        string[] inputs = parsed.GetRequiredValue(_corpus);
        string output = parsed.GetRequiredValue(_output)!;
        string? vocabularyFile = parsed.GetValue(_saveVocabulary);
        bool quiet = parsed.GetValue(_quiet);
        VectorFormat format = FormatNames.Choose(parsed.GetValue(_format), output);
        bool keepOutput = parsed.GetValue(_keepOutput);
        if (keepOutput && format != VectorFormat.Native)
            throw new Word2VecException(ErrorKind.Usage, $"--output-vectors: {FormatNames.Describe(format)} has no room for output vectors; " +
                "write a Word2Vec file: -o NAME.w2v.");
        var source = CorpusSource.From(inputs);
        CheckOutputs(inputs, output, vocabularyFile);
        DeviceChoice choice = _device.Choose(parsed, Host.Devices, options, Host.Error);
        var report = new TrainingReport(Host, quiet);
        var run = new TrainingRun(Host, quiet, Host.StopGracefully($"nothing was written, {output} is as it was")) { KeepOutput = keepOutput };
        using EncodedCorpus corpus = run.Read(source, corpusOptions, _corpusOptions.CacheFolder(parsed, Host));
        report.Corpus(corpus, corpusOptions);
        report.Device(choice);
        report.Memory(run.Memory(corpus, options, choice));
        TrainedVectors trained = run.Train(corpus, options, choice);
        using Vectors.WordVectors vectors = trained.Vectors;
        VectorFile.Save(vectors, output, format);
        SaveBeside(output, () =>
        {
            TrainingRecord.Save(output, inputs, corpusOptions, options, corpus, trained);
            if (vocabularyFile is not null)
                VocabularyFile.Save(corpus.Vocabulary, vocabularyFile);
        });
        report.Result(trained, output);
        report.Next(output, corpus.Vocabulary);
        return ExitCodes.Success;
    }

    // The vectors, which took the time, are safe when a disk fills up behind them; the error says so.
    private static void SaveBeside(string output, Action save)
    {
        try
        {
            save();
        }
        catch (Word2VecException exception) when (exception.Kind == ErrorKind.Output)
        {
            throw new Word2VecException(ErrorKind.Output, $"The vectors are complete in {output}, but: {exception.Message}", exception);
        }
    }

    private static void CheckOutputs(string[] inputs, string output, string? vocabularyFile)
    {
        List<string> outputs = [output, TrainingRecord.PathFor(output)];
        if (vocabularyFile is not null)
            outputs.Add(vocabularyFile);
        foreach (string path in outputs)
            OutputCheck.NotAnInput(path, inputs);
        if (outputs.Select(Path.GetFullPath).Distinct().Count() < outputs.Count)
            throw new Word2VecException(
                ErrorKind.Usage, $"--output and --save-vocabulary would both write {vocabularyFile}; give them different names.");
        foreach (string path in outputs)
            OutputCheck.Writable(path);
    }
}
