using System.Text;
using Word2Vec.Words;

namespace Word2Vec.CommandLine;

/// <summary>The interactive prompt: words in, tables out, until Ctrl-D. The prompt itself is on standard error, so that results can be piped.</summary>
internal sealed class Prompt(Terminal terminal, WordQueries queries)
{
    private const int Candidates = 12;

    public int Run()
    {
        var editor = new LineEditor(terminal, Complete);
        terminal.Error.WriteLine($"{queries.Index.Vectors.Count} words. Type a word, or king - man + woman; Tab completes, Up repeats, Ctrl-D ends.");
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

    /// <summary>The most frequent words that begin with <paramref name="prefix"/>.</summary>
    internal IReadOnlyList<string> Complete(string prefix)
    {
        WordIndex words = queries.Index.Vectors.Words;
        byte[] bytes = Encoding.UTF8.GetBytes(prefix);
        List<string> found = [];
        for (int id = 0; id < words.Count && found.Count < Candidates; id++)
        {
            if (words.Bytes(id).StartsWith(bytes))
                found.Add(words[id]);
        }

        return found;
    }
}
