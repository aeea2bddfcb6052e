using System.CommandLine;
using System.Diagnostics;
using Word2Vec.Corpora;

namespace Word2Vec.CommandLine.Commands;

/// <summary><c>word2vec walk</c>: random walks through a graph, as text to train on.</summary>
internal sealed class WalkCommand : ToolCommand
{
    private readonly Argument<string> _graph =
        new("GRAPH") { Description = "A list of edges, or a CSV table of them; a file, plain or .gz, or - for standard input" };
    private readonly Option<string?> _output = CommandOptions.Text("--output", "Where the walks go, one a line; - is standard output", "FILE", "-o");
    private readonly GraphOptionSet _walks = new();
    private readonly Option<ulong> _seed = CommandOptions.Number("--seed", "Every random decision follows from it", new WalkOptions().Seed);
    private readonly Option<int> _threads = CommandOptions.Number("--threads", "Threads that walk; 0: all processors. The walks do not depend on it", 0);
    private readonly Option<bool> _quiet = CommandOptions.Quiet();
    private readonly Option<bool> _json = CommandOptions.Switch("--json", "Write what was walked as JSON");

    public WalkCommand(Host host)
        : base(host, "walk", "Make random walks through a graph (DeepWalk, node2vec), as text to train on.")
    {
        _output.Required = true;
        Add(_graph);
        Add(_output);
        _walks.AddTo(this);
        foreach (Option option in (Option[])[_seed, _threads, _quiet, _json])
            Add(option);
        CommandOptions.KeepApart(this, _json, _output);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "word2vec walk edges.txt -o walks.txt",
        "word2vec walk edges.txt -o - | word2vec train - -o nodes.bin --subsampling 0 --window 10 --min-count 1",
        "word2vec walk orders.csv --source customer --target product --weight amount -o walks.txt --q 0.5",
        "word2vec walk edges.txt.gz -o walks.txt --hold-out 0.1 --held-out-file held-out.tsv",
    ];

    public override IReadOnlyList<string> Remarks =>
    [
        "An edge list has two nodes a line, with spaces or tabs between, and perhaps a weight; # and % begin comments. The same edge several times\n"
            + "is one with the sum of the weights.",
    ];

    protected override int Execute(ParseResult parsed)
    {
        WalkOptions options = _walks.Walks(parsed, parsed.GetValue(_seed), parsed.GetValue(_threads));
        string input = parsed.GetRequiredValue(_graph), output = parsed.GetRequiredValue(_output)!;
        bool toStandardOutput = output == VectorOutput.StandardOutput;
        VectorInput.CheckOutput(toStandardOutput ? null : output, [input]);
        VectorInput.CheckOutput(_walks.HeldOutFile(parsed), [input, output]);
        CancellationToken cancellation = Host.StopGracefully(toStandardOutput ? "the walks are incomplete" : $"nothing was written, {output} is as it was");
        var report = new TrainingReport(Host, parsed.GetValue(_quiet));
        GraphParts graph = _walks.Read(parsed, input, options.Seed, report, cancellation);
        using var walks = new WalkStream(graph.Kept, options, cancellation);
        TimeSpan taken = Write(parsed, walks, output);
        if (_walks.HeldOutFile(parsed) is { } heldOutFile)
            AtomicFile.Write(heldOutFile, file => file.Write(graph.HeldOutLines()));
        report.Line($"walks       {walks.WalksRead:N0} walks, {walks.NodesRead:N0} nodes in {taken.TotalSeconds:F1} s");
        if (!toStandardOutput)
            report.Written(output);
        if (parsed.GetValue(_json))
            Host.Out.WriteLine(ToJson(graph, walks, output));
        return ExitCodes.Success;
    }

    private TimeSpan Write(ParseResult parsed, WalkStream walks, string output)
    {
        long start = Stopwatch.GetTimestamp();
        if (output == VectorOutput.StandardOutput)
        {
            // No line of progress: what reads the walks has its own.
            walks.CopyTo(Host.Terminal.OutBytes, 1 << 17);
            Host.Terminal.OutBytes.Flush();
            return Stopwatch.GetElapsedTime(start);
        }

        var progress = new ProgressView(Host.Terminal, parsed.GetValue(_quiet));
        try
        {
            AtomicFile.Write(output, file =>
            {
                var buffer = new byte[1 << 17];
                for (int read = walks.Read(buffer); read > 0; read = walks.Read(buffer))
                {
                    file.Write(buffer, 0, read);
                    progress.Report(FormattableString.Invariant($"walking {100.0 * walks.WalksRead / walks.WalksTotal,5:F1} %  {walks.NodesRead / 1e6:F1} M nodes"));
                }
            });
        }
        finally
        {
            progress.Clear();
        }

        return Stopwatch.GetElapsedTime(start);
    }

    private static string ToJson(GraphParts graph, WalkStream walks, string output) => Json.Write(indented: true, writer =>
    {
        writer.WriteStartObject();
        writer.WriteNumber("nodes", graph.Whole.NodeCount);
        writer.WriteNumber("edges", graph.Whole.EdgeCount);
        writer.WriteBoolean("directed", graph.Whole.IsDirected);
        writer.WriteBoolean("weighted", graph.Whole.IsWeighted);
        writer.WriteNumber("held-out", graph.HeldOut.Count);
        writer.WriteNumber("walks", walks.WalksRead);
        writer.WriteNumber("nodes-walked", walks.NodesRead);
        writer.WriteString("output", output);
        writer.WriteEndObject();
    });
}
