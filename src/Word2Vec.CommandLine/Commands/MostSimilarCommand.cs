using System.CommandLine;
using Word2Vec.CommandLine.Texts;
using Word2Vec.Formats;
using Word2Vec.Queries;
using Word2Vec.Vectors;

namespace Word2Vec.CommandLine.Commands;

/// <summary>
/// <c>word2vec most-similar</c>: neighbours of a word, of a sum of words, of each word of a file, or of what is typed at a prompt.
/// </summary>
internal sealed class MostSimilarCommand : ToolCommand
{
    private readonly Argument<string> _vectors = CommandOptions.Vectors();
    private readonly Argument<string[]> _words =
        new("WORDS") { Description = "A word, or several with + and -; none: a prompt", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string[]> _positive = CommandOptions.List("--positive", "Words to add", "WORD");
    private readonly Option<string[]> _negative = CommandOptions.List("--negative", "Words to take away", "WORD");
    private readonly Option<int> _count = CommandOptions.Number("--count", "How many neighbours to show", 10);
    private readonly Option<string?> _file =
        CommandOptions.Text("--file", "Ask for each line of a file, all in one go; - is standard input", "FILE");
    private readonly Option<string[]> _ids = CommandOptions.List("--id", "Texts or words by their ids, whatever signs these hold", "ID");
    private readonly Option<string[]> _basket = CommandOptions.List("--basket", "Items of a basket, also with commas between: what else belongs to it?", "ITEM");
    private readonly Option<string?> _text = CommandOptions.Text("--text", "Find the documents that are most like this text", "TEXT");
    private readonly Option<string?> _wordVectors =
        CommandOptions.Text("--vectors", "With --text: the word vectors [default: those with which VECTORS was embedded]", "FILE");
    private readonly Option<int> _restrict = CommandOptions.Restrict(0);
    private readonly Option<bool> _json = CommandOptions.Json();

    public MostSimilarCommand(Host host)
        : base(host, "most-similar", "Find the words that are most similar to a word, or to a sum of words.")
    {
        Add(_vectors);
        Add(_words);
        foreach (Option option in (Option[])[_positive, _negative, _ids, _basket, _text, _wordVectors, _count, _file, _restrict, _json])
            Add(option);
        Validators.Add(result =>
        {
            bool words = result.GetResult(_words)?.Tokens.Count > 0 || result.GetResult(_positive) is not null
                || result.GetResult(_negative) is not null || result.GetResult(_ids) is not null;
            if (words && result.GetResult(_file) is not null)
                result.AddError("--file and words exclude each other; give one of them");
            if (result.GetResult(_text) is not null && (words || result.GetResult(_file) is not null))
                result.AddError("--text and words or --file exclude each other; give one of them");
            if (result.GetResult(_basket) is not null && (words || result.GetResult(_file) is not null || result.GetResult(_text) is not null))
                result.AddError("--basket and words, --file or --text exclude each other; give one of them");
            if (result.GetResult(_wordVectors) is not null && result.GetResult(_text) is null)
                result.AddError("--vectors says how --text is embedded; give both");
        });
    }

    public override IReadOnlyList<string> Examples =>
    [
        "word2vec most-similar reviews.bin battery",
        "word2vec most-similar reviews.bin king - man + woman",
        "word2vec most-similar reviews.bin --positive king woman --negative man --json",
        "word2vec most-similar reviews.bin --file words.txt --count 5 > neighbours.tsv",
        "word2vec most-similar lines.npy --id 42",
        "word2vec most-similar lines.npy --text battery",
        "word2vec most-similar items.w2v --basket drill-03 bit-01",
        "word2vec most-similar reviews.bin",
    ];

    public override IReadOnlyList<string> Remarks =>
    [
        "With --file, and with words from standard input, each line of the result is: query, tab, word, tab, similarity.\n"
            + "With --json each query gives one line of JSON. A word that begins with -- follows a lone --.",
    ];

    protected override bool TakesSigns => true;

    protected override int Execute(ParseResult parsed)
    {
        int count = QueryOptions.Count(parsed.GetValue(_count)), restrict = QueryOptions.Restrict(parsed.GetValue(_restrict));
        string path = parsed.GetRequiredValue(_vectors);
        using WordVectors vectors = VectorFile.Open(path);
        if (parsed.GetRequiredValue(_basket) is { Length: > 0 } basket)
        {
            BasketAnswer.Write(Host, vectors, basket, count, parsed.GetValue(_json));
            return ExitCodes.Success;
        }

        var index = new VectorIndex(vectors, restrict);
        if (parsed.GetValue(_text) is { } text)
        {
            IReadOnlyList<Neighbor> found = TextSearch.Find(index, path, text, parsed.GetValue(_wordVectors), count, Host.Error);
            Write(text, found, parsed.GetValue(_json));
            return ExitCodes.Success;
        }

        var queries = new WordQueries(Host.Terminal, index, count, parsed.GetValue(_json), LineSyntax.Expression);
        if (parsed.GetValue(_file) is { } file)
            return queries.AnswerFile(file);
        WordExpression typed = WordExpression.Parse(parsed.GetValue(_words) ?? [], word => vectors.Words.TryGetId(word, out _));
        var asked = new WordExpression(
            [.. typed.Positive, .. parsed.GetRequiredValue(_positive), .. parsed.GetRequiredValue(_ids)],
            [.. typed.Negative, .. parsed.GetRequiredValue(_negative)]);
        if (asked.Positive.Count + asked.Negative.Count > 0)
        {
            queries.Answer(asked);
            return ExitCodes.Success;
        }

        return queries.Converse();
    }

    private void Write(string text, IReadOnlyList<Neighbor> found, bool json)
    {
        if (!json)
        {
            Neighbors.WriteTable(Host.Terminal, found);
            return;
        }

        Host.Out.WriteLine(Json.Write(indented: false, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("text", text);
            Neighbors.WriteJson(writer, found);
            writer.WriteEndObject();
        }));
    }
}
