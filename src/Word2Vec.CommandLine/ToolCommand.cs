using System.CommandLine;
using System.CommandLine.Parsing;

namespace Word2Vec.CommandLine;

/// <summary>A command of the tool: it has examples, and it says which option was mistyped instead of taking it for a file or a word.</summary>
internal abstract class ToolCommand : Command
{
    protected ToolCommand(Host host, string name, string description)
        : base(name, description)
    {
        Host = host;
        Validators.Add(RefuseUnknownOptions);
        SetAction(Execute);
    }

    /// <summary>Whole command lines for <c>--help</c>.</summary>
    public abstract IReadOnlyList<string> Examples { get; }

    /// <summary>Paragraphs that <c>--help</c> shows after the examples.</summary>
    public virtual IReadOnlyList<string> Remarks => [];

    protected Host Host { get; }

    /// <summary>True where an argument may begin with a dash and a letter: a word with a minus before it.</summary>
    protected virtual bool TakesSigns => false;

    protected abstract int Execute(ParseResult parsed);

    // What follows "--" is an argument, whatever it looks like; the parser does not say which side an argument came from, so one "--" frees all.
    private void RefuseUnknownOptions(CommandResult result)
    {
        foreach (Token token in result.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens))
        {
            bool dashed = token.Value.StartsWith("--", StringComparison.Ordinal) || (!TakesSigns && token.Value.Length > 1 && token.Value[0] == '-');
            if (dashed && !HasDoubleDash(result))
                result.AddError(App.UnknownOption(this, token.Value).TrimEnd('.'));
        }
    }

    private static bool HasDoubleDash(CommandResult result) => result.Tokens.Any(token => token.Type == TokenType.DoubleDash);
}
