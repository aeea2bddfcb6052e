using System.CommandLine;
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
    private readonly Option<int> _restrict = CommandOptions.Restrict(0);
    private readonly Option<bool> _json = CommandOptions.Json();

    public MostSimilarCommand(Host host)
        : base(host, "most-similar", "Find the words that are most similar to a word, or to a sum of words.")
    {
        Add(_vectors);
        Add(_words);
        foreach (Option option in (Option[])[_positive, _negative, _count, _file, _restrict, _json])
            Add(option);
        Validators.Add(result =>
        {
            bool words = result.GetResult(_words)?.Tokens.Count > 0 || result.GetResult(_positive) is not null
                || result.GetResult(_negative) is not null;
            if (words && result.GetResult(_file) is not null)
                result.AddError("--file and words exclude each other; give one of them");
        });
    }

    public override IReadOnlyList<string> Examples =>
    [
        "word2vec most-similar reviews.bin battery",
        "word2vec most-similar reviews.bin king - man + woman",
        "word2vec most-similar reviews.bin --positive king woman --negative man --json",
        "word2vec most-similar reviews.bin --file words.txt --count 5 > neighbours.tsv",
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
        using WordVectors vectors = VectorFile.Open(parsed.GetRequiredValue(_vectors));
        var index = new VectorIndex(vectors, restrict);
        var queries = new WordQueries(Host.Terminal, index, count, parsed.GetValue(_json), LineSyntax.Expression);
        if (parsed.GetValue(_file) is { } file)
            return queries.AnswerFile(file);
        WordExpression typed = WordExpression.Parse(parsed.GetValue(_words) ?? [], word => vectors.Words.TryGetId(word, out _));
        var asked = new WordExpression(
            [.. typed.Positive, .. parsed.GetRequiredValue(_positive)], [.. typed.Negative, .. parsed.GetRequiredValue(_negative)]);
        if (asked.Positive.Count + asked.Negative.Count > 0)
        {
            queries.Answer(asked);
            return ExitCodes.Success;
        }

        return queries.Converse();
    }
}
