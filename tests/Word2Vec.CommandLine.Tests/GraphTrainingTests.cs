using System.Text;
using System.Text.Json;

namespace Word2Vec.CommandLine.Tests;

/// <summary>Vectors of a graph's nodes by one command.</summary>
public class GraphTrainingTests
{
    // A ring of 40, and a node that is alone.
    private static readonly string Edges = "# a ring\nalone alone 0\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"n{i} n{(i + 1) % 40} {1 + i % 3}\n"));

    private static readonly string Karate = Path.Combine(ScriptTests.Root(), "corpora", "karate-club.txt");

    [Fact]
    public void The_karate_club_falls_into_its_two_factions()
    {
        using var tool = new Tool();
        string nodes = tool.PathOf("nodes.bin"), groups = tool.PathOf("groups.tsv");
        Run run = tool.Run("train", "--graph", Karate, "-o", nodes, "--walks", "50", "--length", "40", "--size", "32", "--threads", "1", "--device", "cpu");
        Assert.Equal((0, ""), (run.Code, run.Out));
        Assert.StartsWith("graph       34 nodes, 78 edges, undirected\ncorpus      68,000 nodes in 1,700 walks, 34 different\n", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("hint", run.Error, StringComparison.Ordinal);
        Assert.Equal(0, tool.Run("cluster", nodes, "-k", "2", "--starts", "10", "-o", groups, "--quiet").Code);
        Dictionary<string, string> found = Pairs(groups), factions = Pairs(Path.Combine(ScriptTests.Root(), "corpora", "karate-club-factions.tsv"));
        int same = factions.Count(member => (found[member.Key] == found["1"]) == (member.Value == factions["1"]));
        Assert.InRange(same, 33, 34);
    }

    [Fact]
    public void It_is_the_pipe_of_walk_and_train_in_one()
    {
        using var tool = new Tool();
        string graph = tool.Write("edges.txt", "a b 1\nb c 5\nc a 2\nc d 1\nd e 3\n"), walks = tool.PathOf("walks.txt"), piped = tool.PathOf("piped.bin"), one = tool.PathOf("one.bin");
        string held = tool.PathOf("held.tsv");
        string[] walking =
            ["--weighted", "--directed", "--walks", "7", "--length", "9", "--p", "0.5", "--q", "2", "--hold-out", "0.3", "--held-out-file", held, "--seed", "3"];
        string[] training = ["--size", "12", "--epochs", "2", "--threads", "1", "--device", "cpu", "--seed", "3", "--quiet"];
        Assert.Equal(0, tool.Run(["walk", graph, "-o", walks, .. walking]).Code);
        Assert.Equal(0, tool.Run(["train", walks, "-o", piped, "--window", "10", "--subsampling", "0", "--min-count", "1", .. training]).Code);
        string heldOut = File.ReadAllText(held);
        File.Delete(held);
        Assert.Equal(new Run(0, "", ""), tool.Run(["train", "--graph", graph, "-o", one, .. walking[..^2], .. training]));
        Assert.Equal(("b\tc\n", "b\tc\n"), (heldOut, File.ReadAllText(held)));
        Assert.Equal(File.ReadAllBytes(piped), File.ReadAllBytes(one));
        // The walks of the one command are nowhere; what the cache holds is the text of the other.
        Assert.StartsWith("walks-", Path.GetFileName(Assert.Single(Directory.GetFiles(tool.PathOf("cache")))), StringComparison.Ordinal);
    }

    [Fact]
    public void Its_defaults_are_those_for_graphs_and_what_is_said_wins()
    {
        using var tool = new Tool();
        string graph = tool.Write("edges.txt", Edges), nodes = tool.PathOf("nodes.txt");
        Assert.Equal((0, 10, 1, 0), Options(tool.Run("train", "--graph", graph, "-o", nodes, "--json")));
        Assert.Equal("41 100", File.ReadLines(nodes, Encoding.UTF8).First());
        Assert.Equal((0.5, 3, 11, 2), Options(tool.Run(
            "train", "--graph", graph, "-o", nodes, "--json", "--subsampling", "0.5", "--window", "3", "--min-count", "11", "--tile", "2")));
        string config = tool.Write("own.json", "{ \"options\": { \"window\": 4, \"min-count\": 2 } }");
        Assert.Equal((0, 4, 2, 0), Options(tool.Run("train", "--graph", graph, "-o", nodes, "--json", "--config", config)));
        Assert.Equal((0, 10, 1, 0), Options(tool.Run("train", "--graph", graph, "-o", nodes, "--json", "--architecture", "cbow")));
        Assert.Equal((0.001, 5, 5, 0), Options(tool.Run("train", tool.WriteCorpus(), "-o", nodes, "--json")));

        static (double Subsampling, int Window, int MinimumCount, int Tile) Options(Run run)
        {
            Assert.Equal(0, run.Code);
            JsonElement options = JsonDocument.Parse(run.Out).RootElement.GetProperty("options");
            return (options.GetProperty("subsampling").GetDouble(), options.GetProperty("window").GetInt32(), options.GetProperty("min-count").GetInt32(),
                options.GetProperty("tile").GetInt32());
        }
    }

    [Theory]
    [InlineData("a b\nb c\n")]
    [InlineData("ring")]
    [InlineData("star")]
    public void Graphs_whose_walks_come_by_the_same_nodes_again_and_again_are_trained(string kind)
    {
        using var tool = new Tool();
        string text = kind switch
        {
            "ring" => Edges,
            "star" => string.Concat(Enumerable.Range(0, 300).Select(i => $"hub n{i}\n")),
            _ => kind,
        };
        Run run = tool.Run("train", "--graph", tool.Write("edges.txt", text), "-o", tool.PathOf("nodes.bin"), "--device", "cpu", "--threads", "1", "--size", "16");
        Assert.True(run.Code == 0, run.Error);
    }

    [Fact]
    public void The_record_repeats_it_and_another_graph_or_text_takes_its_place()
    {
        using var tool = new Tool();
        string table = tool.Write("edges.csv", "from,to,n\na b,b,2\nb,c,1\nc,a b,3\n"), nodes = tool.PathOf("nodes.txt"), record = nodes + ".json";
        string[] line = ["train", "--graph", table, "-o", nodes, "--source", "from", "--target", "to", "--weight", "n", "--walks", "6", "--q", "0.5", "--directed", "--threads", "1"];
        Run first = tool.Run(line);
        Assert.Equal(0, first.Code);
        Assert.Contains("graph       3 nodes, 3 edges, directed, weighted\nnames       2 had white space", first.Error, StringComparison.Ordinal);
        byte[] expected = File.ReadAllBytes(nodes);
        File.Delete(nodes);
        Assert.Equal(0, tool.Run("train", "--config", record).Code);
        Assert.Equal(expected, File.ReadAllBytes(nodes));

        string other = tool.Write("other.csv", "from,to,n\nx,y,2\ny,z,1\n"), text = tool.WriteCorpus(), vectors = tool.PathOf("v.txt");
        Assert.Equal(0, tool.Run("train", "--graph", other, "--config", record, "-o", vectors).Code);
        Assert.Equal(["3", "x", "y", "z"], File.ReadLines(vectors, Encoding.UTF8).Select(row => row.Split(' ')[0]).Order());
        Assert.Equal(0, tool.Run("train", text, "--config", record, "-o", vectors).Code);
        Assert.Equal("16", File.ReadLines(vectors, Encoding.UTF8).First().Split(' ')[0]);
        // And the other way round: what is usual for a text is not said in its record, but the size is.
        string edges = tool.Write("edges.txt", "a b\nb c\n"), spoken = tool.PathOf("spoken.txt");
        Assert.Equal(0, tool.Run("train", text, "--tokenizer", "text", "--size", "7", "-o", vectors).Code);
        Run walked = tool.Run("train", "--config", vectors + ".json", "--graph", edges, "--walks", "2", "-o", spoken, "--json");
        Assert.Equal(0, walked.Code);
        Assert.Equal("3 7", File.ReadLines(spoken, Encoding.UTF8).First());
        Assert.Contains("\"window\": 10", walked.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_resumed_run_gives_the_bytes_of_one_that_nothing_interrupted()
    {
        using var tool = new Tool { Gpus = [FakeGpu.FailsLater("cuda:0")] };
        string graph = tool.Write("edges.txt", Edges), whole = tool.PathOf("whole.bin"), output = tool.PathOf("v.bin");
        string[] common = ["train", "--graph", graph, "--size", "10", "--epochs", "2", "--checkpoint-every", "300words", "--threads", "1"];
        Assert.Equal(0, tool.Run([.. common, "-o", whole, "--device", "plain"]).Code);
        Run failed = tool.Run([.. common, "-o", output, "--device", "cuda"]);
        Assert.Equal(5, failed.Code);
        Assert.Contains("the same command with --resume goes on from there", failed.Error, StringComparison.Ordinal);
        Run other = tool.Run([.. common, "-o", output, "--device", "plain", "--resume", "--length", "70"]);
        Assert.Equal(2, other.Code);
        Assert.Contains("is of another training", other.Error, StringComparison.Ordinal);
        Run resumed = tool.Run([.. common, "-o", output, "--device", "plain", "--resume"]);
        Assert.Equal(0, resumed.Code);
        Assert.Matches(@"\nresuming    from .*v\.bin\.checkpoint-\d, \d+\.\d %, epoch 1\n", resumed.Error);
        Assert.Equal(File.ReadAllBytes(whole), File.ReadAllBytes(output));
    }

    [Fact]
    public void A_graph_comes_from_standard_input()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var tool = new Tool();
        string script = tool.Write("run.sh", "set -e -o pipefail\ngzip edges.txt\nword2vec train --graph - -o nodes.txt --size 8 --quiet < edges.txt.gz\n");
        tool.Write("edges.txt", Edges);
        Run run = Shell.Run("bash", [script], Path.GetDirectoryName(script));
        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Equal("41 8", File.ReadLines(tool.PathOf("nodes.txt"), Encoding.UTF8).First());
    }

    [Theory]
    [InlineData("--graph missing.txt", 3, "missing.txt does not exist")]
    [InlineData("--graph bad.txt", 3, "Line 2 of ")]
    [InlineData("--graph table.csv", 3, "has no column 'source' in its first row")]
    [InlineData("--graph text.txt --weighted", 3, "two nodes and a weight")]
    [InlineData("--graph edges.txt text.txt", 2, "A text and a graph (--graph) are named; a training reads one of them")]
    [InlineData("", 2, "No corpus was named; name a text file, a folder, - for standard input, or a graph (--graph)")]
    [InlineData("text.txt --walks 20", 2, "--walks says what becomes of the graph of --graph, which is missing")]
    [InlineData("text.txt --directed", 2, "--directed says what becomes of the graph")]
    [InlineData("--graph edges.txt --p 0", 2, "p is 0; it must lie between 1E-06 and 1000000")]
    [InlineData("--graph edges.txt --tokenizer text", 2, "--tokenizer text would change the names of the nodes")]
    [InlineData("--graph - --from -", 2, "Standard input (-) is named twice")]
    [InlineData("--graph edges.txt --save-vocabulary edges.txt", 2, "is also an input")]
    [InlineData("--graph edges.txt --hold-out 0.1", 2, "--hold-out and --held-out-file go together")]
    [InlineData("--graph edges.txt --hold-out 0.1 --held-out-file edges.txt", 2, "is also an input")]
    [InlineData("--graph edges.txt --hold-out 0.1 --held-out-file words.txt --save-vocabulary words.txt", 2, "would write")]
    [InlineData("text.txt --hold-out 0.1 --held-out-file held.txt", 2, "--hold-out says what becomes of the graph")]
    public void Bad_input_is_one_line_and_its_exit_code(string line, int code, string expected)
    {
        using var tool = new Tool();
        tool.Write("edges.txt", Edges);
        tool.Write("bad.txt", "a b\na\n");
        tool.Write("table.csv", "from,to\na,b\n");
        tool.Write("text.txt", "a b\n");
        string[] args = [.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word.Contains(".txt", StringComparison.Ordinal)
            || word.Contains(".csv", StringComparison.Ordinal) ? tool.PathOf(word) : word)];
        Run run = tool.Run(["train", "-o", tool.PathOf("nodes.bin"), "--device", "plain", .. args, "--quiet"]);
        Assert.Equal((code, ""), (run.Code, run.Out));
        Assert.Contains(expected, run.ErrorLine, StringComparison.Ordinal);
        Assert.False(File.Exists(tool.PathOf("nodes.bin")));
    }

    private static Dictionary<string, string> Pairs(string path) =>
        File.ReadAllLines(path).Select(line => line.Split('\t')).ToDictionary(fields => fields[0], fields => fields[1]);
}
