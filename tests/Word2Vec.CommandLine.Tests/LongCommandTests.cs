namespace Word2Vec.CommandLine.Tests;

/// <summary>Commands that may take long say on a terminal how far they are.</summary>
public class LongCommandTests
{
    [Theory]
    [InlineData("cluster v.txt -k 2", "seeding   100.0 %  2/2  start 1/3")]
    [InlineData("map v.txt -o m.svg --clusters 2 --method pca", "seeding   100.0 %  2/2  start 1/3")]
    [InlineData("classify v.txt l.tsv --folds 3", "descent   0  fold 1/3  loss 0.6")]
    [InlineData("classify v.txt l.tsv --test 0.3", "descent   0  loss 0.6")]
    [InlineData("reduce v.txt s.txt --size 2", "covariance ")]
    [InlineData("reduce v.txt s.txt --size 2 --method randomized", "passes      0.0 %  0/9")]
    [InlineData("duplicates v.txt", "comparing   0.0 %  0/28")]
    [InlineData("drift v.txt v.txt --by neighbors", "comparing ")]
    [InlineData("embed v.txt t.txt -o e.txt", "embedding 100.0 %  0:00 left  1 texts  ")]
    [InlineData("embed v.txt t.txt -o e.txt --method tfidf", "counting  100.0 %  0:00 left  1 texts  ")]
    [InlineData("embed v.txt - -o e.txt", "copying   ")]
    [InlineData("embed t.txt -o e.txt --method lsa --size 1", "reading   100.0 %  0:00 left  1 texts  ")]
    [InlineData("evaluate v.txt --analogies q.txt", "analogies   0.0 %  0/1", false)]
    [InlineData("evaluate v.txt --labels l.tsv --folds 2", "labels of ", false)]
    public void One_line_is_drawn_and_wiped_and_only_on_a_terminal(string line, string expected, bool hasQuiet = true)
    {
        using Tool terminal = Made(errorIsTerminal: true), pipe = Made(errorIsTerminal: false);
        Run shown = terminal.Run(Arguments(terminal, line)), piped = pipe.Run(Arguments(pipe, line));
        Assert.Equal((0, 0), (shown.Code, piped.Code));
        Assert.StartsWith("\r" + expected, shown.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(expected, shown.Error.Split('\r')[^1], StringComparison.Ordinal);
        Assert.DoesNotContain('\r', piped.Error);
        if (hasQuiet)
            Assert.DoesNotContain('\r', terminal.Run(Arguments(terminal, line + " --quiet")).Error);
    }

    [Fact]
    public void An_error_stands_on_a_line_of_its_own()
    {
        using var tool = new Tool { ErrorIsTerminal = true };
        Run run = tool.Run("cluster", tool.Write("same.txt", "3 2\na 1 0\nb 1 0\nc 1 0\n"), "-k", "2");
        Assert.Equal(2, run.Code);
        Assert.StartsWith("\rseeding", run.Error, StringComparison.Ordinal);
        Assert.StartsWith("word2vec: 2 clusters were asked for", run.Error.Split('\r')[^1], StringComparison.Ordinal);
    }

    private static Tool Made(bool errorIsTerminal)
    {
        var tool = new Tool { ErrorIsTerminal = errorIsTerminal, Input = "king and queen\nplum\n" };
        tool.WriteVectors("v.txt");
        tool.Write("l.tsv", "king\tpeople\nman\tpeople\nwoman\tpeople\nqueen\tpeople\napple\tfruit\npear\tfruit\nplum\tfruit\nprince\tpeople\n");
        tool.Write("q.txt", "man king woman queen\n");
        tool.Write("t.txt", "king queen\nplum pear\n");
        return tool;
    }

    private static string[] Arguments(Tool tool, string line) =>
        [.. line.Split(' ').Select(word => char.IsAsciiLetter(word[0]) && word.Contains('.', StringComparison.Ordinal) ? tool.PathOf(word) : word)];
}
