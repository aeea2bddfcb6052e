using System.CommandLine;

namespace Word2Vec.CommandLine;

/// <summary>
/// <c>--config FILE</c>: corpus, output and options of a run, as the run itself wrote them beside its output or as somebody typed them.
/// They are arguments that the command line may overrule.
/// </summary>
internal sealed class ConfigFile
{
    /// <summary>What to read; null where the file does not say.</summary>
    public IReadOnlyList<string>? Corpus { get; set; }

    /// <summary>Where the vectors go; null where the file does not say.</summary>
    public string? Output { get; set; }

    /// <summary>The values of options; null: a switch that is on.</summary>
    public Dictionary<Option, string?> Options { get; } = [];

    /// <summary>Makes the option.</summary>
    public static Option<string?> Option() =>
        CommandOptions.Text("--config", "Take the rest from this file: OUTPUT.json of an earlier run, or your own", "FILE");

    /// <summary>
    /// Puts into <paramref name="line"/>, which <paramref name="parsed"/> is of, what the file says and the command line does not.
    /// </summary>
    public static IReadOnlyList<string> Complete(IReadOnlyList<string> line, ParseResult parsed, string path, TrainingInput input)
    {
        Command command = parsed.CommandResult.Command;
        ConfigFile file = ConfigReader.Read(path, command);
        List<string> added = [line[0]];
        if (file.Output is not null && !IsGiven("--output"))
            added.AddRange(["--output", file.Output]);
        // A record names all options, those too that nobody gave: what is usual for text says nothing about a graph.
        bool hasGraph = file.Options.ContainsKey(input.Graph);
        bool isOfOtherKind = TrainingRecord.IsRecord(path) && (hasGraph ? input.HasText(parsed) : input.HasGraph(parsed));
        bool cacheIsGiven = IsGiven("--cache") || IsGiven("--no-cache");
        foreach ((Option option, string? value) in file.Options)
        {
            if (!IsOverruled(option))
                added.AddRange(value is null ? [option.Name] : [option.Name, value]);
        }

        bool corpusIsGiven = input.HasText(parsed) || input.HasGraph(parsed);
        string[] inputs = corpusIsGiven || file.Corpus is not { Count: > 0 } ? [] : line.Contains("--") ? [.. file.Corpus] : ["--", .. file.Corpus];
        return [.. added, .. line.Skip(1), .. inputs];

        bool IsOverruled(Option option) => RunOptions.IsGiven(parsed, option) || (cacheIsGiven && option.Name is ("--cache" or "--no-cache"))
            || (input.HasText(parsed) && input.GraphOptions.Contains(option)) || (isOfOtherKind && GraphOptionSet.OtherThanForText.Contains(option.Name));

        bool IsGiven(string name) => RunOptions.IsGiven(parsed, command.Options.First(option => option.Name == name));
    }
}
