using System.Text.RegularExpressions;
using Word2Vec.CommandLine.Energy;

namespace Word2Vec.CommandLine.Tests;

/// <summary>Each documented exit code happens, and each that happens is documented. Signals are in <see cref="ProcessTests"/>.</summary>
public partial class ExitCodeTests
{
    [Fact]
    public void The_readme_lists_the_codes_that_help_lists()
    {
        string readme = File.ReadAllText(Path.Combine(ScriptTests.Root(), "README.md"));
        string table = readme[readme.IndexOf("## Exit codes", StringComparison.Ordinal)..];
        Assert.Equal(ExitCodes.All.Select(row => $"{row.Code}"), Rows().Matches(table).Select(row => row.Groups[1].Value));
        Assert.Contains($"SIGTERM: {ExitCodes.Terminated}, SIGHUP: {ExitCodes.HungUp}", table, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "similarity v.txt king queen")]
    [InlineData(1, "benchmark --corpus c.txt --devices cpu --size 4 --epochs 1")]
    [InlineData(2, "train c.txt")]
    [InlineData(3, "train missing.txt -o v.bin")]
    [InlineData(4, "similarity c.txt king queen")]
    [InlineData(5, "train c.txt -o v.bin --device cuda")]
    [InlineData(6, "train c.txt -o missing/v.bin")]
    [InlineData(7, "train c.txt -o v.bin --device plain --learning-rate 1000 --epochs 50 --size 64 --subsampling 0")]
    [InlineData(8, "similarity v.txt king kong")]
    [InlineData(130, "train c.txt -o v.bin --device plain")]
    public void Each_code_happens(int code, string line)
    {
        using var cancelled = new CancellationTokenSource();
        if (code == 130)
            cancelled.Cancel();
        using var tool = new Tool
        {
            Cancellation = cancelled.Token,
            EnergyCounters = code == 1 ? _ => throw new InvalidOperationException("a mistake in the tool") : _ => (IReadOnlyList<EnergyCounter>)[],
        };
        tool.WriteCorpus("c.txt");
        tool.WriteVectors("v.txt");
        Run run = tool.Run([.. line.Split(' ').Select(arg => arg.Contains('.', StringComparison.Ordinal) ? tool.PathOf(arg) : arg)]);
        Assert.Equal(code, run.Code);
        Assert.Equal(code != 0, run.Error.Contains("word2vec: ", StringComparison.Ordinal));
        Assert.Contains(ExitCodes.All, row => row.Code == code);
    }

    [GeneratedRegex(@"^\| ([0-9]+) \|", RegexOptions.Multiline)]
    private static partial Regex Rows();
}
