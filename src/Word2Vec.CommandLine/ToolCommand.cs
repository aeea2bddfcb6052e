using System.CommandLine;
using System.CommandLine.Parsing;

namespace Word2Vec.CommandLine;

/// <summary>
/// A command of the tool: it has examples, and it says which option was mistyped instead of taking it for a file or a word.
/// </summary>
internal abstract class ToolCommand : Command
{
    protected ToolCommand(Host host, string name, string description)
        : base(name, description)
    {
        Host = host;
        SetAction(Execute);
    }

    /// <summary>Whole command lines for <c>--help</c>.</summary>
    public abstract IReadOnlyList<string> Examples { get; }

    /// <summary>Paragraphs that <c>--help</c> shows after the examples.</summary>
    public virtual IReadOnlyList<string> Remarks => [];

    protected Host Host { get; }

    /// <summary>
    /// <paramref name="line"/> with what stands elsewhere, such as in a file that it names; <paramref name="parsed"/> is the line as it was
    /// typed, whose errors may be that this is missing.
    /// </summary>
    public virtual IReadOnlyList<string> Complete(IReadOnlyList<string> line, ParseResult parsed) => line;

    /// <summary>True where an argument may begin with a dash and a letter: a word with a minus before it.</summary>
    protected virtual bool TakesSigns => false;

    protected abstract int Execute(ParseResult parsed);

    /// <summary>
    /// Throws for what looks like an option and was taken for an argument. What follows "--" is an argument, whatever it looks like; the
    /// parser does not say on which side of it an argument stood, so one "--" frees all.
    /// </summary>
    public void RefuseUnknownOptions(ParseResult parsed)
    {
        if (parsed.Tokens.Any(token => token.Type == TokenType.DoubleDash))
            return;
        foreach (Token token in parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens))
        {
            if (token.Value.StartsWith("--", StringComparison.Ordinal) || (!TakesSigns && token.Value.Length > 1 && token.Value[0] == '-'))
                throw new Word2VecException(ErrorKind.Usage, App.UnknownOption(this, token.Value));
        }
    }
}
