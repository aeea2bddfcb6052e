using System.CommandLine;
using Word2Vec.Formats;
using Word2Vec.Vectors;

namespace Word2Vec.CommandLine.Commands;

/// <summary><c>word2vec evaluate</c>: analogies and word pairs with known answers.</summary>
internal sealed class EvaluateCommand : ToolCommand
{
    private readonly Argument<string> _vectors = CommandOptions.Vectors();
    private readonly Option<string[]> _analogies =
        CommandOptions.List("--analogies", "Analogies in Google's format: sections and lines of four words; - is standard input", "FILE");
    private readonly Option<string[]> _similarity =
        CommandOptions.List("--similarity", "Pairs of words with people's scores, such as WordSim-353", "FILE");
    private readonly Option<int> _restrict = CommandOptions.Restrict(30_000);
    private readonly Option<bool> _json = CommandOptions.Json();

    public EvaluateCommand(Host host)
        : base(host, "evaluate", "Measure vectors on questions with known answers.")
    {
        Add(_vectors);
        Add(_analogies);
        Add(_similarity);
        Add(_restrict);
        Add(_json);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "word2vec evaluate reviews.bin --analogies questions-words.txt --similarity wordsim353.tsv",
        "word2vec evaluate reviews.bin --analogies questions-words.txt --restrict 0 --json",
        "grep -v gram questions-words.txt | word2vec evaluate reviews.bin --analogies -",
    ];

    public override IReadOnlyList<string> Remarks =>
    [
        "--restrict is for the analogies; word pairs are looked up among all words.\n"
            + "\"asked\" counts the questions whose words are all known.",
    ];

    protected override int Execute(ParseResult parsed)
    {
        string[] analogies = parsed.GetRequiredValue(_analogies), similarity = parsed.GetRequiredValue(_similarity);
        int restrict = QueryOptions.Restrict(parsed.GetValue(_restrict));
        if (analogies.Length + similarity.Length == 0)
            throw new Word2VecException(ErrorKind.Usage, "There is nothing to evaluate with; give --analogies FILE or --similarity FILE.");
        if (analogies.Concat(similarity).Count(file => file == "-") > 1)
            throw new Word2VecException(ErrorKind.Usage, "Standard input (-) is named twice; it can be read once. Name a file instead.");
        string path = parsed.GetRequiredValue(_vectors);
        using WordVectors vectors = VectorFile.Open(path);
        Evaluations evaluations = Evaluations.Of(vectors, analogies, similarity, restrict);
        if (!parsed.GetValue(_json))
        {
            evaluations.WriteTables(Host.Terminal);
            return ExitCodes.Success;
        }

        Host.Out.WriteLine(Json.Write(indented: true, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("vectors", path);
            writer.WriteNumber("words", vectors.Count);
            writer.WriteNumber("size", vectors.Size);
            writer.WriteNumber("restrict", restrict);
            evaluations.WriteJson(writer);
            writer.WriteEndObject();
        }));
        return ExitCodes.Success;
    }
}
