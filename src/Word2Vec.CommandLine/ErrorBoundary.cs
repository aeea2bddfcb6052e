namespace Word2Vec.CommandLine;

/// <summary>The one place where exceptions become a line on standard error and an exit code.</summary>
internal static class ErrorBoundary
{
    private const int LongestMessage = 4000;

    // ENOSPC and EDQUOT on Unix, ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL on Windows.
    private static readonly int[] DiskFull = [28, 122, 0x70, 0x27];

    public static int Run(Host host, Func<int> command)
    {
        try
        {
            int code = command();
            host.Out.Flush();
            return code;
        }
        catch (Exception exception)
        {
            return Report(host, exception);
        }
    }

    private static int Report(Host host, Exception exception)
    {
        (int code, string message) = Translate(host, exception);
        string wayOn = exception is Word2VecException { Kind: ErrorKind.Device or ErrorKind.Output } && host.WayOn is { } kept ? $" {kept}" : "";
        host.Error.WriteLine($"word2vec: {Printable(message)}{wayOn}");
        if (Environment.GetEnvironmentVariable("WORD2VEC_DEBUG") == "1")
            host.Error.WriteLine(exception);
        try
        {
            host.Out.Flush();
        }
        catch (IOException)
        {
            // Standard output is what failed; the line above has said so.
        }

        return code;
    }

    // Messages quote what files hold, which may be a line's end, an escape sequence for the terminal, or a megabyte. What to do stands at their end.
    private static string Printable(string message)
    {
        string text = string.Concat(message.ReplaceLineEndings(" ").Select(letter => char.IsControl(letter) ? '\ufffd' : letter));
        return text.Length <= LongestMessage ? text : $"{text[..(LongestMessage / 2)]} … {text[^(LongestMessage / 2)..]}";
    }

    private static (int Code, string Message) Translate(Host host, Exception exception) => exception switch
    {
        Word2VecException known => ((int)known.Kind, known.Message),
        OperationCanceledException => (host.InterruptedExitCode, $"interrupted; {host.WhatIsLeft}"),
        OutOfMemoryException => ((int)ErrorKind.Training,
            "Not enough memory; use a smaller --size, or keep fewer words with --min-count or --max-vocabulary."),
        IOException full when DiskFull.Contains(full.HResult & 0xffff) => ((int)ErrorKind.Output, $"The disk is full: {full.Message}"),
        FileNotFoundException or DirectoryNotFoundException => ((int)ErrorKind.Input, exception.Message),
        UnauthorizedAccessException => ((int)ErrorKind.Input, exception.Message),
        IOException => ((int)ErrorKind.Output, exception.Message),
        _ => (ExitCodes.Internal, $"internal error: {exception.GetType().Name}: {exception.Message} "
            + "(please report it; WORD2VEC_DEBUG=1 shows where it happened)"),
    };
}
