using System.ComponentModel;
using System.Diagnostics;

namespace Word2Vec.Clients.Tests;

/// <summary>Runs programs.</summary>
internal static class Shell
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    /// <summary>Whether <paramref name="program"/> is there and ends well.</summary>
    public static bool Succeeds(string program, params string[] arguments)
    {
        try
        {
            return Start(program, arguments, Path.GetTempPath()).Code == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    /// <summary>Runs <paramref name="program"/> in <paramref name="folder"/> and returns its standard output; a failure fails the test with its words.</summary>
    public static string Run(string folder, string program, params string[] arguments)
    {
        (int code, string output, string error) = Start(program, arguments, folder);
        Assert.True(code == 0, $"{program} {string.Join(' ', arguments)} ended with {code}.\n{error}\n{output}");
        return output;
    }

    private static (int Code, string Output, string Error) Start(string program, string[] arguments, string folder)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = Repository.Tools + Path.PathSeparator + start.Environment["PATH"];
        // One thread: the clients' thread pools cost more than they bring on rows this small, and on two cores the tests beside them too.
        start.Environment["OMP_NUM_THREADS"] = start.Environment["OPENBLAS_NUM_THREADS"] = "1";
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Longest))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{program} {string.Join(' ', arguments)} did not end within {Longest.TotalSeconds} s.");
        }

        return (process.ExitCode, output.Result, error.Result);
    }
}
