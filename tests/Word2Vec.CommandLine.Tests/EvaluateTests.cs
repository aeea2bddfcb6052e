using System.Text.Json;

namespace Word2Vec.CommandLine.Tests;

/// <summary>What evaluate does besides analogies and word pairs, and several files at once.</summary>
public class EvaluateTests
{
    private const string Labels = "king\tpeople\nman\tpeople\nwoman\tpeople\nqueen\tpeople\napple\tfruit\npear\tfruit\nplum\tfruit\nnobody\tfruit\n";

    [Fact]
    public void Labels_measure_clusters_classifier_and_neighbors()
    {
        using var tool = new Tool();
        string vectors = tool.WriteVectors(), labels = tool.Write("labels.tsv", Labels), relevant = tool.Write("r.tsv", "apple\tpear\tplum\n");
        string[] line = ["evaluate", vectors, "--categories", labels, "--labels", labels, "--retrieval", labels, "--relevant", relevant, "--depth", "2", "--folds", "3"];
        Run run = tool.Run(line);
        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Matches("^measure +score +value +asked +of$", run.OutLines[0]);
        Assert.Matches("^labels.tsv +purity +0.857 +7 +8$", run.OutLines[1]);
        Assert.Matches("\nlabels.tsv +macro F1 +1.000 +7 +8\n", run.Out);
        Assert.Matches("\nlabels.tsv +precision@2 +0.857 +7 +8\n", run.Out);
        Assert.Matches("\nr.tsv +nDCG@2 +1.000 +1 +1$", run.Out.TrimEnd('\n'));
        JsonElement root = JsonDocument.Parse(tool.Run([.. line, "--json"]).Out).RootElement;
        Assert.Equal(["categories", "labels", "retrieval", "relevant"], root.GetProperty("measures").EnumerateArray().Select(one => one.GetProperty("measure").GetString()));
        JsonElement result = root.GetProperty("measures")[0].GetProperty("results")[0];
        Assert.Equal((7, 8), (result.GetProperty("asked").GetInt32(), result.GetProperty("total").GetInt32()));
        Assert.Equal(6 / 7.0, result.GetProperty("scores")[0].GetProperty("value").GetDouble(), 1e-12);
        Assert.False(result.GetProperty("scores")[0].TryGetProperty("low", out _));
    }

    [Fact]
    public void Several_files_stand_in_one_table_with_intervals_and_differences()
    {
        using var tool = new Tool();
        string first = tool.WriteVectors("a.txt"), second = tool.Write("b.txt", "4 2\nking 1 1\nman 0 1\nqueen 1 0\nplum -1 0.1\n");
        string pairs = tool.Write("p.tsv", "king\tman\t9\nking\tqueen\t5\nking\tplum\t1\nman\tapple\t3\n"), labels = tool.Write("labels.tsv", Labels);
        Run run = tool.Run("evaluate", first, second, "--similarity", pairs, "--retrieval", labels, "--resamples", "100");
        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Matches("^measure +score +vectors +value +95 % interval +to first +95 % interval +asked +of$", run.OutLines[0]);
        Assert.Matches("^p.tsv +Spearman +a.txt +[0-9.-]+ +[0-9.-]+ … [0-9.-]+ +4 +4$", run.OutLines[1]);
        Assert.Matches("^ +b.txt +[0-9.-]+ +[0-9.-]+ … [0-9.-]+ +[+-]?[0-9.]+ +[+-]?[0-9.]+ … [+-]?[0-9.]+ +3 +4$", run.OutLines[2]);
        JsonElement root = JsonDocument.Parse(tool.Run("evaluate", first, second, "--similarity", pairs, "--shared-words", "--json", "--resamples", "10").Out).RootElement;
        Assert.Equal([4, 4], root.GetProperty("vectors").EnumerateArray().Select(one => one.GetProperty("words").GetInt32()));
        JsonElement score = root.GetProperty("measures")[0].GetProperty("results")[1].GetProperty("scores")[0];
        Assert.True(score.GetProperty("low").GetDouble() <= score.GetProperty("high").GetDouble());
        Assert.Equal(3, score.GetProperty("difference").GetProperty("questions").GetInt32());
    }

