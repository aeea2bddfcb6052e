using System.CommandLine;
using Word2Vec.Corpora;
using Word2Vec.Words;

namespace Word2Vec.CommandLine.Commands;

/// <summary><c>word2vec vocab</c>: counts the words of a text.</summary>
internal sealed class VocabularyCommand : ToolCommand
{
    private readonly Argument<string[]> _corpus = new("CORPUS")
    {
        Description = "Text: files, folders or - for standard input, each plain or .gz",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string?> _output = CommandOptions.Text("--output", "Where the words go, each with its count", "FILE", "-o");
    private readonly Option<bool> _quiet = CommandOptions.Switch("--quiet", "Write nothing but warnings and errors");
    private readonly CorpusOptionSet _corpusOptions = new();

    public VocabularyCommand(Host host)
        : base(host, "vocab", "Count the words of text and save them.")
    {
        _output.Required = true;
        Add(_corpus);
        Add(_output);
        _corpusOptions.AddTo(this);
        Add(_quiet);
    }

    public override IReadOnlyList<string> Examples =>
        ["word2vec vocab reviews.txt -o words.txt", "word2vec vocab mails/ -o words.txt --tokenizer text --min-count 1"];

    protected override int Execute(ParseResult parsed)
    {
        CorpusOptions options = _corpusOptions.Read(parsed);
        string[] inputs = parsed.GetRequiredValue(_corpus);
        string output = parsed.GetRequiredValue(_output)!;
        bool quiet = parsed.GetValue(_quiet);
        var source = CorpusSource.From(inputs);
        OutputCheck.NotAnInput(output, inputs);
        OutputCheck.Writable(output);
        var run = new TrainingRun(Host, quiet, Host.StopGracefully($"nothing was written, {output} is as it was"));
        using EncodedCorpus corpus = run.Read(source, options, _corpusOptions.CacheFolder(parsed, Host));
        VocabularyFile.Save(corpus.Vocabulary, output);
        var report = new TrainingReport(Host, quiet);
        report.Corpus(corpus, options);
        report.Line($"written     {output}");
        return ExitCodes.Success;
    }
}
