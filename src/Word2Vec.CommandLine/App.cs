using System.CommandLine;
using Word2Vec.CommandLine.Commands;
using Word2Vec.CommandLine.Completion;
using Word2Vec.Queries;
using Word2Vec.Words;

namespace Word2Vec.CommandLine;

/// <summary>The tool: a line of arguments in, an exit code out.</summary>
internal static class App
{
    // Single-dash names are whole names, never bundles of letters, and a word that begins with @ is a word.
    private static readonly ParserConfiguration Parsing = new() { EnablePosixBundling = false, ResponseFileTokenReplacer = null };

    public static string Version { get; } = typeof(App).Assembly.GetName().Version?.ToString(3) ?? "0";

    /// <summary>Runs the command that <paramref name="args"/> stand for.</summary>
    public static int Run(string[] args, Host host) => ErrorBoundary.Run(host, () =>
    {
        host.SetArguments(args);
        Command root = BuildRoot(host);
        if (args.Length == 0)
        {
            root.Parse(["--help"], Parsing).Invoke(Invoking(host.Error));
            return (int)ErrorKind.Usage;
        }

        if (args[0] == Completions.Request)
            return Complete(root, args[1..], host.Out);
        ParseResult parsed = Parse(root, CSpellings.Translate(args));
        if (parsed.Action is not (HelpText or VersionAction))
            Check(root, parsed);
        return parsed.Invoke(Invoking(host.Out));
    });

    private static ParseResult Parse(Command root, IReadOnlyList<string> line)
    {
        ParseResult parsed = root.Parse(line, Parsing);
        if (parsed.Action is HelpText or VersionAction || parsed.CommandResult.Command is not ToolCommand command)
            return parsed;
        IReadOnlyList<string> complete = command.Complete(line, parsed);
        return ReferenceEquals(complete, line) ? parsed : root.Parse(complete, Parsing);
    }

    private static int Complete(Command root, string[] words, TextWriter output)
    {
        foreach (string candidate in Completions.Of(root, words))
            output.WriteLine(candidate);
        return ExitCodes.Success;
    }

    internal static Command BuildRoot(Host host)
    {
        var root = new Command("word2vec", "Trains word vectors (skip-gram with negative sampling) and answers questions with them.");
        foreach (ToolCommand command in Commands(host))
            root.Add(command);
        HelpText.AddTo(root, host.Terminal);
        VersionAction.AddTo(root, host);
        return root;
    }

    private static ToolCommand[] Commands(Host host) =>
    [
        new TrainCommand(host),
        new MostSimilarCommand(host),
        new AnalogyCommand(host),
        new SimilarityCommand(host),
        new DoesntMatchCommand(host),
        new EvaluateCommand(host),
        new DriftCommand(host),
        new WalkCommand(host),
        new SequencesCommand(host),
        new EmbedCommand(host),
        new DuplicatesCommand(host),
        new ConvertCommand(host),
        new ClusterCommand(host),
        new ClassifyCommand(host),
        new ReduceCommand(host),
        new PhrasesCommand(host),
        new MapCommand(host),
        new VocabularyCommand(host),
        new DevicesCommand(host),
        new BenchmarkCommand(host),
        new DemoCommand(host),
        new CompletionCommand(host),
    ];

    private static InvocationConfiguration Invoking(TextWriter output) =>
        new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null, Output = output };

    private static void Check(Command root, ParseResult parsed)
    {
        (parsed.CommandResult.Command as ToolCommand)?.RefuseUnknownOptions(parsed);
        if (parsed.Errors.Count == 0)
            return;
        Command command = parsed.CommandResult.Command;
        string first = parsed.UnmatchedTokens.Count > 0 ? parsed.UnmatchedTokens[0] : "";
        if (first.StartsWith('-'))
            throw new Word2VecException(ErrorKind.Usage, UnknownOption(command, first));
        string message = first.Length == 0 ? parsed.Errors[0].Message.TrimEnd('.')
            : command == root ? $"There is no command '{first}'{DidYouMean(root.Subcommands.Select(sub => sub.Name), first)}"
            : $"'{first}' is more than {command.Name} takes";
        throw new Word2VecException(ErrorKind.Usage, $"{message}. See {HelpOf(command)}.");
    }

    /// <summary>The wording for an option that a command does not have.</summary>
    internal static string UnknownOption(Command command, string option) =>
        $"There is no option {option}{DidYouMean(command.Options.Select(known => known.Name), option)}. See {HelpOf(command)}.";

    private static string HelpOf(Command command) => command is ToolCommand ? $"word2vec {command.Name} --help" : "word2vec --help";

    private static string DidYouMean(IEnumerable<string> known, string given)
    {
        IReadOnlyList<string> nearest = Spelling.Nearest(WordIndex.From(known), given, 1);
        return nearest.Count == 0 ? "" : $"; did you mean {nearest[0]}";
    }
}
