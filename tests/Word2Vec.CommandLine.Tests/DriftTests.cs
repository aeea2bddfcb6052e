using System.Text.Json;

namespace Word2Vec.CommandLine.Tests;

/// <summary>What a user sees of words that moved.</summary>
public class DriftTests
{
    // The three axes of the test's vectors in another order, one with its sign turned; king has become a fruit.
    private const string Later = "7 3\nking 0.1 -0.2 -1\nman 1 0 0\nwoman 0 -1 0\nqueen 0 -1 1\napple 0.2 -0.1 -1\npear 0.1 -0.2 -1\nplum 0.1 -0.1 -1\n";

    [Fact]
    public void The_word_that_moved_comes_first_with_its_neighbors_then_and_now()
    {
        using var tool = new Tool();
        string old = tool.WriteVectors(), now = tool.Write("later.txt", Later);
        string anchors = tool.Write("anchors.txt", "man\nwoman\nqueen\napple\npear\nplum\n");
        Run run = tool.Run("drift", old, now, "--anchors", anchors, "--neighbors", "2");
        Assert.Equal(0, run.Code);
        Assert.Matches("^word +distance +changed +then +now$", run.OutLines[0]);
        Assert.Matches("^king +[01]\\.[0-9]{3} +100 % +(man queen|queen man) +(pear|plum|apple) (pear|plum|apple)$", run.OutLines[1]);
        Assert.Equal(8, run.OutLines.Length);
        Assert.Matches("^7 words of both files, turned to fit 6 of them; mean distance 0\\.[0-9]{3}$", run.ErrorLine);

        JsonElement root = JsonDocument.Parse(tool.Run(
            "drift", old, now, "--anchors", anchors, "--words", tool.Write("words.txt", "plum\nking\nnobody\n"), "--json", "--quiet").Out).RootElement;
        Assert.Equal((7, 6), (root.GetProperty("words").GetInt32(), root.GetProperty("anchors").GetInt32()));
        JsonElement[] words = [.. root.GetProperty("drift").EnumerateArray()];
        Assert.Equal(["plum", "king"], words.Select(word => word.GetProperty("word").GetString()));
        Assert.InRange(words[0].GetProperty("distance").GetDouble(), 0, 1e-6);
        Assert.InRange(words[1].GetProperty("distance").GetDouble(), 0.5, 2);
    }

    [Fact]
    public void The_new_vectors_are_written_in_the_old_space()
    {
        using var tool = new Tool();
        string old = tool.WriteVectors(), now = tool.Write("later.txt", Later), output = tool.PathOf("aligned.txt");
        string anchors = tool.Write("anchors.txt", "man\nwoman\nqueen\napple\npear\nplum\n");
        Run run = tool.Run("drift", old, now, "--anchors", anchors, "--aligned", output, "--count", "0");
        Assert.Equal((0, ""), (run.Code, run.Out));
        Assert.EndsWith("has the new vectors in the space of the old", run.ErrorLine, StringComparison.Ordinal);
        string[] queen = File.ReadAllLines(output)[4].Split(' ');
        Assert.Equal("queen", queen[0]);
        Assert.Equal([1.0, 0.0, 1.0], queen[1..4].Select(text => Math.Round(double.Parse(text, System.Globalization.CultureInfo.InvariantCulture), 5) + 0.0));
    }

    [Fact]
    public void Files_of_two_sizes_are_compared_by_neighbors()
    {
        using var tool = new Tool();
        string old = tool.WriteVectors(), now = tool.Write("flat.txt", "4 2\nking -1 0.1\napple -1 0\npear -1 0.2\nqueen 1 0\n");
        Run run = tool.Run("drift", old, now, "--by", "neighbors", "--neighbors", "1", "--count", "1");
        Assert.Equal(0, run.Code);
        Assert.Matches("^king +- +100 % +queen +(apple|pear)$", run.OutLines[1]);
        Assert.Equal("4 words of both files", run.ErrorLine);
    }

    [Theory]
    [InlineData("drift v.txt missing.bin", 3, "missing.bin")]
    [InlineData("drift v.txt", 2, "NEW")]
    [InlineData("drift - -", 2, "named twice")]
    [InlineData("drift v.txt flat.txt", 2, "--by neighbors")]
    [InlineData("drift v.txt v.txt --limit 2", 3, "2 words of both files")]
    [InlineData("drift v.txt v.txt --min-count 3", 2, "neither file says")]
    [InlineData("drift v.txt v.txt --neighbors 0", 2, "--neighbors is 0")]
    [InlineData("drift v.txt v.txt --count -1", 2, "--count is -1")]
    [InlineData("drift v.txt v.txt --by luck", 2, "--by")]
    [InlineData("drift v.txt v.txt --anchors missing.txt", 3, "missing.txt")]
    [InlineData("drift v.txt v.txt --aligned v.txt", 2, "is also an input")]
    public void Bad_input_is_one_line_and_its_exit_code(string line, int code, string expected)
    {
        using var tool = new Tool();
        tool.WriteVectors("v.txt");
        tool.Write("flat.txt", "2 2\nking 1 2\nman 2 1\n");
        string[] args = [.. line.Split(' ').Select(word => char.IsAsciiLetter(word[0]) && word.Contains('.', StringComparison.Ordinal) ? tool.PathOf(word) : word)];
        Run run = tool.Run(args);
        Assert.Equal((code, ""), (run.Code, run.Out));
        Assert.Contains(expected, run.ErrorLine, StringComparison.Ordinal);
    }
}
