using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Word2Vec.Evaluation;
using Word2Vec.Formats;
using Word2Vec.Vectors;

namespace Word2Vec.CommandLine.Commands;

/// <summary><c>word2vec drift</c>: which words moved between two files of vectors.</summary>
internal sealed class DriftCommand : ToolCommand
{
    private const string ByDistance = "distance", ByNeighbors = "neighbors";
    private const int Shown = 5;

    private readonly Argument<string> _before = new("OLD") { Description = "The earlier vectors, of any format that convert reads" };
    private readonly Argument<string> _after = new("NEW") { Description = "The later vectors" };
    private readonly Option<int> _count = CommandOptions.Number("--count", "How many words to show, those that moved farthest", 20);
    private readonly Option<string?> _words = CommandOptions.Text("--words", "Show these words, one a line, in place of those that moved farthest", "FILE");
    private readonly Option<string?> _by = CommandOptions.ChoiceWithDefault("--by", "What moved farthest means: distance, or neighbors that changed", ByDistance, ByNeighbors);
    private readonly Option<int> _neighbors = CommandOptions.Number("--neighbors", "The nearest words that are compared", 10);
    private readonly Option<string?> _anchors = CommandOptions.Text("--anchors", "Turn the new vectors so that these words fit, one a line; otherwise all do", "FILE");
    private readonly Option<int> _minimum = CommandOptions.Number("--min-count", "Leave out words that stood less often in either text, where the files say", 0);
    private readonly Option<int> _limit = CommandOptions.Number("--limit", "Compare only the first N words of OLD that NEW has; 0: all", 0);
    private readonly Option<string?> _aligned = CommandOptions.Text("--aligned", "Write the new vectors, turned into the space of the old ones, here", "FILE");
    private readonly Option<bool> _json = CommandOptions.Json();
    private readonly Option<bool> _quiet = CommandOptions.Quiet();

    public DriftCommand(Host host)
        : base(host, "drift", "Find the words that moved between two files of vectors.")
    {
        Add(_before);
        Add(_after);
        foreach (Option option in (Option[])[_count, _words, _by, _neighbors, _anchors, _minimum, _limit, _aligned, _json, _quiet])
            Add(option);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "word2vec drift reviews-2019.w2v reviews-2024.w2v --min-count 50",
        "word2vec drift old.bin new.bin --limit 20000 --by neighbors --json",
        "word2vec drift old.bin new.bin --words names.txt --anchors stopwords.txt",
        "word2vec drift old.bin new.bin --aligned new-in-old.bin --count 0",
    ];

    public override IReadOnlyList<string> Remarks =>
    [
        "The new vectors are turned as a whole so that the words of both fit (orthogonal Procrustes); distance is 1 - cosine after that,\n"
            + "changed the share of the nearest words that are others (1 - Jaccard), which needs no turning and works for files of two sizes.",
    ];

    protected override int Execute(ParseResult parsed)
    {
        string old = parsed.GetRequiredValue(_before), now = parsed.GetRequiredValue(_after);
        string? words = parsed.GetValue(_words), anchors = parsed.GetValue(_anchors), aligned = parsed.GetValue(_aligned);
        int count = QueryOptions.Check("--count", parsed.GetValue(_count), 0, int.MaxValue);
        if (old == "-" && now == "-")
            throw new Word2VecException(ErrorKind.Usage, "Standard input (-) is named twice; it can be read once. Name a file instead.");
        VectorInput.CheckOutput(aligned, [old, now, words ?? "", anchors ?? ""]);
        VectorFormat format = aligned is null ? default : FormatNames.Choose(null, aligned);
        IReadOnlyList<string>? asked = words is null ? null : Lines(words);
        DriftOptions options = ReadOptions(parsed, anchors);
        CancellationToken cancellation = Host.StopGracefully("nothing was written");
        using WordVectors before = VectorFile.Open(old), after = VectorFile.Open(now);
        bool byNeighbors = parsed.GetValue(_by) == ByNeighbors, align = !byNeighbors || before.Size == after.Size || aligned is not null;
        using var view = new ProgressView(Host.Terminal, parsed.GetValue(_quiet)) { PartName = "file" };
        view.Begin($"comparing {old} with {now}");
        VectorDrift drift = VectorDrift.Between(before, after, options, align, cancellation);
        IReadOnlyList<DriftedWord> found = asked is null ? drift.Farthest(count, byNeighbors, view, cancellation) : drift.Of(asked, view, cancellation);
        view.Clear();
        if (aligned is not null)
            SaveAligned(drift, after, aligned, format, cancellation);
        Write(parsed, drift, found);
        if (!parsed.GetValue(_quiet))
            Host.Error.WriteLine(Summary(drift) + (aligned is null ? "" : $"; {aligned} has the new vectors in the space of the old"));
        return ExitCodes.Success;
    }

