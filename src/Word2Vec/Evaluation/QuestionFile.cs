using System.Globalization;
using System.Text;
using Word2Vec.Words;

namespace Word2Vec.Evaluation;

/// <summary>What files of questions have in common: lines of text, comments, and how their words are looked up.</summary>
internal static class QuestionFile
{
    // Far beyond any set of questions; a file of vectors given by mistake is not read to its end.
    private const long LargestFile = 256L << 20;

    private const string StandardInput = "-";

    /// <summary>
    /// Reads the lines of <paramref name="path"/> that hold something, with their numbers; lines that begin with # or // are comments.
    /// </summary>
    public static IEnumerable<(int Number, string Line)> Lines(string path, string expected)
    {
        string[] lines = Read(path, expected).Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i].Trim();
            if (line.Length > 0 && !line.StartsWith('#') && !line.StartsWith("//", StringComparison.Ordinal))
                yield return (i + 1, line);
        }
    }

    /// <summary>Finds a word as the question spells it or, failing that, in lower case.</summary>
    public static bool TryGetId(WordIndex words, string word, out int id) =>
        words.TryGetId(word, out id) || words.TryGetId(word.ToLowerInvariant(), out id);

    /// <summary>What questions are known by where the same file is asked of several vectors: their places in it.</summary>
    public static string[] Keys(IEnumerable<int> places) => [.. places.Select(place => place.ToString(CultureInfo.InvariantCulture))];

    /// <summary>Makes the error for a line that is not as <paramref name="expected"/>.</summary>
    public static Word2VecException Malformed(string path, int number, string line, string expected) => new(
        ErrorKind.Input, $"Line {number} of '{path}' is '{Shorten(line)}'; {expected} was expected. Correct the line, or put # in front " +
            "to leave it out.");

    private static string Read(string path, string expected)
    {
        if (path == StandardInput)
            return ReadStandardInput();
        if (Directory.Exists(path))
            throw new Word2VecException(ErrorKind.Input, $"'{path}' is a folder; a file with {expected} on each line was expected.");
        if (!File.Exists(path))
            throw new Word2VecException(ErrorKind.Input, $"There is no file '{path}'; a file with {expected} on each line was expected. " +
                "Check the name and the folder.");
        try
        {
            if (new FileInfo(path).Length > LargestFile)
                throw new Word2VecException(ErrorKind.Input, $"'{path}' is larger than {LargestFile} bytes; a file with {expected} on " +
                    "each line was expected. Are these vectors or a corpus?");
            return File.ReadAllText(path, Encoding.UTF8);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new Word2VecException(ErrorKind.Input, $"'{path}' could not be read: {error.Message}", error);
        }
    }

    private static string ReadStandardInput()
    {
        try
        {
            using var reader = new StreamReader(Console.OpenStandardInput(), Encoding.UTF8);
            return reader.ReadToEnd();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new Word2VecException(ErrorKind.Input, $"The questions on standard input could not be read: {error.Message}", error);
        }
    }

    private static string Shorten(string line)
    {
        const int Longest = 60;
        string shown = new([.. line.Take(Longest).Select(c => char.IsControl(c) ? '\ufffd' : c)]);
        return line.Length > Longest ? shown + "…" : shown;
    }
}
