using System.CommandLine;

namespace Word2Vec.CommandLine.Completion;

/// <summary>What may end a command line that is being typed; the scripts of <see cref="ShellScripts"/> ask for it.</summary>
/// <remarks>
/// The answer is a line for each candidate: the word and, after a tab, what it means. The line <see cref="Files"/> or <see cref="Folders"/>
/// alone leaves the completion to the shell.
/// </remarks>
internal sealed class Completions
{
    /// <summary>The first argument that asks for completions; the others are the words behind the tool's name, the last one unfinished.</summary>
    public const string Request = "[complete]";

    /// <summary>An answer: the shell completes names of files, or of folders.</summary>
    public const string Files = ":files", Folders = ":folders";

    private static readonly string[] FileArguments = ["CORPUS", "VECTORS", "INPUT", "OUTPUT", "LABELS", "GRAPH", "EVENTS"];
    private static readonly string[] Devices = ["auto", "cpu", "plain", "cuda", "cuda-tf32", "opencl", "ilgpu-cpu"];

    private readonly List<string> _typed;
    private readonly string _prefix;
    private readonly Command _command;

    private Completions(Command root, IReadOnlyList<string> words)
    {
        // bash makes three words of --tokenizer=text, and PowerShell's empty word may have quotes around it.
        _typed = [.. words.SkipLast(1).Where(word => word != "=")];
        _prefix = words is [.., not ("=" or "\"\"")] ? words[^1] : "";
        _command = root.Subcommands.FirstOrDefault(command => _typed.Count > 0 && command.Name == _typed[0]) ?? root;
    }

    /// <summary>Answers for <paramref name="words"/>, those behind the tool's name; the last one is being typed and may be empty.</summary>
    public static IEnumerable<string> Of(Command root, IReadOnlyList<string> words) => new Completions(root, words).Candidates();

    private IEnumerable<string> Candidates()
    {
        if (_command.Subcommands.Count > 0 && _typed.Count > 0)
            return [];
        if (!_typed.Contains("--"))
        {
            if (_prefix.StartsWith("--", StringComparison.Ordinal) && _prefix.Split('=', 2) is [var name, var begun])
                return Option(name) is { } assigned ? Values(assigned, begun, name + "=") : [];
            if (_typed.Count > 0 && OpenOption() is { } option && !_prefix.StartsWith('-'))
                return Values(option, _prefix, "");
            if (_prefix.StartsWith('-'))
                return Matching(_command.Options.Where(known => !_typed.Contains(known.Name)), _prefix);
        }

        return _command.Subcommands.Count > 0 ? Matching(_command.Subcommands, _prefix) : ArgumentValues();
    }

    // The option whose value is being typed: the one right before, or one before that takes several.
    private Option? OpenOption()
    {
        if (Option(_typed[^1]) is { } last)
            return last.Arity.MaximumNumberOfValues > 0 ? last : null;
        int place = _typed.FindLastIndex(word => word.StartsWith('-') && word.Length > 1);
        return place < 0 || Option(_typed[place]) is not { AllowMultipleArgumentsPerToken: true } several ? null : several;
    }

    private Option? Option(string name) => _command.Options.FirstOrDefault(option => option.Name == name || option.Aliases.Contains(name));

    private static IEnumerable<string> Values(Option option, string prefix, string before)
    {
        string kind = option.HelpName ?? "";
        if (option is ChoiceOption choice)
            return Matching(choice.Choices, prefix).Select(word => before + word);
        if (kind == "DEVICE" || option.Name == "--devices")
            return Matching(Devices, prefix).Select(word => before + word);
        return kind.Contains("FILE", StringComparison.Ordinal) ? [Files] : kind == "FOLDER" ? [Folders] : [];
    }

    // What the position's argument takes: options and their values do not count, and the last argument may take many.
    private IEnumerable<string> ArgumentValues()
    {
        int place = 0;
        for (int i = 1; i < _typed.Count; i++)
        {
            if (Option(_typed[i]) is { } option)
                i += Math.Min(1, option.Arity.MaximumNumberOfValues);
            else if (_typed[i] != "--" && !_typed[i].StartsWith("--", StringComparison.Ordinal))
                place++;
        }

        Argument? argument = _command.Arguments.ElementAtOrDefault(place)
            ?? _command.Arguments.LastOrDefault(last => last.Arity.MaximumNumberOfValues > 1);
        if (argument is null)
            return [];
        return FileArguments.Contains(argument.Name) ? [Files]
            : argument.Name == "SHELL" ? Matching(ShellScripts.Shells, _prefix) : [];
    }

    private static IEnumerable<string> Matching(IEnumerable<Symbol> symbols, string prefix) => symbols
        .Where(symbol => symbol.Name.StartsWith(prefix, StringComparison.Ordinal))
        .Select(symbol => $"{symbol.Name}\t{symbol.Description}");

    private static IEnumerable<string> Matching(IEnumerable<string> words, string prefix) =>
        words.Where(word => word.StartsWith(prefix, StringComparison.Ordinal));
}
