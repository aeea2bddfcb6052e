using System.Diagnostics;

namespace Word2Vec.CommandLine.Tests;

/// <summary>Runs the tool, or a script that does, as a process of its own; scripts find it as $W2V and as word2vec on their path.</summary>
internal static class Shell
{
    public static readonly string Assembly = typeof(App).Assembly.Location;

    /// <summary>The tool with <paramref name="input"/> on standard input.</summary>
    public static Run Pipe(string input, params string[] args) => Run("dotnet", [Assembly, .. args], null, input);

    /// <summary>Any program, with a <c>word2vec</c> on its path.</summary>
    public static Run Run(string program, IEnumerable<string> args, string? folder = null, string input = "")
    {
        DirectoryInfo path = Directory.CreateTempSubdirectory("word2vec-path-");
        try
        {
            string tool = Path.Combine(path.FullName, "word2vec");
            File.WriteAllText(tool, $"#!/bin/sh\nexec dotnet '{Assembly}' \"$@\"\n");
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(tool, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            var start = new ProcessStartInfo(program, args)
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                WorkingDirectory = folder ?? "",
            };
            start.Environment["W2V"] = $"dotnet {Assembly}";
            start.Environment["PATH"] = $"{path.FullName}{Path.PathSeparator}{start.Environment["PATH"]}";
            start.Environment["WORD2VEC_CACHE"] = path.FullName;
            start.Environment.Remove("NO_COLOR");
            using Process process = Process.Start(start)!;
            Task<string> error = process.StandardError.ReadToEndAsync(), output = process.StandardOutput.ReadToEndAsync();
            process.StandardInput.Write(input);
            process.StandardInput.Close();
            process.WaitForExit();
            return new Run(process.ExitCode, output.Result, error.Result);
        }
        finally
        {
            path.Delete(recursive: true);
        }
    }
}
