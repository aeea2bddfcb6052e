using System.CommandLine;
using System.Globalization;
using System.Text;
using Word2Vec.Analysis;
using Word2Vec.Vectors;

namespace Word2Vec.CommandLine.Commands;

/// <summary><c>word2vec cluster</c>: groups of similar words.</summary>
internal sealed class ClusterCommand : ToolCommand
{
    private readonly Argument<string> _vectors = CommandOptions.Vectors();
    private readonly Option<int> _clusters = CommandOptions.Number("--clusters", "How many groups to find", 20);
    private readonly Option<bool> _euclidean = CommandOptions.Switch("--euclidean", "Compare distances; otherwise directions (the cosine) are compared");
    private readonly Option<int> _starts = CommandOptions.Number("--starts", "Begin anew so often and keep the best", 3);
    private readonly Option<bool> _miniBatch = CommandOptions.Switch("--mini-batch", "Find centers on samples, as is done beyond a million words anyway");
    private readonly Option<ulong> _seed = CommandOptions.Number("--seed", "Every random decision follows from it", 1ul);
    private readonly Option<int> _limit = CommandOptions.Number("--limit", "Take only the first N words; 0: all", 0);
    private readonly Option<int> _show = CommandOptions.Number("--show", "Show so many central words of a group", 8);
    private readonly Option<string?> _words = VectorInput.Words();
    private readonly Option<string?> _output = CommandOptions.Text("--output", "Write each word with the number of its group here", "FILE", "-o");
    private readonly Option<bool> _json = CommandOptions.Json();
    private readonly Option<bool> _quiet = CommandOptions.Quiet();

    public ClusterCommand(Host host)
        : base(host, "cluster", "Find groups of similar words (k-means).")
    {
        _clusters.Aliases.Add("-k");
        Add(_vectors);
        Add(_clusters);
        Add(_euclidean);
        Add(_starts);
        Add(_miniBatch);
        Add(_seed);
        Add(_limit);
        Add(_show);
        Add(_words);
        Add(_output);
        Add(_json);
        Add(_quiet);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "word2vec cluster reviews.bin -k 50",
        "word2vec cluster reviews.bin -k 50 --limit 10000 -o groups.tsv",
        "word2vec cluster images.npy --words labels.txt --euclidean",
    ];

    protected override int Execute(ParseResult parsed)
    {
        string input = parsed.GetRequiredValue(_vectors);
        string? output = parsed.GetValue(_output);
        VectorInput.CheckOutput(output, [input]);
        int show = parsed.GetValue(_show);
        CheckShow(show);
        using WordVectors vectors = VectorInput.Open(input, parsed.GetValue(_words), parsed.GetValue(_limit));
        CancellationToken cancellation = Host.StopGracefully("nothing was written");
        using var progress = new ProgressView(Host.Terminal, parsed.GetValue(_quiet)) { PartName = "start" };
        Clustering found = Clustering.Find(vectors, Read(parsed), progress, cancellation);
        progress.Clear();
        if (output is not null)
            TextFile.Replace(output, Lines(vectors, found));
        if (parsed.GetValue(_json))
            Host.Out.WriteLine(ToJson(vectors, found, show));
        else
            WriteTable(vectors, found, show);
        if (output is not null && !parsed.GetValue(_quiet))
            Host.Error.WriteLine(FormattableString.Invariant($"{vectors.Count:N0} words with the numbers of their groups written to {output}"));
        return ExitCodes.Success;
    }

    private ClusterOptions Read(ParseResult parsed) => new()
    {
        Clusters = parsed.GetValue(_clusters),
        Spherical = !parsed.GetValue(_euclidean),
        Starts = parsed.GetValue(_starts),
        MiniBatch = parsed.GetValue(_miniBatch) ? true : null,
        Seed = parsed.GetValue(_seed),
    };

    private static void CheckShow(int show)
    {
        if (show < 0)
            throw new Word2VecException(ErrorKind.Usage, $"The option --show is {show}; it must be 0 or more.");
    }

    private void WriteTable(WordVectors vectors, Clustering found, int show)
    {
        var table = new ResultTable("#group", "#words", "#silhouette", "central words");
        foreach (Cluster cluster in found.Clusters)
            table.Add(Invariant($"{cluster.Number}"), Invariant($"{cluster.Members.Count:N0}"), Invariant($"{cluster.Silhouette:F3}"),
                string.Join(' ', Central(vectors, cluster, show)));
        table.Write(Host.Terminal);
        Host.Out.WriteLine(Invariant($"\ninertia {found.Inertia:G6}, simplified silhouette {found.Silhouette:F3} (0: between groups, 1: apart), ") +
            Invariant($"best of {found.Options.Starts} starts, {found.Rounds} rounds"));
    }

    private static string Lines(WordVectors vectors, Clustering found)
    {
        var text = new StringBuilder();
        for (int id = 0; id < vectors.Count; id++)
            text.Append(CultureInfo.InvariantCulture, $"{ResultTable.Printable(vectors.Words[id])}\t{found.Assignments[id]}\n");
        return text.ToString();
    }

    private static string ToJson(WordVectors vectors, Clustering found, int show) => Json.Write(indented: true, writer =>
    {
        writer.WriteStartObject();
        writer.WriteNumber("words", vectors.Count);
        writer.WriteNumber("size", vectors.Size);
        writer.WriteBoolean("spherical", found.Options.Spherical);
        writer.WriteFinite("inertia", found.Inertia);
        writer.WriteFinite("simplified-silhouette", found.Silhouette);
        writer.WriteNumber("rounds", found.Rounds);
        writer.WriteStartArray("clusters");
        foreach (Cluster cluster in found.Clusters)
        {
            writer.WriteStartObject();
            writer.WriteNumber("number", cluster.Number);
            writer.WriteNumber("words", cluster.Members.Count);
            writer.WriteFinite("inertia", cluster.Inertia);
            writer.WriteFinite("simplified-silhouette", cluster.Silhouette);
            writer.WriteStrings("central", [.. Central(vectors, cluster, show)]);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    private static IEnumerable<string> Central(WordVectors vectors, Cluster cluster, int show) => cluster.Members.Take(show).Select(id => vectors.Words[id]);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
