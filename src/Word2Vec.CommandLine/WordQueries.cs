using Word2Vec.Queries;

namespace Word2Vec.CommandLine;

/// <summary>Asks an index for neighbours, one expression or many, and writes the answers.</summary>
internal sealed class WordQueries(Terminal terminal, VectorIndex index, int count, bool json, LineSyntax syntax)
{
    // Enough for the search to share its reading of the rows, few enough to answer while a long file is still being read.
    private const int BatchSize = 1024;

    public VectorIndex Index => index;

    /// <summary>What a line means.</summary>
    public LineSyntax Syntax => syntax;

    /// <summary>Asks at a prompt where a person types, and answers line after line where a program does.</summary>
    public int Converse() =>
        terminal.InIsTerminal && terminal.ErrorIsTerminal ? new Prompt(terminal, this).Run() : AnswerLines(terminal.In);

    /// <summary>Answers one expression with a table, or a line of JSON.</summary>
    public void Answer(WordExpression expression)
    {
        IReadOnlyList<Neighbor> neighbors = Ask(expression);
        NoteComposed(expression);
        if (json)
            terminal.Out.WriteLine(ToJson(null, expression, neighbors));
        else
            Neighbors.WriteTable(terminal, neighbors);
    }

    /// <summary>Parses and answers a line that was typed.</summary>
    public void Answer(string line) => Answer(Parse(line));

    /// <summary>Answers each line of a file in batches.</summary>
    public int AnswerFile(string path)
    {
        int code = ExitCodes.Success;
        using TextReader? opened = path == "-" ? null : Open(path);
        foreach (string[] batch in Lines(opened ?? terminal.In, path).Chunk(BatchSize))
            code = Math.Max(code, AnswerBatch(batch));
        return code;
    }

    /// <summary>Answers line after line as they come, for a program at the other end of a pipe.</summary>
    public int AnswerLines(TextReader reader)
    {
        int code = ExitCodes.Success;
        foreach (string line in Lines(reader, "standard input"))
        {
            code = Math.Max(code, AnswerBatch([line]));
            terminal.Out.Flush();
        }

        return code;
    }

    private static StreamReader Open(string path)
    {
        try
        {
            return new StreamReader(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, exception);
        }
    }

    private static IEnumerable<string> Lines(TextReader reader, string path)
    {
        while (Next() is { } line)
        {
            if (!string.IsNullOrWhiteSpace(line))
                yield return line.Trim();
        }

        string? Next()
        {
            try
            {
                return reader.ReadLine();
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw Unreadable(path, exception);
            }
        }
    }

    private static Word2VecException Unreadable(string path, Exception exception) =>
        new(ErrorKind.Input, $"The words of '{path}' could not be read: {exception.Message}", exception);

    // Single words share one search; expressions and words that are not there are asked one by one.
    private int AnswerBatch(string[] lines)
    {
        int code = ExitCodes.Success;
        string[] known = [.. lines.Where(line => syntax.TakesWords && IsWord(line)).Distinct()];
        Dictionary<string, IReadOnlyList<Neighbor>> answers =
            known.Zip(index.MostSimilarBatch(known, count)).ToDictionary(pair => pair.First, pair => pair.Second);
        foreach (string line in lines)
        {
            try
            {
                WordExpression expression = Parse(line);
                WriteLine(line, expression, answers.TryGetValue(line, out IReadOnlyList<Neighbor>? found) ? found : Ask(expression));
            }
            catch (Word2VecException exception) when (exception.Kind is ErrorKind.UnknownWord or ErrorKind.Usage)
            {
                code = (int)exception.Kind;
                WriteError(line, exception.Message);
            }
        }

        return code;
    }

    private void WriteLine(string line, WordExpression expression, IReadOnlyList<Neighbor> neighbors)
    {
        NoteComposed(expression);
        if (json)
            terminal.Out.WriteLine(ToJson(line, expression, neighbors));
        else
            Neighbors.WriteLines(terminal.Out, line, neighbors);
    }

    private void WriteError(string line, string message)
    {
        terminal.Error.WriteLine($"word2vec: {message}");
        if (!json)
            return;
        terminal.Out.WriteLine(Json.Write(indented: false, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("query", line);
            writer.WriteString("error", message);
            writer.WriteEndObject();
        }));
    }

    private bool IsWord(string word) => index.Vectors.Words.TryGetId(word, out _);

    private WordExpression Parse(string line) => syntax.Parse(line, IsWord);

    private IReadOnlyList<Neighbor> Ask(WordExpression expression) => index.MostSimilar(expression.Positive, expression.Negative, count);

    private void NoteComposed(WordExpression expression) =>
        ComposedWords.Note(terminal.Error, index.Vectors, expression.Positive.Concat(expression.Negative));

    private string ToJson(string? line, WordExpression expression, IReadOnlyList<Neighbor> neighbors) =>
        Json.Write(indented: false, writer =>
    {
        writer.WriteStartObject();
        if (line is not null)
            writer.WriteString("query", line);
        writer.WriteStrings("positive", expression.Positive);
        writer.WriteStrings("negative", expression.Negative);
        ComposedWords.WriteJson(writer, index.Vectors, expression.Positive.Concat(expression.Negative));
        Neighbors.WriteJson(writer, neighbors);
        writer.WriteEndObject();
    });
}
