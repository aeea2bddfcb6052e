namespace Word2Vec.CommandLine;

/// <summary>Small text files that the tool writes itself, or that people write for it.</summary>
internal static class TextFile
{
    // Far beyond any list of words; a file of vectors given by mistake is not read to its end.
    private const long Largest = 1L << 30;

    /// <summary>Reads all lines of <paramref name="path"/>, which should hold <paramref name="expected"/>.</summary>
    public static string[] ReadLines(string path, string expected)
    {
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > Largest })
                throw new Word2VecException(ErrorKind.Input, $"'{path}' is larger than {Largest} bytes; a file with {expected} was expected. Is it another file?");
            return File.ReadAllLines(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new Word2VecException(ErrorKind.Input, $"'{path}' could not be read: {exception.Message.TrimEnd('.')}; a file with {expected} was expected.", exception);
        }
    }

    /// <summary>
    /// Writes <paramref name="text"/> to a temporary file beside <paramref name="path"/> and renames it, so that there is never half a
    /// file.
    /// </summary>
    public static void Replace(string path, string text)
    {
        string temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            File.WriteAllText(temporary, text);
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            File.Delete(temporary);
            string reason = exception.Message.Replace(temporary, path, StringComparison.Ordinal).TrimEnd('.');
            throw new Word2VecException(ErrorKind.Output, $"Cannot write {path}: {reason}.", exception);
        }
    }
}
