using System.CommandLine;
using System.Globalization;
using Word2Vec.Analysis;
using Word2Vec.CommandLine.Maps;
using Word2Vec.Vectors;

namespace Word2Vec.CommandLine.Commands;

/// <summary><c>word2vec map</c>: a picture of the words, similar ones beside each other.</summary>
internal sealed class MapCommand : ToolCommand
{
    // Up to so many the trustworthiness is measured unasked; beyond, a sample of that many points is asked for their neighbours.
    private const int Measured = 5_000;
    private const int ScoreNeighbors = 10;

    private readonly Argument<string> _vectors = CommandOptions.Vectors();
    private readonly Option<string[]> _output =
        CommandOptions.RequiredList("--output", "Files to write: .svg, .html, .tsv, .csv, .json, or vectors in any format", "FILE");
    private readonly Option<string?> _method = CommandOptions.ChoiceWithDefault("--method", "How vectors are laid out", "tsne", "umap", "pca");
    private readonly Option<int> _dimensions = CommandOptions.Number("--dimensions", "Coordinates of a point; pictures take 2", 2);
    private readonly Option<bool> _euclidean = CommandOptions.Switch("--euclidean", "Compare distances; otherwise directions (the cosine) are compared");
    private readonly Option<double> _perplexity = CommandOptions.Number("--perplexity", "tsne: how many neighbours a word has, smoothly counted", 30.0);
    private readonly Option<int> _neighbors = CommandOptions.Number("--neighbors", "umap: neighbours of a word, itself counted", 15);
    private readonly Option<double> _minimumDistance = CommandOptions.Number("--min-dist", "umap: how near words of a group come to each other", 0.1);
    private readonly Option<int> _iterations = CommandOptions.Number("--iterations", "Rounds; 0: tsne 1000, umap 500 up to 10,000 words, else 200", 0);
    private readonly Option<ulong> _seed = CommandOptions.Number("--seed", "Every random decision follows from it", 1ul);
    private readonly Option<int> _limit = CommandOptions.Number("--limit", "Take only the first N words; 0: all", 10_000);
    private readonly Option<string?> _only = CommandOptions.Text("--only", "Take only the words of this file, one a line", "FILE");
    private readonly Option<string?> _words = VectorInput.Words();
    private readonly MapGroupOptions _groups = new();
    private readonly Option<int> _labels = CommandOptions.Number("--labels", "The most labels of the SVG", 300);
    private readonly Option<string?> _title = CommandOptions.Text("--title", "What stands above the picture [default: the file's name]", "TEXT");
    private readonly Option<bool> _score = CommandOptions.Switch("--score", "Measure the trustworthiness of a large map too");
    private readonly Option<int> _threads = CommandOptions.Number("--threads", "Threads; 0: all processors", 0);
    private readonly Option<bool> _json = CommandOptions.Json();
    private readonly Option<bool> _quiet = CommandOptions.Quiet();

    public MapCommand(Host host)
        : base(host, "map", "Draw a map of the words, similar ones beside each other (t-SNE, UMAP, PCA).")
    {
        _output.Aliases.Add("-o");
        Add(_vectors);
        foreach (Option option in (Option[])
            [
                _output, _method, _dimensions, _euclidean, _perplexity, _neighbors, _minimumDistance, _iterations, _seed, _limit, _only, _words,
                _groups.Clusters, _groups.File, _labels, _title, _score, _threads, _json, _quiet,
            ])
            Add(option);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "word2vec map reviews.bin -o map.html --clusters 12",
        "word2vec map reviews.bin -o map.svg map.tsv --limit 2000 --labels 400",
        "word2vec map images.npy -o images.html --words names.txt --groups labels.tsv --method umap --limit 0",
    ];

    public override IReadOnlyList<string> Remarks =>
    [
        "The HTML holds all it needs and asks the network for nothing. A table (.tsv, .csv, .json) has the word, its coordinates and its group.",
    ];

