using System.CommandLine;
using Word2Vec.Formats;
using Word2Vec.Vectors;

namespace Word2Vec.CommandLine.Commands;

/// <summary><c>word2vec convert</c>: the same vectors in another format.</summary>
internal sealed class ConvertCommand : ToolCommand
{
    private readonly Argument<string> _input = new("INPUT") { Description = "A file of vectors; the format is recognised by its content" };
    private readonly Argument<string> _output = new("OUTPUT") { Description = "The file to write" };
    private readonly Option<string?> _format =
        CommandOptions.Choice("--format", "Format of the vectors [default: text for .txt and .vec, else binary]", "binary", "text");

    public ConvertCommand(Host host)
        : base(host, "convert", "Write vectors in another format.")
    {
        Add(_input);
        Add(_output);
        Add(_format);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "word2vec convert reviews.bin reviews.vec",
        "word2vec convert glove.6B.100d.txt glove.bin",
        "word2vec convert reviews.bin reviews --format text",
    ];

    protected override int Execute(ParseResult parsed)
    {
        string input = parsed.GetRequiredValue(_input), output = parsed.GetRequiredValue(_output);
        VectorFormat format = FormatNames.Choose(parsed.GetValue(_format), output);
        OutputCheck.NotAnInput(output, [input]);
        OutputCheck.Writable(output);
        using WordVectors vectors = VectorFile.Open(input);
        VectorFile.Save(vectors, output, format);
        Host.Error.WriteLine(FormattableString.Invariant(
            $"{vectors.Count:N0} words of {vectors.Size} components written to {output} ({FormatNames.Describe(format)})"));
        return ExitCodes.Success;
    }
}
