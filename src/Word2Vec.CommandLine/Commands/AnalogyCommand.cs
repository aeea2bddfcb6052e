using System.CommandLine;
using Word2Vec.Formats;
using Word2Vec.Queries;
using Word2Vec.Vectors;

namespace Word2Vec.CommandLine.Commands;

/// <summary><c>word2vec analogy</c>: a is to b as c is to what?</summary>
internal sealed class AnalogyCommand : ToolCommand
{
    private readonly Argument<string> _vectors = CommandOptions.Vectors();
    private readonly Argument<string?> _a = Word("A", "A is to B …; no words: a prompt");
    private readonly Argument<string?> _b = Word("B", "");
    private readonly Argument<string?> _c = Word("C", "… as C is to the answer");
    private readonly Option<int> _count = CommandOptions.Number("--count", "How many answers to show", 5);
    private readonly Option<string?> _file =
        CommandOptions.Text("--file", "Answer each line of three words, all in one go; - is standard input", "FILE");
    private readonly Option<int> _restrict = CommandOptions.Restrict(0);
    private readonly Option<bool> _json = CommandOptions.Json();

    public AnalogyCommand(Host host)
        : base(host, "analogy", "Find the word that is to C as B is to A.")
    {
        foreach (Argument argument in (Argument[])[_vectors, _a, _b, _c])
            Add(argument);
        foreach (Option option in (Option[])[_count, _file, _restrict, _json])
            Add(option);
        Validators.Add(result =>
        {
            int given = new[] { _a, _b, _c }.Count(word => result.GetResult(word) is { Tokens.Count: > 0 });
            if (given is 1 or 2)
                result.AddError($"analogy takes three words, or none for a prompt; there {(given == 1 ? "is 1" : "are 2")}");
            if (given > 0 && result.GetResult(_file) is not null)
                result.AddError("--file and words exclude each other; give one of them");
        });
    }

    public override IReadOnlyList<string> Examples =>
    [
        "word2vec analogy reviews.bin man king woman",
        "word2vec analogy reviews.bin france paris italy --count 1 --json",
        "word2vec analogy reviews.bin --file questions.txt > answers.tsv",
        "word2vec analogy reviews.bin",
    ];

    private static Argument<string?> Word(string name, string description) =>
        new(name) { Description = description, Arity = ArgumentArity.ZeroOrOne };

    protected override bool TakesSigns => true;

    protected override int Execute(ParseResult parsed)
    {
        int count = QueryOptions.Count(parsed.GetValue(_count)), restrict = QueryOptions.Restrict(parsed.GetValue(_restrict));
        using WordVectors vectors = VectorFile.Open(parsed.GetRequiredValue(_vectors));
        var index = new VectorIndex(vectors, restrict);
        var queries = new WordQueries(Host.Terminal, index, count, parsed.GetValue(_json), LineSyntax.Analogy);
        if (parsed.GetValue(_file) is { } file)
            return queries.AnswerFile(file);
        if (parsed.GetValue(_a) is not { } a)
            return queries.Converse();
        string[] words = [a, parsed.GetRequiredValue(_b)!, parsed.GetRequiredValue(_c)!];
        IReadOnlyList<Neighbor> answers = index.Analogy(words[0], words[1], words[2], count);
        ComposedWords.Note(Host.Error, vectors, words);
        if (!parsed.GetValue(_json))
        {
            Neighbors.WriteTable(Host.Terminal, answers);
            return ExitCodes.Success;
        }

        Host.Out.WriteLine(Json.Write(indented: false, writer =>
        {
            writer.WriteStartObject();
            writer.WriteStrings("analogy", words);
            ComposedWords.WriteJson(writer, vectors, words);
            Neighbors.WriteJson(writer, answers);
            writer.WriteEndObject();
        }));
        return ExitCodes.Success;
    }
}
