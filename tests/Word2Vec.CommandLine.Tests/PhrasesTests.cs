using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Word2Vec.CommandLine.Tests;

public class PhrasesTests
{
    // "new york times" thirty times among words that stand alone.
    private static readonly string Text = string.Concat(Enumerable.Range(0, 30).Select(i => $"r{i} the new york times a{i} b{i} c{i} of{i % 3}\nw{i} the x{i}\n"));

    [Fact]
    public void It_writes_the_text_with_the_phrases_of_two_passes_joined()
    {
        using var tool = new Tool();
        string corpus = tool.Write("corpus.txt", Text), output = tool.PathOf("joined.txt");
        Run run = tool.Run("phrases", corpus, "-o", output, "--passes", "2", "--threshold", "7,5", "--connectors", "english");
        Assert.Equal((0, ""), (run.Code, run.Out));
        Assert.StartsWith("r0 the new_york_times a0 ", File.ReadAllText(output), StringComparison.Ordinal);
        Assert.Matches("^pass 1 +360 words, [0-9]+ different words and pairs: [0-9]+ phrases score above 7\npass 2 ", run.Error);
        Assert.Contains($"written     {output} (0.0 MB)", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Saved_phrases_join_a_pipe_and_a_packed_file_the_same_way()
    {
        using var tool = new Tool();
        string corpus = tool.Write("corpus.txt", Text), phrases = tool.PathOf("phrases.txt"), packed = tool.PathOf("joined.txt.gz");
        Assert.Equal((0, "", ""), AsTuple(tool.Run("phrases", corpus, "--save", phrases, "--threshold", "7", "--quiet")));
        Assert.Equal((0, "", ""), AsTuple(tool.Run("phrases", corpus, "--phrases", phrases, "-o", packed, "--quiet")));
        using var unpacked = new StreamReader(new GZipStream(File.OpenRead(packed), CompressionMode.Decompress));
        string joined = unpacked.ReadToEnd();
        Assert.Equal(30, joined.Split("new_york").Length - 1);
        Assert.Equal((0, "", "written     to standard output\n"), AsTuple(tool.Run("phrases", corpus, "--phrases", phrases, "-o", "-")));
        Assert.Equal(joined, Encoding.UTF8.GetString(tool.Bytes));
    }

    [Fact]
    public void The_best_are_listed_as_a_table_as_lines_and_as_json()
    {
        using var tool = new Tool();
        string[] line = ["phrases", tool.Write("corpus.txt", Text), "--threshold", "7", "--quiet", "--list", "2"];
        Run table = tool.Run(line);
        Assert.Equal((0, "", 3), (table.Code, table.Error, table.OutLines.Length));
        Assert.Matches("^phrase +score +count +pass$", table.OutLines[0]);
        Assert.Matches("^new_york +10\\.0 +30 +1$", table.OutLines[1]);
        Assert.Equal("new_york\t10\t30\t1", tool.Run([.. line, "--tsv"]).OutLines[0]);
        JsonElement root = JsonDocument.Parse(tool.Run([.. line, "--json"]).Out).RootElement;
        Assert.Equal((2, 360), (root.GetProperty("phrases").GetArrayLength(), root.GetProperty("passes")[0].GetProperty("words").GetInt64()));
        JsonElement best = root.GetProperty("phrases")[0];
        Assert.Equal(("new_york", 10.0, 30L), (best.GetProperty("phrase").GetString(), best.GetProperty("score").GetDouble(), best.GetProperty("count").GetInt64()));
    }

    [Theory]
    [InlineData("There is nothing to do")]
    [InlineData("would both write to standard output", "-o", "-", "--list", "5")]
    [InlineData("say how --list writes", "-o", "x", "--json")]
    [InlineData("exclude each other", "--list", "5", "--json", "--tsv")]
    [InlineData("--threshold has 'high'", "--list", "5", "--threshold", "1,high")]
    [InlineData("--joiner is '--'", "--list", "5", "--joiner=--")]
    [InlineData("2 thresholds for 1 passes", "--list", "5", "--threshold", "1,2")]
    [InlineData("--passes says how phrases are found", "--phrases", "p", "--list", "5", "--passes", "2")]
    public void What_does_not_go_together_is_refused(string message, params string[] options)
    {
        using var tool = new Tool();
        Run run = tool.Run(["phrases", tool.Write("corpus.txt", Text), .. options]);
        Assert.Equal(((int)ErrorKind.Usage, ""), (run.Code, run.Out));
        Assert.Contains(message, run.ErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public void An_output_that_is_an_input_is_refused_and_a_stopped_run_leaves_the_old_file()
    {
        using var tool = new Tool { Cancellation = new CancellationToken(canceled: true) };
        string corpus = tool.Write("corpus.txt", string.Concat(Enumerable.Repeat(Text, 200))), output = tool.Write("joined.txt", "as it was");
        Assert.Contains("is also an input", tool.Run("phrases", corpus, "-o", corpus).ErrorLine, StringComparison.Ordinal);
        Run run = tool.Run("phrases", corpus, "-o", output);
        Assert.Equal((ExitCodes.Interrupted, $"word2vec: interrupted; {output} is as it was"), (run.Code, run.ErrorLine));
        Assert.Equal("as it was", File.ReadAllText(output));
    }

    [Fact]
    public void A_line_of_word2phrase_does_the_same()
    {
        using var tool = new Tool();
        string corpus = tool.Write("corpus.txt", Text), ours = tool.PathOf("ours.txt"), theirs = tool.PathOf("theirs.txt");
        Assert.Equal((0, "", ""), AsTuple(tool.Run("phrases", corpus, "-o", ours, "--threshold", "7", "--min-count", "4", "--quiet")));
        Run run = tool.Run("word2phrase", "-train", corpus, "-output", theirs, "-threshold", "7", "-min-count", "4", "-debug", "0");
        Assert.Equal((0, "", ""), AsTuple(run));
        Assert.Equal(File.ReadAllText(ours), File.ReadAllText(theirs));
    }

    private static (int Code, string Out, string Error) AsTuple(Run run) => (run.Code, run.Out, run.Error);
}