    private DriftOptions ReadOptions(ParseResult parsed, string? anchors) => new()
    {
        Anchors = anchors is null ? null : Lines(anchors),
        Neighbors = QueryOptions.Check("--neighbors", parsed.GetValue(_neighbors), 1, 100_000),
        MinimumCount = QueryOptions.Check("--min-count", parsed.GetValue(_minimum), 0, int.MaxValue),
        Limit = QueryOptions.Check("--limit", parsed.GetValue(_limit), 0, int.MaxValue),
    };

    private static string[] Lines(string path) =>
        [.. TextFile.ReadLines(path, "a word on each line").Select(line => line.Trim()).Where(line => line.Length > 0)];

    private static void SaveAligned(VectorDrift drift, WordVectors after, string path, VectorFormat format, CancellationToken cancellation)
    {
        using WordVectors turned = drift.Alignment!.Apply(after, cancellation);
        VectorFile.Save(turned, path, new VectorWriteOptions { Format = format }, cancellation);
    }

    private void Write(ParseResult parsed, VectorDrift drift, IReadOnlyList<DriftedWord> found)
    {
        if (parsed.GetValue(_json))
        {
            Host.Out.WriteLine(ToJson(drift, found));
            return;
        }

        if (found.Count == 0)
            return;
        var table = new ResultTable("word", "#distance", "#changed", "then", "now");
        foreach (DriftedWord word in found)
            table.Add(word.Word, double.IsNaN(word.Distance) ? "-" : Invariant($"{word.Distance:F3}"), Invariant($"{word.NeighborDistance:P0}"),
                string.Join(' ', word.Before.Take(Shown)), string.Join(' ', word.After.Take(Shown)));
        table.Write(Host.Terminal);
    }

    private static string Summary(VectorDrift drift) => Invariant($"{drift.Count:N0} words of both files") +
        (drift.Alignment is null ? "" : Invariant($", turned to fit {drift.Alignment.Anchors:N0} of them; mean distance {drift.MeanDistance:F3}"));

    private static string ToJson(VectorDrift drift, IReadOnlyList<DriftedWord> found) => Json.Write(indented: true, writer =>
    {
        writer.WriteStartObject();
        writer.WriteNumber("words", drift.Count);
        if (drift.Alignment is { } alignment)
            writer.WriteNumber("anchors", alignment.Anchors);
        writer.WriteFinite("mean-distance", drift.MeanDistance);
        writer.WriteStartArray("drift");
        foreach (DriftedWord word in found)
            Write(writer, word);
        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    private static void Write(Utf8JsonWriter writer, DriftedWord word)
    {
        writer.WriteStartObject();
        writer.WriteString("word", word.Word);
        writer.WriteFinite("distance", word.Distance);
        writer.WriteFinite("neighbor-distance", word.NeighborDistance);
        writer.WriteStrings("before", word.Before);
        writer.WriteStrings("after", word.After);
        writer.WriteEndObject();
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
