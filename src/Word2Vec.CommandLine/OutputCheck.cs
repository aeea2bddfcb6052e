namespace Word2Vec.CommandLine;

/// <summary>What is checked about an output before hours of training: that it can be written and that it is not an input.</summary>
internal static class OutputCheck
{
    /// <summary>Checks that <paramref name="output"/> is a file name in a folder that can be written to.</summary>
    public static void Writable(string output)
    {
        CheckName(output);
        string full = Path.GetFullPath(output);
        if (Directory.Exists(full))
            throw new Word2VecException(ErrorKind.Output, $"The output {output} is a folder; give the name of a file in it.");

        // Renaming a finished file onto /dev/null would replace the device.
        if (!OperatingSystem.IsWindows() && full.StartsWith("/dev/", StringComparison.Ordinal))
            throw new Word2VecException(ErrorKind.Output, $"The output {output} is a device; give the name of a file.");
        string folder = Path.GetDirectoryName(full) ?? full;
        if (!Directory.Exists(folder))
            throw new Word2VecException(
                ErrorKind.Output, $"The output {output} cannot be written: there is no folder {folder}. Make it first.");
        TryToWrite(output, folder);
    }

    /// <summary>Makes the folder <paramref name="output"/> where it is missing: unlike a file's, its name was given to be written into.</summary>
    public static void Folder(string output)
    {
        CheckName(output);
        try
        {
            Directory.CreateDirectory(output);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new Word2VecException(
                ErrorKind.Output, $"The output folder {output} cannot be made: {exception.Message.TrimEnd('.')}. Name another one.", exception);
        }
    }

    /// <summary>
    /// Checks that writing <paramref name="output"/> does not overwrite, or add to, what is read from <paramref name="inputs"/>.
    /// </summary>
    public static void NotAnInput(string output, IEnumerable<string> inputs)
    {
        CheckName(output);
        string target = Resolve(output);
        foreach (string input in inputs.Where(input => input.Length > 0 && input != "-"))
        {
            string source = Resolve(input);
            if (source == target)
                throw new Word2VecException(ErrorKind.Usage, $"The output {output} is also an input; give it another name.");
            if (Directory.Exists(source) && target.StartsWith(source + Path.DirectorySeparatorChar, StringComparison.Ordinal))
                throw new Word2VecException(ErrorKind.Usage,
                    $"The output {output} lies in the folder {input}, whose files are all read; write it to another folder.");
        }
    }

    private static void CheckName(string output)
    {
        if (string.IsNullOrWhiteSpace(output) || output == "-")
            throw new Word2VecException(
                ErrorKind.Usage, $"The output '{output}' is not a file name; it must name a file, since it is written in one step.");
    }

    private static void TryToWrite(string output, string folder)
    {
        string probe = Path.Combine(folder, $".word2vec-{Guid.NewGuid():N}.tmp");
        try
        {
            using (new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose))
            {
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            string reason = exception.Message.Replace(probe, Path.GetFullPath(output), StringComparison.Ordinal).TrimEnd('.');
            throw new Word2VecException(ErrorKind.Output,
                $"The output {output} cannot be written: the folder {folder} does not take new files ({reason}). Name another folder.",
                exception);
        }
    }

    private static string Resolve(string path)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        FileSystemInfo? target = File.Exists(full) ? File.ResolveLinkTarget(full, returnFinalTarget: true)
            : Directory.Exists(full) ? Directory.ResolveLinkTarget(full, returnFinalTarget: true) : null;
        return target?.FullName ?? full;
    }
}
