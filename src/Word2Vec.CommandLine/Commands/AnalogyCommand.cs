using System.CommandLine;
using Word2Vec.Formats;
using Word2Vec.Queries;
using Word2Vec.Vectors;

namespace Word2Vec.CommandLine.Commands;

/// <summary><c>word2vec analogy</c>: a is to b as c is to what?</summary>
internal sealed class AnalogyCommand : ToolCommand
{
    private readonly Argument<string> _vectors = CommandOptions.Vectors();
    private readonly Argument<string> _a = new("A") { Description = "A is to B …" };
    private readonly Argument<string> _b = new("B");
    private readonly Argument<string> _c = new("C") { Description = "… as C is to the answer" };
    private readonly Option<int> _count = CommandOptions.Number("--count", "How many answers to show", 5);
    private readonly Option<int> _restrict = CommandOptions.Restrict(0);
    private readonly Option<bool> _json = CommandOptions.Json();

    public AnalogyCommand(Host host)
        : base(host, "analogy", "Find the word that is to C as B is to A.")
    {
        foreach (Argument<string> argument in (Argument<string>[])[_vectors, _a, _b, _c])
            Add(argument);
        Add(_count);
        Add(_restrict);
        Add(_json);
    }

    public override IReadOnlyList<string> Examples =>
        ["word2vec analogy reviews.bin man king woman", "word2vec analogy reviews.bin france paris italy --count 1 --json"];

    protected override bool TakesSigns => true;

    protected override int Execute(ParseResult parsed)
    {
        int count = QueryOptions.Count(parsed.GetValue(_count)), restrict = QueryOptions.Restrict(parsed.GetValue(_restrict));
        using WordVectors vectors = VectorFile.Open(parsed.GetRequiredValue(_vectors));
        var index = new VectorIndex(vectors, restrict);
        string[] words = [parsed.GetRequiredValue(_a), parsed.GetRequiredValue(_b), parsed.GetRequiredValue(_c)];
        IReadOnlyList<Neighbor> answers = index.Analogy(words[0], words[1], words[2], count);
        if (!parsed.GetValue(_json))
        {
            Neighbors.WriteTable(Host.Terminal, answers);
            return ExitCodes.Success;
        }

        Host.Out.WriteLine(Json.Write(indented: false, writer =>
        {
            writer.WriteStartObject();
            writer.WriteStrings("analogy", words);
            Neighbors.WriteJson(writer, answers);
            writer.WriteEndObject();
        }));
        return ExitCodes.Success;
    }
}
