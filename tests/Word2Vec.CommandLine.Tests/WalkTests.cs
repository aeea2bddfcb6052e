using System.Text;
using System.Text.Json;

namespace Word2Vec.CommandLine.Tests;

/// <summary>The command that walks through graphs.</summary>
public class WalkTests
{
    private const string Edges = "# two squares\na b\nb c\nc d\nd a\nd e\ne f\nf g\ng h\nh e\n";

    [Fact]
    public void Walks_go_to_a_file_or_to_standard_output_with_the_same_bytes()
    {
        using var tool = new Tool();
        string graph = tool.Write("edges.txt", Edges), output = tool.PathOf("walks.txt");
        Run run = tool.Run("walk", graph, "-o", output, "--walks", "3", "--length", "6", "--p", "0.5", "--q", "2", "--threads", "1");
        Assert.Equal((0, ""), (run.Code, run.Out));
        string[] notes = run.Error.TrimEnd('\n').Split('\n');
        Assert.Equal("graph       8 nodes, 9 edges, undirected", notes[0]);
        Assert.StartsWith("walks       24 walks, 144 nodes in ", notes[1], StringComparison.Ordinal);
        Assert.Equal($"written     {output} (0.0 MB)", notes[2]);
        string[] walks = File.ReadAllLines(output);
        Assert.Equal(24, walks.Length);
        Assert.All(walks, walk => Assert.Matches("^([a-h] ){5}[a-h]$", walk));

        Run piped = tool.Run("walk", graph, "-o", "-", "--walks", "3", "--length", "6", "--p", "0.5", "--q", "2", "--threads", "2", "--quiet");
        Assert.Equal((0, "", ""), (piped.Code, piped.Out, piped.Error));
        Assert.Equal(File.ReadAllBytes(output), tool.Bytes);
    }