    protected override int Execute(ParseResult parsed)
    {
        string input = parsed.GetRequiredValue(_vectors);
        MapOutput[] outputs = [.. parsed.GetRequiredValue(_output).Select(path => new MapOutput(path, parsed.GetValue(_dimensions)))];
        string?[] inputs = [input, parsed.GetValue(_only), parsed.GetValue(_words), parsed.GetValue(_groups.File)];
        foreach (MapOutput output in outputs)
            VectorInput.CheckOutput(output.Path, inputs.OfType<string>());
        MapOptions options = Read(parsed);
        CancellationToken cancellation = Host.StopGracefully("nothing was written");
        bool quiet = parsed.GetValue(_quiet);
        using WordVectors all = VectorInput.Open(input, parsed.GetValue(_words), Limit(parsed));
        using WordVectors vectors = ChosenWords.Of(all, parsed.GetValue(_only), quiet ? TextWriter.Null : Host.Error);
        if (!quiet && vectors.Count == parsed.GetValue(_limit))
            Host.Error.WriteLine(Invariant($"the first {vectors.Count:N0} words are drawn; --limit takes more"));
        using var progress = new ProgressView(Host.Terminal, quiet) { PartName = "start" };
        string?[]? groups = _groups.Of(parsed, vectors, quiet ? TextWriter.Null : Host.Error, progress, cancellation);
        WordMap map = WordMap.Find(vectors, options, progress, cancellation);
        double trustworthiness = vectors.Count <= Measured || parsed.GetValue(_score)
            ? Trustworthiness.Of(vectors, map.Vectors, ScoreNeighbors, options.Spherical, Measured, options.Threads, cancellation) : double.NaN;
        progress.Clear();
        foreach (MapOutput output in outputs)
            output.Write(map, groups, parsed.GetValue(_title) ?? Path.GetFileName(input), parsed.GetValue(_labels));
        Host.Out.WriteLine(parsed.GetValue(_json) ? ToJson(map, trustworthiness) : Line(map, trustworthiness));
        if (!quiet)
            Host.Error.WriteLine(Invariant($"{vectors.Count:N0} words written to {string.Join(", ", outputs.Select(output => output.Path))}"));
        return ExitCodes.Success;
    }

    private int Limit(ParseResult parsed) => parsed.GetValue(_only) is null ? parsed.GetValue(_limit) : 0;

    private MapOptions Read(ParseResult parsed)
    {
        int iterations = parsed.GetValue(_iterations), threads = parsed.GetValue(_threads);
        OptionCheck.Range("labels", parsed.GetValue(_labels), 0, int.MaxValue);
        return new MapOptions
        {
            Method = Enum.Parse<MapMethod>(parsed.GetValue(_method)!, ignoreCase: true),
            Dimensions = parsed.GetValue(_dimensions),
            Spherical = !parsed.GetValue(_euclidean),
            Perplexity = parsed.GetValue(_perplexity),
            Neighbors = parsed.GetValue(_neighbors),
            MinimumDistance = parsed.GetValue(_minimumDistance),
            Iterations = iterations == 0 ? null : iterations,
            Seed = parsed.GetValue(_seed),
            Threads = threads == 0 ? Environment.ProcessorCount : threads,
        };
    }

    private static string Line(WordMap map, double trustworthiness) => string.Join(", ", new[]
    {
        $"{map.Options.Method.ToString().ToLowerInvariant()} of {map.Vectors.Count.ToString("N0", CultureInfo.InvariantCulture)} words",
        double.IsNaN(map.Loss) ? "" : Invariant($"loss {map.Loss:F4}"),
        double.IsNaN(trustworthiness) ? ""
            : Invariant($"trustworthiness {trustworthiness:F4} (of the {ScoreNeighbors} nearest on the map; 1: all are among the ")
                + Invariant($"{ScoreNeighbors} most similar, 0.5: chance)"),
    }.Where(part => part.Length > 0));

    private static string ToJson(WordMap map, double trustworthiness) => Json.Write(indented: true, writer =>
    {
        writer.WriteStartObject();
        writer.WriteNumber("words", map.Vectors.Count);
        writer.WriteNumber("dimensions", map.Options.Dimensions);
        writer.WriteString("method", map.Options.Method.ToString().ToLowerInvariant());
        writer.WriteBoolean("spherical", map.Options.Spherical);
        writer.WriteFinite("loss", map.Loss);
        writer.WriteFinite("trustworthiness", trustworthiness);
        writer.WriteEndObject();
    });

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
