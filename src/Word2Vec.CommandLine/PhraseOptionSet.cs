using System.CommandLine;
using System.Globalization;
using Word2Vec.Words;

namespace Word2Vec.CommandLine;

/// <summary>The options that say how phrases are found.</summary>
internal sealed class PhraseOptionSet
{
    private const string English = "english";

    private static readonly PhraseOptions Standard = new();

    private static readonly Dictionary<string, PhraseScoring> Scorings = new()
    {
        ["word2phrase"] = PhraseScoring.Word2Phrase,
        ["gensim"] = PhraseScoring.Gensim,
        ["npmi"] = PhraseScoring.Npmi,
    };

    private readonly Option<string?> _scoring = CommandOptions.ChoiceWithDefault(
        "--score", "How a pair is scored: word2phrase's formula, gensim's, or normalized pointwise mutual information", [.. Scorings.Keys]);

    private readonly Option<string?> _thresholds = CommandOptions.Text(
        "--threshold", "What a score must be above; 200,100: in the first pass and those after it [default: 100, gensim 10, npmi 0.5]", "T,…");

    private readonly Option<int> _passes = CommandOptions.Number(
        "--passes", "How often two words, or phrases of the pass before, are joined: 2 makes new_york_times", Standard.Passes);

    private readonly Option<int> _minimumCount = CommandOptions.Number("--min-count", "Never join pairs that occur less often", Standard.MinimumCount);

    private readonly Option<string?> _discount = CommandOptions.Text("--discount", "What a pair's count is lowered by [default: --min-count]", "N");

    private readonly Option<string?> _connectors = CommandOptions.Text(
        "--connectors", "Words that may stand inside a phrase (bank_of_america) but not at its ends: english, or a file of them", "english|FILE");

    private readonly Option<string?> _joiner = CommandOptions.Text("--joiner", "What joins the words, one ASCII character [default: _]", "C");

    private readonly Option<string?> _tokenizer = CommandOptions.ChoiceWithDefault(
        "--tokenizer", "whitespace: bytes between spaces, as they are; text: lower-case words without punctuation", "whitespace", "text");

    private readonly Option<int> _maximumDistinct = CommandOptions.Number(
        "--max-distinct", "Count at most N different words and pairs at once; the rarest are dropped when there are more", Standard.MaximumDistinct);

    private IReadOnlyList<Option> All =>
        [_scoring, _thresholds, _passes, _minimumCount, _discount, _connectors, _joiner, _tokenizer, _maximumDistinct];

    public void AddTo(Command command)
    {
        foreach (Option option in All)
            command.Add(option);
    }

    /// <summary>The first of these options that was given; null: none.</summary>
    public string? FirstGiven(ParseResult parsed) => All.FirstOrDefault(option => RunOptions.IsGiven(parsed, option))?.Name;

    /// <summary>The file of connectors; null: there is none.</summary>
    public string? ConnectorFile(ParseResult parsed) => parsed.GetValue(_connectors) is { } name && name != English ? name : null;

    /// <summary>The checked options.</summary>
    public PhraseOptions Read(ParseResult parsed)
    {
        string joiner = parsed.GetValue(_joiner) ?? "_";
        if (joiner.Length != 1)
            throw new Word2VecException(ErrorKind.Usage, $"The option --joiner is '{joiner}'; it must be one visible ASCII character.");
        var options = new PhraseOptions
        {
            Scoring = Scorings[parsed.GetValue(_scoring)!],
            Thresholds = [.. (parsed.GetValue(_thresholds)?.Split(',') ?? []).Select(Threshold)],
            Passes = parsed.GetValue(_passes),
            MinimumCount = parsed.GetValue(_minimumCount),
            Discount = parsed.GetValue(_discount) is { } discount ? Discount(discount) : null,
            Joiner = joiner[0],
            Tokenizer = parsed.GetValue(_tokenizer) == "text" ? TokenizerKind.Text : TokenizerKind.Whitespace,
            MaximumDistinct = parsed.GetValue(_maximumDistinct),
        };
        options.Validate();
        return options with { Connectors = Connectors(parsed) };
    }

    private IReadOnlyCollection<string> Connectors(ParseResult parsed)
    {
        if (ConnectorFile(parsed) is { } file)
            return [.. File.ReadAllText(file).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Distinct()];
        return parsed.GetValue(_connectors) is null ? [] : PhraseOptions.EnglishConnectors;
    }

    private static double Threshold(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double threshold)
        ? threshold
        : throw new Word2VecException(ErrorKind.Usage, $"The option --threshold has '{text}'; it must be a number, or several with commas between them.");

    private static int Discount(string text) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int discount)
        ? discount
        : throw new Word2VecException(ErrorKind.Usage, $"The option --discount is '{text}'; it must be a whole number in range.");
}
