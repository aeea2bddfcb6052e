using System.CommandLine;
using Word2Vec.Evaluation;
using Word2Vec.Formats;
using Word2Vec.Vectors;

namespace Word2Vec.CommandLine.Commands;

/// <summary><c>word2vec convert</c>: the same vectors in another format.</summary>
internal sealed class ConvertCommand : ToolCommand
{
    private static readonly Dictionary<string, VectorPrecision> Precisions = new()
    {
        ["float32"] = VectorPrecision.Full,
        ["float16"] = VectorPrecision.Half,
        ["int8"] = VectorPrecision.Quantized,
    };

    private readonly Argument<string> _input = new("INPUT") { Description = "A file of vectors, or - for standard input" };
    private readonly Argument<string> _output = new("OUTPUT") { Description = "The file to write, or - for standard output" };
    private readonly Option<string?> _from = FormatNames.Option("--from", "The input's format, where it is not recognised");
    private readonly Option<string?> _to = FormatNames.Option("--to", "The output's format, where its ending does not say it", "--format");
    private readonly Option<int> _limit = CommandOptions.Number("--limit", "Take only the first N words; 0: all", 0);
    private readonly Option<bool> _normalize = CommandOptions.Switch("--normalize", "Bring every vector to length 1");
    private readonly Option<string?> _precision = CommandOptions.ChoiceWithDefault("--precision", "What a component is stored as", [.. Precisions.Keys]);
    private readonly Option<string?> _words =
        CommandOptions.Text("--words", "The input's words, one a line, for a format without words (NumPy, Faiss)", "FILE");
    private readonly Option<bool> _quiet = CommandOptions.Quiet();

    public ConvertCommand(Host host)
        : base(host, "convert", "Write vectors in another format.")
    {
        Add(_input);
        Add(_output);
        Add(_from);
        Add(_to);
        Add(_limit);
        Add(_normalize);
        Add(_precision);
        Add(_words);
        Add(_quiet);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "word2vec convert reviews.bin reviews.vec",
        "word2vec convert glove.6B.100d.txt glove.bin --limit 50000",
        "word2vec convert reviews.bin reviews.txt.gz --normalize",
        "word2vec convert reviews.bin - --to text | head",
        "word2vec convert reviews.bin reviews.w2v --precision float16",
    ];

    public override IReadOnlyList<string> Remarks => [FormatNames.Table()];

    protected override int Execute(ParseResult parsed)
    {
        string input = parsed.GetRequiredValue(_input), path = parsed.GetRequiredValue(_output);
        VectorFormat format = FormatNames.Choose(parsed.GetValue(_to), path);
        var output = new VectorOutput(Host.Terminal, path, format);
        output.Check();
        if (!output.IsStandardOutput)
        {
            foreach (string written in VectorFile.CompanionPaths(path, format).Prepend(path))
                OutputCheck.NotAnInput(written, [input]);
            OutputCheck.Writable(path);
        }

        var reading = new VectorReadOptions
        {
            Format = FormatNames.Parse(parsed.GetValue(_from)),
            Limit = parsed.GetValue(_limit),
            WordsPath = parsed.GetValue(_words),
            Verify = true,
        };
        using WordVectors read = VectorFile.Open(input, reading);
        using WordVectors? unit = parsed.GetValue(_normalize) ? read.Normalized() : null;
        WordVectors vectors = unit ?? read;
        string precision = parsed.GetValue(_precision)!;
        output.Save(vectors, Precisions[precision]);
        if (!parsed.GetValue(_quiet))
            Host.Error.WriteLine(FormattableString.Invariant(
                $"{vectors.Count:N0} words of {vectors.Size} components written to {path} ({FormatNames.Describe(format)})"));
        if (!parsed.GetValue(_quiet))
            NoteNgrams(read, unit, format);
        if (Precisions[precision] != VectorPrecision.Full && !output.IsStandardOutput && !parsed.GetValue(_quiet))
            ReportLoss(vectors, path, format, precision);
        return ExitCodes.Success;
    }

    private void NoteNgrams(WordVectors read, WordVectors? unit, VectorFormat format)
    {
        if (unit is null)
            ComposedWords.NoteLost(Host.Error, read, format);
        else if (read.Subwords is not null)
            Host.Error.WriteLine("note: n-grams belong to vectors as long as they are; without --normalize .w2v and .ftbin keep them");
    }

    private void ReportLoss(WordVectors vectors, string output, VectorFormat format, string precision)
    {
        using WordVectors stored = VectorFile.Open(output, new VectorReadOptions { Format = format });
        StorageLoss loss = StorageLoss.Between(vectors, stored);
        Host.Error.WriteLine(FormattableString.Invariant(
            $"{precision}: vectors change by {loss.MeanError:0.00e-0} of their length on average, {loss.LargestError:0.00e-0} at most ") +
            FormattableString.Invariant(
                $"(cosine {loss.LowestCosine:0.000000} or more); {loss.KeptNeighbors:P1} of the ten nearest of {loss.Words} words stay"));
    }
}