    [Fact]
    public void One_file_gets_intervals_where_they_are_asked_for()
    {
        using var tool = new Tool();
        string questions = tool.Write("q.txt", "man king woman queen\nwoman queen man king\n");
        Run run = tool.Run("evaluate", tool.WriteVectors(), "--analogies", questions, "--resamples", "50");
        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Matches("^measure +score +value +95 % interval +asked +of$", run.OutLines[0]);
        Assert.Matches("^q.txt +accuracy +1.000 +1.000 … 1.000 +2 +2$", run.OutLines[1]);
    }

    [Fact]
    public void Links_are_scored_by_what_is_learned_from_the_other_edges()
    {
        using var tool = new Tool();
        // Two cliques of 8, which only the second component tells apart.
        string[] names = [.. Enumerable.Range(0, 16).Select(i => $"n{i}")];
        string[] edges = [.. Enumerable.Range(0, 16).SelectMany(a => Enumerable.Range(0, a).Where(b => a % 2 == b % 2).Select(b => $"n{a} n{b}\n"))];
        string graph = tool.Write("graph.txt", string.Concat(edges)), held = tool.Write("held.tsv", string.Concat(edges.Where((_, i) => i % 4 == 0)));
        string right = tool.Write("right.txt", "16 2\n" + string.Concat(names.Select((name, i) => $"{name} {5 + i % 3} {i % 2 * 2 - 1}\n")));
        string wrong = tool.Write("wrong.txt", "16 2\n" + string.Concat(names.Select((name, i) => $"{name} {5 + i % 3} {i % 3}\n")));
        foreach (string score in (string[])["hadamard", "weighted-l1", "weighted-l2"])
        {
            Run run = tool.Run("evaluate", right, wrong, "--links", held, "--graph", graph, "--link-score", score, "--resamples", "100");
            Assert.Equal((0, ""), (run.Code, run.Error));
            Assert.Matches("^held.tsv +AUC +right.txt +1.000 +1.000 … 1.000 +14 +14$", run.OutLines[1]);
            Assert.Matches("^ +wrong.txt +0.[0-9]{3} +0.[0-9]{3} … 0.[0-9]{3} +-0.[0-9]{3} +-0.[0-9]{3} … -0.[0-9]{3} +14 +14$", run.OutLines[2]);
        }

        Assert.Matches("AUC +0.[0-9]{3} +14 +14", tool.Run("evaluate", right, "--links", held, "--graph", graph, "--link-score", "average").Out);
    }

    [Theory]
    [InlineData("evaluate v.txt --links pairs.txt --link-score hadamard", 2, "give the whole graph too (--graph)")]
    [InlineData("evaluate v.txt --links pairs.txt --graph pairs.txt --link-score hadamard", 3, "none is left to learn from")]
    [InlineData("evaluate v.txt --links pairs.txt --link-score sum", 2, "it must be cosine or dot or distance or average or hadamard or weighted-l1 or weighted-l2")]
    [InlineData("evaluate v.txt --categories missing.tsv", 3, "There is no file")]
    [InlineData("evaluate v.txt --labels l.tsv --folds 8", 2, "folds is 8; it must lie between 2 and 7")]
    [InlineData("evaluate v.txt --labels l.tsv --folds 1", 2, "--folds is 1")]
    [InlineData("evaluate v.txt --retrieval l.tsv --depth 0", 2, "--depth is 0")]
    [InlineData("evaluate v.txt v.txt --retrieval l.tsv --resamples -1", 2, "--resamples is -1")]
    [InlineData("evaluate v.txt --relevant l.tsv --resamples x", 2, "The option --resamples is 'x'")]
    [InlineData("evaluate - --relevant -", 2, "named twice")]
    [InlineData("evaluate v.txt missing.bin --retrieval l.tsv", 3, "missing.bin")]
    [InlineData("evaluate v.txt other.txt --retrieval l.tsv --shared-words", 3, "share no word")]
    public void Bad_input_is_one_line_and_its_exit_code(string line, int code, string expected)
    {
        using var tool = new Tool();
        tool.WriteVectors("v.txt");
        tool.Write("other.txt", "1 2\nelse 1 2\n");
        tool.Write("l.tsv", Labels);
        tool.Write("pairs.txt", "king queen\nman woman\n");
        string[] args = [.. line.Split(' ').Select(word => char.IsAsciiLetter(word[0]) && word.Contains('.', StringComparison.Ordinal) ? tool.PathOf(word) : word)];
        Run run = tool.Run(args);
        Assert.Equal((code, ""), (run.Code, run.Out));
        Assert.Contains(expected, run.ErrorLine, StringComparison.Ordinal);
    }
}
