using System.ComponentModel;
using System.Diagnostics;

namespace Word2Vec.CommandLine.Tests;

/// <summary>A test that lets system calls fail; it is skipped, with the reason, where strace is not there or may not trace.</summary>
internal sealed class StraceTheoryAttribute : TheoryAttribute
{
    private static readonly string? Missing = Reason();

    public StraceTheoryAttribute() => Skip = Missing;

    private static string? Reason()
    {
        try
        {
            var start = new ProcessStartInfo("strace", ["-qq", "-o", "/dev/null", "-e", "inject=fsync:error=EIO", "true"]) { RedirectStandardError = true };
            using Process process = Process.Start(start)!;
            string said = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : $"strace does not work here: {said.Trim()}";
        }
        catch (Win32Exception e)
        {
            return $"strace is not installed: {e.Message}";
        }
    }
}
