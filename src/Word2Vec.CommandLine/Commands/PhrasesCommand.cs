using System.CommandLine;
using System.CommandLine.Parsing;
using Word2Vec.Words;

namespace Word2Vec.CommandLine.Commands;

/// <summary><c>word2vec phrases</c>: finds words that belong together and joins them in a text.</summary>
internal sealed class PhrasesCommand : ToolCommand
{
    private readonly Argument<string[]> _corpus = new("CORPUS")
    {
        Description = "Text: files, folders or - for standard input, each plain or .gz",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string?> _output = CommandOptions.Text(
        "--output", "Where the text goes with its phrases joined; .gz is packed, - is standard output", "FILE", "-o");
    private readonly PhraseOptionSet _options = new();
    private readonly Option<string?> _save = CommandOptions.Text("--save", "Where the phrases go, to be joined in other texts", "FILE");
    private readonly Option<string?> _phrases = CommandOptions.Text("--phrases", "Join the phrases of this file, instead of finding them in the text", "FILE");
    private readonly Option<int> _list = CommandOptions.Number("--list", "List the N phrases with the highest scores; 0: all", 20);
    private readonly Option<bool> _json = CommandOptions.Switch("--json", "With --list: write JSON instead of a table");
    private readonly Option<bool> _tsv = CommandOptions.Switch("--tsv", "With --list: write lines of phrase, score, count and pass");
    private readonly Option<bool> _quiet = CommandOptions.Quiet();

    public PhrasesCommand(Host host)
        : base(host, "phrases", "Find words that belong together (new_york) and join them.")
    {
        Add(_corpus);
        Add(_output);
        _options.AddTo(this);
        foreach (Option option in (Option[])[_save, _phrases, _list, _json, _tsv, _quiet])
            Add(option);
        Validators.Add(Validate);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "word2vec phrases reviews.txt -o joined.txt",
        "word2vec phrases reviews.txt -o joined.txt --passes 2 --threshold 200,100 --connectors english",
        "word2vec phrases reviews.txt --list 50 --score npmi --threshold 0.6",
        "word2vec phrases reviews.txt --save phrases.txt --quiet",
        "word2vec phrases more.txt --phrases phrases.txt -o - | word2vec train - -o more.bin",
    ];

    public override IReadOnlyList<string> Remarks =>
    [
        "The text is read once for each pass and once to be written; standard input is kept in a temporary file for that. With --phrases\n"
            + "it is read once, so that both ends may be pipes. A line is a sentence, and phrases do not reach from one to the next.",
    ];

    protected override int Execute(ParseResult parsed)
    {
        string[] inputs = parsed.GetValue(_corpus) ?? [];
        string? output = parsed.GetValue(_output), file = parsed.GetValue(_phrases), save = parsed.GetValue(_save);
        bool quiet = parsed.GetValue(_quiet);
        if (file is not null && _options.FirstGiven(parsed) is { } given)
            throw new Word2VecException(ErrorKind.Usage, $"{given} says how phrases are found, and --phrases takes those of {file}; leave one of them out.");
        PhraseOptions? options = file is null ? _options.Read(parsed) : null;
        foreach (string path in ((string?[])[output, save]).Where(path => path is not null and not VectorOutput.StandardOutput).OfType<string>())
        {
            OutputCheck.NotAnInput(path, [.. inputs, file ?? "", _options.ConnectorFile(parsed) ?? ""]);
            OutputCheck.Writable(path);
        }

        CancellationToken cancellation = Host.StopGracefully(output is null or VectorOutput.StandardOutput ? "nothing was written" : $"{output} is as it was");
        var run = new PhraseRun(Host, new ProgressView(Host.Terminal, quiet), cancellation);
        Phrases phrases = run.Run(inputs, options, file, output);
        var report = new PhraseReport(Host);
        if (!quiet)
            report.Passes(phrases);
        if (save is not null)
            phrases.Save(save);
        if (!quiet)
            Written(output, save, phrases.Count);
        if (RunOptions.IsGiven(parsed, _list))
            List(parsed, report, phrases);
        return ExitCodes.Success;
    }

    private void Validate(CommandResult result)
    {
        bool isListed = result.GetResult(_list) is { Implicit: false };
        bool toStandardOutput = result.GetResult(_output)?.Tokens is [{ Value: VectorOutput.StandardOutput }];
        if (result.GetResult(_output) is null && result.GetResult(_save) is null && !isListed)
            result.AddError("There is nothing to do: give --output, --save or --list");
        if (isListed && toStandardOutput)
            result.AddError("--list and --output - would both write to standard output; give one of them");
        if (!isListed && (result.GetResult(_json) is not null || result.GetResult(_tsv) is not null))
            result.AddError("--json and --tsv say how --list writes; give it too");
        if (result.GetResult(_json) is not null && result.GetResult(_tsv) is not null)
            result.AddError("--json and --tsv exclude each other; give one of them");
        bool needsText = result.GetResult(_phrases) is null || result.GetResult(_output) is not null;
        if (needsText && result.GetResult(_corpus)?.Tokens is not { Count: > 0 })
            result.AddError("No corpus was named; name a text file, a folder, or - for standard input");
    }

    private void List(ParseResult parsed, PhraseReport report, Phrases phrases)
    {
        IReadOnlyList<Phrase> best = phrases.Best(QueryOptions.Check("--list", parsed.GetValue(_list), 0, int.MaxValue));
        if (parsed.GetValue(_json))
            report.Json(phrases, best);
        else if (parsed.GetValue(_tsv))
            report.Lines(best);
        else
            report.Table(best);
    }

    private void Written(string? output, string? save, int phrases)
    {
        if (output == VectorOutput.StandardOutput)
            Host.Error.WriteLine("written     to standard output");
        else if (output is not null)
            Host.Error.WriteLine(FormattableString.Invariant($"written     {output} ({new FileInfo(output).Length / 1e6:F1} MB)"));
        if (save is not null)
            Host.Error.WriteLine(FormattableString.Invariant($"saved       {save}: {phrases:N0} phrases"));
    }
}
