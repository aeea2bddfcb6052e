using System.CommandLine;
using Word2Vec.Formats;
using Word2Vec.Queries;
using Word2Vec.Vectors;

namespace Word2Vec.CommandLine.Commands;

/// <summary><c>word2vec similarity</c>: the cosine of two words.</summary>
internal sealed class SimilarityCommand : ToolCommand
{
    private readonly Argument<string> _vectors = CommandOptions.Vectors();
    private readonly Argument<string> _a = new("A");
    private readonly Argument<string> _b = new("B");
    private readonly Option<bool> _json = CommandOptions.Json();

    public SimilarityCommand(Host host)
        : base(host, "similarity", "Say how similar two words are: the cosine, from -1 to 1.")
    {
        Add(_vectors);
        Add(_a);
        Add(_b);
        Add(_json);
    }

    public override IReadOnlyList<string> Examples => ["word2vec similarity reviews.bin battery charger"];

    protected override bool TakesSigns => true;

    protected override int Execute(ParseResult parsed)
    {
        using WordVectors vectors = VectorFile.Open(parsed.GetRequiredValue(_vectors));
        string a = parsed.GetRequiredValue(_a), b = parsed.GetRequiredValue(_b);
        float similarity = new VectorIndex(vectors).Similarity(a, b);
        ComposedWords.Note(Host.Error, vectors, [a, b]);
        Host.Out.WriteLine(!parsed.GetValue(_json) ? Neighbors.Text(similarity) : Json.Write(indented: false, writer =>
        {
            writer.WriteStartObject();
            writer.WriteStrings("words", [a, b]);
            ComposedWords.WriteJson(writer, vectors, [a, b]);
            writer.WriteFinite("similarity", similarity);
            writer.WriteEndObject();
        }));
        return ExitCodes.Success;
    }
}
