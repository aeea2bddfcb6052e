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

    private readonly Option<string?> _output =
        CommandOptions.Text("--output", "Where the words go, each with its count; - is standard output", "FILE", "-o");
    private readonly Option<bool> _quiet = CommandOptions.Quiet();
    private readonly Option<bool> _json = CommandOptions.Switch("--json", "Write what was counted as JSON");
    private readonly CorpusOptionSet _corpusOptions = new();

    public VocabularyCommand(Host host)
        : base(host, "vocab", "Count the words of text and save them.")
    {
        _output.Required = true;
        Add(_corpus);
        Add(_output);
        _corpusOptions.AddTo(this);
        Add(_quiet);
        Add(_json);
        CommandOptions.KeepApart(this, _json, _output);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "word2vec vocab reviews.txt -o words.txt",
        "word2vec vocab mails/ -o words.txt --tokenizer text --min-count 1",
        "zcat dump.gz | word2vec vocab - -o - | head",
    ];

    protected override int Execute(ParseResult parsed)
    {
        CorpusOptions options = _corpusOptions.Read(parsed);
        string[] inputs = parsed.GetRequiredValue(_corpus);
        string output = parsed.GetRequiredValue(_output)!;
        bool quiet = parsed.GetValue(_quiet);
        var source = CorpusSource.From(inputs);
        bool toStandardOutput = output == VectorOutput.StandardOutput;
        if (!toStandardOutput)
        {
            OutputCheck.NotAnInput(output, [.. inputs, _corpusOptions.VocabularyFile(parsed) ?? ""]);
            OutputCheck.Writable(output);
        }

        string whatIsLeft = toStandardOutput ? "nothing was written" : $"nothing was written, {output} is as it was";
        using var run = new TrainingRun(Host, quiet, Host.StopGracefully(whatIsLeft));
        using EncodedCorpus corpus = run.Read(source, options, _corpusOptions.CacheFolder(parsed, Host));
        if (toStandardOutput)
            WriteToStandardOutput(corpus.Vocabulary);
        else
            VocabularyFile.Save(corpus.Vocabulary, output);
        var report = new TrainingReport(Host, quiet);
        report.Corpus(corpus, options);
        report.Written(output);
        if (parsed.GetValue(_json))
            Host.Out.WriteLine(ToJson(inputs, output, parsed, corpus));
        return ExitCodes.Success;
    }

    private void WriteToStandardOutput(Vocabulary vocabulary)
    {
        var buffered = new BufferedStream(Host.Terminal.OutBytes, 1 << 16); // not disposed of: that would close standard output
        VocabularyFile.Save(vocabulary, buffered);
        buffered.Flush();
    }

    private static string ToJson(string[] inputs, string output, ParseResult parsed, EncodedCorpus corpus) =>
        Json.Write(indented: true, writer =>
        {
            writer.WriteStartObject();
            writer.WriteStrings("corpus", inputs);
            writer.WriteString("output", output);
            RunOptions.Write(writer, parsed);
            TrainingRecord.WriteCounts(writer, corpus);
            writer.WriteNumber("different-words", corpus.Counts.Types);
            writer.WriteEndObject();
        });
}
