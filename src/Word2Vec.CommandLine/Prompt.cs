using Word2Vec.Queries;

namespace Word2Vec.CommandLine;

/// <summary>
/// The interactive prompt: words in, tables out, until Ctrl-D. The prompt itself is on standard error, so that results can be piped.
/// </summary>
internal sealed class Prompt(Terminal terminal, WordQueries queries)
{
    private const int Candidates = 12;

    public int Run()
    {
        var editor = new LineEditor(terminal, prefix => Spelling.Completions(queries.Index.Vectors.Words, prefix, Candidates));
        terminal.Error.WriteLine(FormattableString.Invariant(
            $"{queries.Index.Vectors.Count:N0} words. {queries.Syntax.Hint}; Tab completes, Up repeats, Ctrl-D ends."));
        while (editor.ReadLine("> ") is { } line)
        {
            if (string.IsNullOrWhiteSpace(line))
                continue;
            try
            {
                queries.Answer(line);
                terminal.Out.Flush();
            }
            catch (Word2VecException exception) when (exception.Kind is ErrorKind.UnknownWord or ErrorKind.Usage)
            {
                terminal.Error.WriteLine(exception.Message);
            }
        }

        return ExitCodes.Success;
    }
}
