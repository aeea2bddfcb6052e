using System.Globalization;
using System.Text.RegularExpressions;

namespace Word2Vec.CommandLine.Tests;

/// <summary>The commands of pages in docs/ run as they are written, in a folder beside corpora/, and give what the pages say, scored against the truth.</summary>
public sealed partial class TutorialTests
{
    [Fact]
    public void The_page_about_graphs_finds_the_factions_and_the_edges_that_were_held_out()
    {
        if (!Run("graphs.md", out string output, out Func<string, string[]> read))
            return;
        Dictionary<string, string> groups = Pairs(read("groups.tsv"));
        var crowds = Pairs(read("corpora/karate-club-factions.tsv")).GroupBy(pair => (groups[pair.Key], pair.Value));
        int right = crowds.GroupBy(crowd => crowd.Key.Item1).Sum(group => group.Max(crowd => crowd.Count()));
        Assert.InRange(right, 33, 34);
        Assert.InRange(Score(output, "AUC"), 0.6, 1);
    }

    [Fact]
    public void The_page_about_items_recommends_better_than_popularity_and_finds_the_categories()
    {
        if (!Run("items.md", out string output, out Func<string, string[]> read))
            return;
        double[] hits = Scores(output, @"hit rate@10"), popular = Scores(output, @"hit rate@10 of the most popular");
        Assert.All(hits.Zip(popular), pair => Assert.True(pair.First > 2 * pair.Second, $"{pair.First} of ours, {pair.Second} by popularity"));
        Assert.InRange(hits[0], 0.64, 0.75);
        Assert.InRange(Score(output, "purity"), 0.95, 1);
        Assert.InRange(Score(output, "adjusted Rand"), 0.9, 1);
        Assert.InRange(Score(output, @"precision@10"), 0.9, 1);
        Assert.Equal(202, read("groups.tsv").Length);
        string[] lines = output.Split('\n');
        Assert.Contains(lines, line => line.StartsWith("drill-0", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("bit-0", StringComparison.Ordinal));
    }

    private static Dictionary<string, string> Pairs(string[] lines) => lines.Select(line => line.Split('\t')).ToDictionary(fields => fields[0], fields => fields[1]);

    private static double Score(string output, string name) => Scores(output, name)[0];

    private static double[] Scores(string output, string name) => [.. Regex.Matches(output, $@"(?m)(?:^|\s){Regex.Escape(name)} +(?<value>[01]\.[0-9]{{3}}) ")
        .Select(match => double.Parse(match.Groups["value"].Value, CultureInfo.InvariantCulture))];

    // False where there is no bash.
    private static bool Run(string page, out string output, out Func<string, string[]> read)
    {
        (output, read) = ("", _ => []);
        if (OperatingSystem.IsWindows())
            return false;
        using var tool = new Tool();
        string text = File.ReadAllText(Path.Combine(ScriptTests.Root(), "docs", page));
        string script = tool.Write("page.sh", "set -e -o pipefail\n" + string.Concat(ShellBlocks().Matches(text).Select(match => match.Groups[1].Value)));
        Directory.CreateSymbolicLink(tool.PathOf("corpora"), Path.Combine(ScriptTests.Root(), "corpora"));
        Run run = Shell.Run("bash", [script], Path.GetDirectoryName(script));
        Assert.True(run.Code == 0, run.Error);
        output = run.Out;
        Dictionary<string, string[]> files = Directory.GetFiles(Path.GetDirectoryName(script)!, "*.tsv").ToDictionary(file => Path.GetFileName(file), File.ReadAllLines);
        read = name => name.StartsWith("corpora/", StringComparison.Ordinal) ? File.ReadAllLines(Path.Combine(ScriptTests.Root(), name)) : files[name];
        return true;
    }

    [GeneratedRegex("(?s)```sh\n(.*?)```")]
    private static partial Regex ShellBlocks();
}
