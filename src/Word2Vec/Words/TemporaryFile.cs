namespace Word2Vec.Words;

/// <summary>Files that are gone when they are closed.</summary>
internal static class TemporaryFile
{
    /// <summary>Makes an empty file in <paramref name="folder"/> for writing and reading.</summary>
    /// <exception cref="Word2VecException">It cannot be made.</exception>
    public static FileStream Create(string folder)
    {
        string path = Path.Combine(folder, $"word2vec.{Path.GetRandomFileName()}.tmp");
        return Guarded(folder, () =>
        {
            var stream = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
            // Where an open file can be deleted, it goes now, so that even a killed process leaves nothing.
            if (!OperatingSystem.IsWindows())
                File.Delete(path);
            return stream;
        });
    }

    /// <summary>Makes <paramref name="folder"/> where it is missing.</summary>
    /// <exception cref="Word2VecException">It cannot be made.</exception>
    public static void MakeFolder(string folder) => Guarded(folder, () => Directory.CreateDirectory(folder));

    private static T Guarded<T>(string folder, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new Word2VecException(ErrorKind.Output, $"Cannot write in the folder {folder}: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }
}
