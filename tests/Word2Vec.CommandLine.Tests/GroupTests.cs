using System.Text.Json;

namespace Word2Vec.CommandLine.Tests;

/// <summary>The commands that group, label and reduce.</summary>
public class GroupTests
{
    private const string Labels = "king\tpeople\nman\tpeople\nwoman\tpeople\nqueen\tpeople\napple\tfruit\npear\tfruit\nplum\tfruit\n";

    [Fact]
    public void Cluster_shows_the_groups_and_writes_the_number_of_each_word()
    {
        using var tool = new Tool();
        string output = tool.PathOf("groups.tsv");
        Run run = tool.Run("cluster", tool.WriteVectors(), "-k", "2", "-o", output);
        Assert.Equal(0, run.Code);
        Assert.Matches("^ *group +words +silhouette +central words$", run.OutLines[0]);
        Assert.Matches("^ *0 +5 +0\\.[0-9]{3} +[a-z ]*$", run.OutLines[1]);
        Assert.Matches("^ *1 +3 +0\\.[0-9]{3} +(apple|pear|plum) (apple|pear|plum) (apple|pear|plum)$", run.OutLines[2]);
        Assert.Contains("simplified silhouette 0.", run.Out, StringComparison.Ordinal);
        Assert.Equal(
            ["king\t0", "man\t0", "woman\t0", "queen\t0", "prince\t0", "apple\t1", "pear\t1", "plum\t1"], File.ReadAllLines(output));
        Assert.EndsWith($"written to {output}", run.ErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public void Cluster_as_json_has_sizes_inertia_and_central_words()
    {
        using var tool = new Tool();
        Run run = tool.Run("cluster", tool.WriteVectors(), "--clusters", "3", "--euclidean", "--show", "1", "--limit", "7", "--json", "--quiet");
        Assert.Equal((0, ""), (run.Code, run.Error));
        JsonElement root = JsonDocument.Parse(run.Out).RootElement;
        Assert.Equal((7, false), (root.GetProperty("words").GetInt32(), root.GetProperty("spherical").GetBoolean()));
        JsonElement[] clusters = [.. root.GetProperty("clusters").EnumerateArray()];
        Assert.Equal(7, clusters.Sum(cluster => cluster.GetProperty("words").GetInt32()));
        Assert.All(clusters, cluster => Assert.Equal(1, cluster.GetProperty("central").GetArrayLength()));
        Assert.Equal(root.GetProperty("inertia").GetDouble(), clusters.Sum(cluster => cluster.GetProperty("inertia").GetDouble()), 1e-5);
    }

    [Fact]
    public void Classify_trains_tests_and_labels()
    {
        using var tool = new Tool();
        string vectors = tool.WriteVectors(), labels = tool.Write("labels.tsv", Labels + "unknown\tfruit\n"), model = tool.PathOf("model.json");
        Run trained = tool.Run("classify", vectors, labels, "-o", model, "--folds", "3");
        Assert.Equal(0, trained.Code);
        Assert.Matches("\nfruit +3 +1.000 +1.000 +1.000\npeople +4 +1.000 +1.000 +1.000\n", trained.Out);
        Assert.Matches("\nfruit +3 +0\npeople +0 +4\n", trained.Out);
        Assert.EndsWith("accuracy 100.0 % (7 of 7), macro F1 1.000\n", trained.Out, StringComparison.Ordinal);
        Assert.StartsWith($"1 words of {labels} have no vector and are left out\ntrained on 7 words of 2 labels", trained.Error, StringComparison.Ordinal);
        Assert.Contains("3-fold cross-validation", trained.Error, StringComparison.Ordinal);

        Run tested = tool.Run("classify", vectors, tool.Write("more.tsv", "prince\tpeople\nplum\tpeople\n"), "--model", model, "--json");
        Assert.Equal((0, ""), (tested.Code, tested.Error));
        Assert.Equal(0.5, JsonDocument.Parse(tested.Out).RootElement.GetProperty("accuracy").GetDouble());

        Run labelled = tool.Run("classify", vectors, "--model", model);
        Assert.Equal((0, 8), (labelled.Code, labelled.OutLines.Length));
        Assert.Matches("^prince\tpeople\t0\\.[0-9]{4}$", labelled.OutLines[4]);
        JsonElement king = JsonDocument.Parse(tool.Run("classify", vectors, "--model", model, "--json").OutLines[0]).RootElement;
        Assert.Equal(("king", "people"), (king.GetProperty("word").GetString(), king.GetProperty("label").GetString()));
        string output = tool.PathOf("labelled.tsv");
        Assert.Equal("", tool.Run("classify", vectors, "--model", model, "-o", output).Out);
        Assert.Equal(labelled.Out, File.ReadAllText(output));
    }

    [Fact]
    public void Classify_takes_an_array_with_labels_in_its_order()
    {
        using var tool = new Tool();
        string array = tool.PathOf("images.npy");
        Assert.Equal(0, tool.Run("convert", tool.WriteVectors(), array, "--quiet").Code);
        string labels = tool.Write("labels.txt", "people\npeople\npeople\npeople\npeople\nfruit\nfruit\nfruit\n");
        Run run = tool.Run("classify", array, labels, "--test", "0.25", "--quiet");
        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.EndsWith("accuracy 100.0 % (2 of 2), macro F1 1.000\n", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Reduce_says_what_is_kept_and_keeps_the_words()
    {
        using var tool = new Tool();
        string output = tool.PathOf("small.txt");
        Run run = tool.Run("reduce", tool.WriteVectors(), output, "--size", "2", "--json");
        Assert.Equal(0, run.Code);
        Assert.Matches("^2 of 3 components keep 9[0-9]\\.[0-9] % of the variance; 8 words written to ", run.ErrorLine);
        JsonElement root = JsonDocument.Parse(run.Out).RootElement;
        Assert.InRange(root.GetProperty("kept").GetDouble(), 0.9, 1);
        Assert.Equal(2, root.GetProperty("variances").GetArrayLength());
        string[] lines = File.ReadAllLines(output);
        Assert.Equal("8 2", lines[0]);
        Assert.StartsWith("king ", lines[1], StringComparison.Ordinal);
        Assert.Matches("^(apple|pear) ", tool.Run("most-similar", output, "plum", "--count", "1").OutLines[1]);
    }

    [Fact]
    public void Reduce_finds_nearly_the_same_at_random()
    {
        using var tool = new Tool();
        string vectors = tool.WriteVectors(), output = tool.PathOf("small.txt");
        double Kept(params string[] more) => JsonDocument.Parse(tool.Run(["reduce", vectors, output, "--size", "2", "--json", .. more]).Out)
            .RootElement.GetProperty("kept").GetDouble();
        Assert.Equal(Kept(), Kept("--method", "randomized"), 1e-9);
        Assert.Equal(Kept(), Kept("--method", "randomized", "--seed", "5"), 1e-9);
    }

    [Theory]
    [InlineData("cluster missing.bin", 3, "missing.bin")]
    [InlineData("cluster v.txt -k 9", 2, "clusters is 9; it must lie between 1 and 8")]
    [InlineData("cluster v.txt -k x", 2, "The option --clusters is 'x'")]
    [InlineData("cluster v.txt -k 2 --starts 0", 2, "starts is 0")]
    [InlineData("cluster v.txt -k 2 --show -1", 2, "--show is -1")]
    [InlineData("cluster v.txt -k 2 -o v.txt", 2, "is also an input")]
    [InlineData("classify v.txt", 2, "LABELS is missing")]
    [InlineData("classify v.txt missing.tsv", 3, "There is no file")]
    [InlineData("classify v.txt v.txt", 3, "a word, a tab and a label were expected")]
    [InlineData("classify v.txt l.tsv --folds 8", 2, "folds is 8; it must lie between 2 and 7")]
    [InlineData("classify v.txt l.tsv --test 2", 2, "test is 2")]
    [InlineData("classify v.txt l.tsv --test 0.01", 2, "--test 0.01 of 7 labelled words is less than a word")]
    [InlineData("classify v.txt l.tsv --penalty -1", 2, "penalty is -1")]
    [InlineData("classify v.txt l.tsv -o l.tsv", 2, "is also an input")]
    [InlineData("classify v.txt --model l.tsv", 4, "is no classifier")]
    [InlineData("classify v.txt --model missing.json", 3, "There is no file")]
    [InlineData("reduce v.txt small.txt --size 4", 2, "size is 4; it must lie between 1 and 3")]
    [InlineData("reduce v.txt small.txt --size 2 --method lanczos", 2, "it must be exact or randomized")]
    [InlineData("reduce v.txt small.onnx --size 2", 2, ".onnx")]
    [InlineData("reduce v.txt v.txt --size 2", 2, "is also an input")]
    [InlineData("reduce v.txt - --size 2 --json", 2, "would both write")]
    public void Bad_input_is_one_line_and_its_exit_code(string line, int code, string expected)
    {
        using var tool = new Tool();
        string vectors = tool.WriteVectors("v.txt"), before = File.ReadAllText(vectors);
        tool.Write("l.tsv", Labels);
        string[] args = [.. line.Split(' ').Select(word => char.IsAsciiLetter(word[0]) && word.Contains('.', StringComparison.Ordinal) ? tool.PathOf(word) : word)];
        Run run = tool.Run(args);
        Assert.Equal((code, ""), (run.Code, run.Out));
        Assert.Contains(expected, run.ErrorLine, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(vectors));
    }
}
