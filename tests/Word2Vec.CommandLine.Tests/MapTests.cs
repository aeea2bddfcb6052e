using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;

namespace Word2Vec.CommandLine.Tests;

/// <summary>The command that draws a map.</summary>
public class MapTests
{
    [Fact]
    public void A_map_is_written_as_pictures_tables_and_vectors_at_once()
    {
        using var tool = new Tool();
        string[] outputs = [.. new[] { "m.svg", "m.html", "m.tsv", "m.csv", "m.json", "m.txt" }.Select(tool.PathOf)];
        Run run = tool.Run(["map", tool.WriteVectors(), "-o", .. outputs, "--clusters", "2", "--iterations", "200", "--title", "People & fruit"]);
        Assert.Equal(0, run.Code);
        Assert.Matches(@"^tsne of 8 words, loss [0-9.]+, trustworthiness [01]\.[0-9]{4} \(of the 10 nearest on the map", run.OutLines[0]);
        Assert.StartsWith("8 words written to ", run.ErrorLine, StringComparison.Ordinal);
        Assert.Contains("People & fruit", XElement.Load(outputs[0]).Elements().Select(element => element.Value));
        Assert.Contains("People &amp; fruit", File.ReadAllText(outputs[1]), StringComparison.Ordinal);
        string[] lines = File.ReadAllLines(outputs[2]);
        Assert.Equal(("word\tx\ty\tgroup", 9), (lines[0], lines.Length));
        Assert.Matches("^king\t-?[0-9.E-]+\t-?[0-9.E-]+\t0 [a-z]+ [a-z]+ [a-z]+$", lines[1]);
        Assert.Equal(lines, File.ReadAllLines(outputs[3]).Select(line => line.Replace(',', '\t')));
        JsonElement king = JsonDocument.Parse(File.ReadAllText(outputs[4])).RootElement[0];
        Assert.Equal(lines[1].Split('\t')[1], king.GetProperty("x").GetSingle().ToString("R", CultureInfo.InvariantCulture));
        Assert.Equal("8 2", File.ReadLines(outputs[5]).First());
        Assert.Matches("^(apple|pear) ", tool.Run("most-similar", outputs[5], "plum", "--count", "1").OutLines[1]);
    }

    [Fact]
    public void Groups_come_from_a_file_and_words_from_another()
    {
        using var tool = new Tool();
        string output = tool.PathOf("m.tsv"), groups = tool.Write("g.tsv", "king\tpeople\napple\tfruit\nnobody\tpeople\n");
        string only = tool.Write("only.txt", "plum\nking\napple\nnobody\n");
        Run run = tool.Run("map", tool.WriteVectors(), "-o", output, "--groups", groups, "--only", only, "--method", "umap", "--iterations", "5", "--dimensions", "3", "--json");
        Assert.Equal(0, run.Code);
        Assert.Contains("1 words of " + only + " have no vector and are left out", run.Error, StringComparison.Ordinal);
        Assert.Contains("1 words of " + groups + " are not on the map", run.Error, StringComparison.Ordinal);
        Assert.Equal(["word\tx\ty\tz\tgroup", "king", "apple", "plum"], File.ReadLines(output).Select((line, i) => i == 0 ? line : line.Split('\t')[0]));
        Assert.Equal(["people", "fruit", ""], File.ReadLines(output).Skip(1).Select(line => line.Split('\t')[4]));
        JsonElement root = JsonDocument.Parse(run.Out).RootElement;
        Assert.Equal((3, 3, "umap", JsonValueKind.Null), (root.GetProperty("words").GetInt32(), root.GetProperty("dimensions").GetInt32(),
            root.GetProperty("method").GetString(), root.GetProperty("loss").ValueKind));
    }

    [Fact]
    public void The_same_line_draws_the_same_map_with_any_number_of_threads_and_progress_is_shown()
    {
        using var tool = new Tool { ErrorIsTerminal = true };
        string vectors = tool.WriteVectors(), one = tool.PathOf("1.tsv"), many = tool.PathOf("2.tsv");
        Run run = tool.Run("map", vectors, "-o", one, "--iterations", "60", "--threads", "1", "--limit", "8");
        Assert.Equal(0, run.Code);
        Assert.Contains("\rneighbors", run.Error, StringComparison.Ordinal);
        Assert.Contains("the first 8 words are drawn", run.Error, StringComparison.Ordinal);
        Assert.Equal(0, tool.Run("map", vectors, "-o", many, "--iterations", "60", "--threads", "3").Code);
        Assert.Equal(File.ReadAllBytes(one), File.ReadAllBytes(many));
    }

    [Theory]
    [InlineData("map v.txt", 2, "--output")]
    [InlineData("map missing.bin -o m.svg", 3, "missing.bin")]
    [InlineData("map v.txt -o m.svg --dimensions 3", 2, "is a picture, which takes --dimensions 2")]
    [InlineData("map v.txt -o m.onnx", 2, ".onnx")]
    [InlineData("map v.txt -o v.txt", 2, "is also an input")]
    [InlineData("map v.txt -o m.svg --method mds", 2, "it must be tsne or umap or pca")]
    [InlineData("map v.txt -o m.svg --perplexity 0", 2, "perplexity is 0; it must lie between 1 and 333")]
    [InlineData("map v.txt -o m.svg --neighbors 1", 2, "neighbors is 1")]
    [InlineData("map v.txt -o m.svg --min-dist 2", 2, "min-dist is 2; it must lie between 0 and 1")]
    [InlineData("map v.txt -o m.svg --iterations -1", 2, "iterations is -1")]
    [InlineData("map v.txt -o m.svg --labels -1", 2, "labels is -1")]
    [InlineData("map v.txt -o m.svg --threads -1", 2, "threads is -1")]
    [InlineData("map v.txt -o m.svg --clusters 9", 2, "clusters is 9; it must lie between 1 and 8")]
    [InlineData("map v.txt -o m.svg --clusters 2 --groups g.tsv", 2, "give one of both")]
    [InlineData("map v.txt -o m.svg --groups v.txt", 3, "a word, a tab and a label were expected")]
    [InlineData("map v.txt -o m.svg --only g.tsv", 3, "is among the 8 words of the vectors")]
    [InlineData("map v.txt -o m.svg --only missing.txt", 3, "missing.txt")]
    public void Bad_input_is_one_line_and_its_exit_code(string line, int code, string expected)
    {
        using var tool = new Tool();
        string vectors = tool.WriteVectors("v.txt"), before = File.ReadAllText(vectors);
        tool.Write("g.tsv", "king\tpeople\n");
        string[] args = [.. line.Split(' ').Select(word => char.IsAsciiLetter(word[0]) && word.Contains('.', StringComparison.Ordinal) ? tool.PathOf(word) : word)];
        Run run = tool.Run(args);
        Assert.Equal((code, ""), (run.Code, run.Out));
        Assert.Contains(expected, run.ErrorLine, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(vectors));
        Assert.False(File.Exists(tool.PathOf("m.svg")));
    }

    [Fact]
    public void An_interrupted_map_leaves_nothing()
    {
        using var tool = new Tool { Cancellation = new CancellationToken(canceled: true) };
        string output = tool.PathOf("m.svg");
        Run run = tool.Run("map", tool.WriteVectors(), "-o", output);
        Assert.Equal(130, run.Code);
        Assert.Contains("nothing was written", run.ErrorLine, StringComparison.Ordinal);
        Assert.False(File.Exists(output));
    }
}
