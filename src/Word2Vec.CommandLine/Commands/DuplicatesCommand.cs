using System.CommandLine;
using Word2Vec.Formats;
using Word2Vec.Queries;
using Word2Vec.Vectors;

namespace Word2Vec.CommandLine.Commands;

/// <summary><c>word2vec duplicates</c>: pairs of vectors that are nearly the same.</summary>
internal sealed class DuplicatesCommand : ToolCommand
{
    private readonly Argument<string> _vectors = CommandOptions.Vectors();
    private readonly Option<double> _threshold =
        CommandOptions.Number("--threshold", "Pairs whose cosine is this or more; 1: the same but for rounding", 0.95);
    private readonly Option<bool> _json = CommandOptions.Switch("--json", "Write a JSON object a line");
    private readonly Option<bool> _quiet = CommandOptions.Quiet();

    public DuplicatesCommand(Host host)
        : base(host, "duplicates", "Find pairs of vectors that are nearly the same.")
    {
        Add(_vectors);
        Add(_threshold);
        Add(_json);
        Add(_quiet);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "word2vec duplicates lines.npy",
        "word2vec duplicates mails.w2v --threshold 0.99 > copies.tsv",
        "word2vec duplicates reviews.bin --threshold 0.9 --json",
    ];

    public override IReadOnlyList<string> Remarks =>
    [
        "All pairs are compared. Each line is: id, tab, id, tab, similarity; a pair comes once, as soon as it is found, in the order of the file.",
    ];

    protected override int Execute(ParseResult parsed)
    {
        double threshold = parsed.GetValue(_threshold);
        if (threshold is not (>= 0.01 and <= 1))
            throw new Word2VecException(ErrorKind.Usage,
                FormattableString.Invariant($"The option --threshold is {threshold}; it must lie between 0.01 and 1."));
        bool json = parsed.GetValue(_json);
        CancellationToken cancellation = Host.StopGracefully("nothing was written but what is shown");
        using WordVectors vectors = VectorFile.Open(parsed.GetRequiredValue(_vectors));
        using var progress = new ProgressView(Host.Terminal, parsed.GetValue(_quiet));
        long pairs = 0;
        foreach (SimilarPair pair in NearDuplicates.Find(new VectorIndex(vectors, cancellation: cancellation), (float)threshold, progress, cancellation))
        {
            pairs++;
            // On a terminal both stand on the same lines.
            if (Host.Terminal.OutIsTerminal)
                progress.Clear();
            string first = vectors.Words[pair.First], second = vectors.Words[pair.Second];
            Host.Out.WriteLine(json ? ToJson(first, second, pair.Similarity)
                : $"{ResultTable.Printable(first)}\t{ResultTable.Printable(second)}\t{Neighbors.Text(pair.Similarity)}");
        }

        progress.Clear();
        if (!parsed.GetValue(_quiet))
            Host.Error.WriteLine(FormattableString.Invariant($"{pairs:N0} pairs among {vectors.Count:N0} vectors have a cosine of {threshold} or more"));
        return ExitCodes.Success;
    }

    private static string ToJson(string first, string second, float similarity) => Json.Write(indented: false, writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("first", first);
        writer.WriteString("second", second);
        writer.WriteFinite("similarity", similarity);
        writer.WriteEndObject();
    });
}
