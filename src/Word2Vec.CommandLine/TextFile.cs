namespace Word2Vec.CommandLine;

/// <summary>Small text files that the tool writes itself.</summary>
internal static class TextFile
{
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
