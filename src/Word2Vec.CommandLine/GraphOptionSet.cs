using System.CommandLine;
using Word2Vec.Corpora;

namespace Word2Vec.CommandLine;

/// <summary>The options that say how a graph is read, which of its edges walks do without, and how they go, shared by every command that walks.</summary>
internal sealed class GraphOptionSet
{
    /// <summary>The window of a training on walks, where none is given: what DeepWalk and node2vec use.</summary>
    public const int Window = 10;

    /// <summary>The minimum count of a training on walks: every node has a vector.</summary>
    public const int MinimumCount = 1;

    /// <summary>The subsampling threshold of a training on walks, none: hubs are what a graph is made of, where frequent words are mostly grammar.</summary>
    public const double SubsamplingThreshold = 0;

    /// <summary>The options whose defaults for graphs are others than for text, or that say nothing there.</summary>
    public static readonly string[] OtherThanForText = ["--window", "--subsampling", "--min-count", "--tokenizer"];

    private static readonly WalkOptions Standard = new();

    private readonly Option<int> _walks = CommandOptions.Number("--walks", "Walks that begin at each node", Standard.Walks);
    private readonly Option<int> _length = CommandOptions.Number("--length", "Nodes of a walk", Standard.Length);
    private readonly Option<double> _return = CommandOptions.Number("--p", "node2vec's p: the step back is so many times less likely", Standard.Return);
    private readonly Option<double> _outward =
        CommandOptions.Number("--q", "node2vec's q: steps away from the node before are so many times less likely", Standard.Outward);
    private readonly Option<bool> _directed = CommandOptions.Switch("--directed", "Edges lead from the first node to the second only");
    private readonly Option<bool> _weighted =
        CommandOptions.Switch("--weighted", "The third field, or the column 'weight', is the edge's weight; otherwise each line counts 1");
    private readonly Option<string?> _source = CommandOptions.Text("--source", "CSV: the column of the first node [default: source]", "NAME");
    private readonly Option<string?> _target = CommandOptions.Text("--target", "CSV: the column of the second node [default: target]", "NAME");
    private readonly Option<string?> _weight = CommandOptions.Text("--weight", "CSV: the column of the weight", "NAME");

    private readonly HoldOutOptionSet _holdOut = new(
        "Leave this share of the edges out of the walks, so that nothing falls apart", "Where the edges go that were left out, for evaluate --links");

    /// <summary>All of them.</summary>
    public IReadOnlyList<Option> All => [.. Own, .. _holdOut.All];

    private Option[] Own => [_walks, _length, _return, _outward, _directed, _weighted, _source, _target, _weight];

    public void AddTo(Command command)
    {
        foreach (Option option in Own)
            command.Add(option);
        _holdOut.AddTo(command);
    }

    /// <summary>Where edges that are held out go; null: none are.</summary>
    public string? HeldOutFile(ParseResult parsed) => _holdOut.Read(parsed).File;

    /// <summary>Reads the graph in <paramref name="path"/>, - for standard input, takes out the edges that are held out, and says both.</summary>
    /// <exception cref="Word2VecException">The file is missing, or a line of it is no edge (Input).</exception>
    public GraphParts Read(ParseResult parsed, string path, ulong seed, TrainingReport report, CancellationToken cancellation)
    {
        var input = new GraphInput
        {
            IsDirected = parsed.GetValue(_directed),
            IsWeighted = parsed.GetValue(_weighted) || parsed.GetValue(_weight) is not null,
            Source = parsed.GetValue(_source),
            Target = parsed.GetValue(_target),
            Weight = parsed.GetValue(_weight),
        };
        Graph whole = input.Read(path, cancellation);
        report.Graph(whole, input.Changed);
        (double share, string? file) = _holdOut.Read(parsed);
        if (file is null)
            return new GraphParts(whole, whole, []);
        (Graph kept, IReadOnlyList<(int From, int To)> edges) = whole.HoldOut(share, seed);
        report.Line($"held out    {edges.Count:N0} edges, for {file}; what was connected still is");
        return new GraphParts(whole, kept, edges);
    }

    /// <summary>The checked options of the walks.</summary>
    public WalkOptions Walks(ParseResult parsed, ulong seed, int threads)
    {
        var options = new WalkOptions
        {
            Walks = parsed.GetValue(_walks),
            Length = parsed.GetValue(_length),
            Return = parsed.GetValue(_return),
            Outward = parsed.GetValue(_outward),
            Seed = seed,
            Threads = threads,
        };
        options.Validate();
        return options;
    }
}
