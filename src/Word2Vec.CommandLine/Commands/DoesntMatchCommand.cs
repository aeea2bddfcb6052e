using System.CommandLine;
using Word2Vec.Formats;
using Word2Vec.Queries;
using Word2Vec.Vectors;

namespace Word2Vec.CommandLine.Commands;

/// <summary><c>word2vec doesnt-match</c>: the odd one out.</summary>
internal sealed class DoesntMatchCommand : ToolCommand
{
    private readonly Argument<string> _vectors = CommandOptions.Vectors();
    private readonly Argument<string[]> _words = new("WORDS") { Description = "Three words or more", Arity = ArgumentArity.OneOrMore };
    private readonly Option<bool> _json = CommandOptions.Json();

    public DoesntMatchCommand(Host host)
        : base(host, "doesnt-match", "Find the word that does not go with the others.")
    {
        Add(_vectors);
        Add(_words);
        Add(_json);
    }

    public override IReadOnlyList<string> Examples => ["word2vec doesnt-match reviews.bin breakfast lunch dinner charger"];

    protected override bool TakesSigns => true;

    protected override int Execute(ParseResult parsed)
    {
        string[] words = parsed.GetRequiredValue(_words);
        if (words.Length < 3)
            throw new Word2VecException(
                ErrorKind.Usage, $"doesnt-match takes three words or more; there {(words.Length == 1 ? "is 1" : "are 2")}.");
        using WordVectors vectors = VectorFile.Open(parsed.GetRequiredValue(_vectors));
        string odd = new VectorIndex(vectors).DoesNotMatch(words);
        ComposedWords.Note(Host.Error, vectors, words);
        Host.Out.WriteLine(!parsed.GetValue(_json) ? ResultTable.Printable(odd) : Json.Write(indented: false, writer =>
        {
            writer.WriteStartObject();
            writer.WriteStrings("words", words);
            ComposedWords.WriteJson(writer, vectors, words);
            writer.WriteString("odd", odd);
            writer.WriteEndObject();
        }));
        return ExitCodes.Success;
    }
}