    [Fact]
    public void A_table_gives_its_columns_and_json_says_what_was_walked()
    {
        using var tool = new Tool();
        string table = tool.Write("orders.csv", "day,Customer,product,amount\n1,Ann Lee,\"tea, green\",3\n2,Ann Lee,cup,1\n3,Bo,cup,4\n");
        string output = tool.PathOf("walks.txt");
        Run run = tool.Run(
            "walk", table, "--source", "customer", "--target", "product", "--weight", "amount", "-o", output, "--walks", "2", "--length", "4", "--json", "--quiet");
        Assert.Equal((0, ""), (run.Code, run.Error));
        JsonElement root = JsonDocument.Parse(run.Out).RootElement;
        Assert.Equal((4, 3, true, 8, 32), (root.GetProperty("nodes").GetInt32(), root.GetProperty("edges").GetInt32(), root.GetProperty("weighted").GetBoolean(),
            root.GetProperty("walks").GetInt32(), root.GetProperty("nodes-walked").GetInt32()));
        Assert.Contains("tea,_green Ann_Lee", File.ReadAllText(output), StringComparison.Ordinal);
        Run noted = tool.Run("walk", table, "--source", "customer", "--target", "product", "-o", output);
        Assert.Contains("names       3 had white space", noted.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Edges_are_held_out_and_the_walks_do_without_them()
    {
        using var tool = new Tool();
        string graph = tool.Write("edges.txt", Edges), output = tool.PathOf("walks.txt"), held = tool.PathOf("held.tsv");
        Run run = tool.Run("walk", graph, "-o", output, "--hold-out", "0.2", "--held-out-file", held);
        Assert.Equal(0, run.Code);
        Assert.Contains($"held out    2 edges, for {held}; what was connected still is", run.Error, StringComparison.Ordinal);
        string walks = File.ReadAllText(output);
        string[] edges = File.ReadAllLines(held);
        Assert.Equal(2, edges.Length);
        foreach (string[] edge in edges.Select(line => line.Split('\t')))
        {
            Assert.Contains($"{edge[0]} {edge[1]}", Edges, StringComparison.Ordinal);
            Assert.DoesNotContain($"{edge[0]} {edge[1]}", walks, StringComparison.Ordinal);
            Assert.DoesNotContain($"{edge[1]} {edge[0]}", walks, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Progress_is_shown_where_a_person_looks()
    {
        using var tool = new Tool { ErrorIsTerminal = true };
        Assert.Contains("\rwalking ", tool.Run("walk", tool.Write("edges.txt", Edges), "-o", tool.PathOf("walks.txt")).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("missing.txt -o walks.txt", 3, "missing.txt does not exist")]
    [InlineData("bad.txt -o walks.txt", 3, "Line 2 of ")]
    [InlineData("bad.csv -o walks.txt", 3, "has no column 'source' in its first row; it has 'from', 'to', 'n'. Name one with --source.")]
    [InlineData("bad.csv --source from --target to --weight n -o walks.txt", 3, "line 3: the weight is 'x'")]
    [InlineData("bad.csv --source from --target to -o walks.txt", 3, "line 4: The name of a node has 0 bytes")]
    [InlineData("edges.txt --weighted -o walks.txt", 3, "two nodes and a weight")]
    [InlineData("edges.txt -o edges.txt", 2, "is also an input")]
    [InlineData("edges.txt -o walks.txt --walks 0", 2, "walks is 0")]
    [InlineData("edges.txt -o walks.txt --p 0", 2, "p is 0; it must lie between 1E-06 and 1000000")]
    [InlineData("edges.txt -o walks.txt --q -1", 2, "q is -1")]
    [InlineData("edges.txt -o walks.txt --hold-out 0.1", 2, "--hold-out and --held-out-file go together")]
    [InlineData("edges.txt -o walks.txt --hold-out 1 --held-out-file held.tsv", 2, "hold-out is 1")]
    [InlineData("edges.txt -o walks.txt --hold-out 0.1 --held-out-file edges.txt", 2, "is also an input")]
    [InlineData("edges.txt -o - --json", 2, "would both write")]
    [InlineData("edges.txt", 2, "--output")]
    public void Bad_input_is_one_line_and_its_exit_code(string line, int code, string expected)
    {
        using var tool = new Tool();
        tool.Write("edges.txt", Edges);
        tool.Write("bad.txt", "a b\na\n");
        tool.Write("bad.csv", "from,to,n\na,b,1\nb,c,x\n,c,2\n");
        string[] args = [.. line.Split(' ').Select(word => char.IsAsciiLetter(word[0]) && word.Contains('.', StringComparison.Ordinal) ? tool.PathOf(word) : word)];
        Run run = tool.Run(["walk", .. args]);
        Assert.Equal((code, ""), (run.Code, run.Out));
        Assert.Contains(expected, run.ErrorLine, StringComparison.Ordinal);
        Assert.False(File.Exists(tool.PathOf("walks.txt")));
    }

    [Fact]
    public void Interrupted_it_leaves_what_was_there()
    {
        using var tool = new Tool { Cancellation = new CancellationToken(canceled: true) };
        string output = tool.Write("walks.txt", "before");
        Run run = tool.Run("walk", tool.Write("edges.txt", Edges), "-o", output);
        Assert.Equal((130, "before"), (run.Code, File.ReadAllText(output)));
        Assert.Contains("is as it was", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pipe_leads_from_a_graph_to_vectors()
    {
        using var tool = new Tool();
        string script = tool.Write("run.sh", "set -e -o pipefail\ngzip edges.txt\nword2vec walk - -o - --quiet < edges.txt.gz | word2vec train - -o nodes.txt --size 8 --quiet\n");
        tool.Write("edges.txt", Edges);
        if (OperatingSystem.IsWindows())
            return;
        Run run = Shell.Run("bash", [script], Path.GetDirectoryName(script));
        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Equal("8 8", File.ReadLines(tool.PathOf("nodes.txt"), Encoding.UTF8).First());
    }
}
