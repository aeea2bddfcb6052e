using System.CommandLine;
using Word2Vec.Corpora;
using Word2Vec.Evaluation;

namespace Word2Vec.CommandLine;

/// <summary>The options that say what vectors are measured with.</summary>
internal sealed class MeasureOptionSet
{
    private static readonly Dictionary<string, LinkScore> LinkScores = new()
    {
        ["cosine"] = LinkScore.Cosine,
        ["dot"] = LinkScore.Dot,
        ["distance"] = LinkScore.Distance,
        ["average"] = LinkScore.Average,
        ["hadamard"] = LinkScore.Hadamard,
        ["weighted-l1"] = LinkScore.WeightedL1,
        ["weighted-l2"] = LinkScore.WeightedL2,
    };

    private readonly Option<string[]> _analogies =
        CommandOptions.List("--analogies", "Analogies in Google's format: sections and lines of four words; - is standard input", "FILE");
    private readonly Option<string[]> _similarity =
        CommandOptions.List("--similarity", "Pairs of words with people's scores, such as WordSim-353; - is standard input", "FILE");
    private readonly Option<bool> _compose = CommandOptions.Switch(
        "--subwords", "Words of --analogies and --similarity that are not in the vocabulary have the vector of their n-grams, where VECTORS have them");
    private readonly Option<string[]> _categories =
        CommandOptions.List("--categories", "A word, a tab and its category a line: do clusters find them?", "FILE");
    private readonly Option<string[]> _labels =
        CommandOptions.List("--labels", "A word, a tab and its label a line: can a classifier learn them?", "FILE");
    private readonly Option<string[]> _retrieval =
        CommandOptions.List("--retrieval", "A word, a tab and its label a line: have a word's neighbours its label?", "FILE");
    private readonly Option<string[]> _relevant =
        CommandOptions.List("--relevant", "A word and, behind tabs, what is relevant to it: does it come first? - is standard input", "FILE");
    private readonly Option<string[]> _links =
        CommandOptions.List("--links", "Edges of a graph that were held out: do they score above pairs without an edge? - is standard input", "FILE");
    private readonly Option<string?> _graph = CommandOptions.Text("--graph", "With --links: the whole graph, so that pairs without an edge are known", "FILE");
    private readonly Option<string?> _linkScore = CommandOptions.ChoiceWithDefault(
        "--link-score", "With --links: what of two vectors says that there is an edge; the last four are learned from the other edges of --graph", [.. LinkScores.Keys]);
    private readonly Option<string[]> _baskets =
        CommandOptions.List("--baskets", "Baskets of items, one a line: is each found from the others? - is standard input", "FILE");
    private readonly Option<int> _restrict = CommandOptions.Restrict(30_000);
    private readonly Option<int> _depth = CommandOptions.Number("--depth", "Precision, nDCG and hit rate look at the first N of a ranking", 10);
    private readonly Option<int> _folds = CommandOptions.Number("--folds", "The classifier trains on all but one of N parts, each in turn", 5);
    private readonly Option<ulong> _seed = CommandOptions.Number("--seed", "Clusters, folds and samples follow from it", 1ul);

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])
            [
                _analogies, _similarity, _compose, _categories, _labels, _retrieval, _relevant, _links, _graph, _linkScore, _baskets, _restrict, _depth,
                _folds, _seed,
            ])
            command.Add(option);
        command.Validators.Add(result =>
        {
            if (result.GetResult(_graph) is not null && result.GetResult(_links) is null)
                result.AddError("--graph says which nodes have no edge, for --links; give both");
        });
    }

    /// <summary>The checked <c>--restrict</c>.</summary>
    public int Restrict(ParseResult parsed) => QueryOptions.Restrict(parsed.GetValue(_restrict));

    /// <summary>What all random decisions follow from.</summary>
    public ulong Seed(ParseResult parsed) => parsed.GetValue(_seed);

    /// <summary>The files of analogies.</summary>
    public string[] Analogies(ParseResult parsed) => parsed.GetRequiredValue(_analogies);

    /// <summary>The files of word pairs.</summary>
    public string[] Similarity(ParseResult parsed) => parsed.GetRequiredValue(_similarity);

    /// <summary>Whether words that are not in the vocabulary have the vector of their n-grams.</summary>
    public bool ComposesUnknown(ParseResult parsed) => parsed.GetValue(_compose);

    /// <summary>Every measure, in the order of the options; each has read its file.</summary>
    public IReadOnlyList<Measure> All(ParseResult parsed) =>
    [
        .. Analogies(parsed).Select(file => Measure.Analogies(file, Restrict(parsed), ComposesUnknown(parsed))),
        .. Similarity(parsed).Select(file => Measure.Similarity(file, ComposesUnknown(parsed))),
        .. Labelled(parsed),
    ];

    /// <summary>The measures that have no tables of their own.</summary>
    public IReadOnlyList<Measure> Labelled(ParseResult parsed)
    {
        int depth = QueryOptions.Check("--depth", parsed.GetValue(_depth), 1, 1_000_000);
        int folds = QueryOptions.Check("--folds", parsed.GetValue(_folds), 2, 1_000_000);
        return
        [
            .. parsed.GetRequiredValue(_categories).Select(file => Measure.Categories(file, Seed(parsed))),
            .. parsed.GetRequiredValue(_labels).Select(file => Measure.Labels(file, folds, Seed(parsed))),
            .. parsed.GetRequiredValue(_retrieval).Select(file => Measure.Retrieval(file, depth)),
            .. parsed.GetRequiredValue(_relevant).Select(file => Measure.Relevant(file, depth)),
            .. Links(parsed),
            .. parsed.GetRequiredValue(_baskets).Select(file => Measure.Baskets(file, depth)),
        ];
    }

    private IEnumerable<Measure> Links(ParseResult parsed)
    {
        string[] files = parsed.GetRequiredValue(_links);
        Graph? graph = files.Length > 0 && parsed.GetValue(_graph) is { } path ? new GraphInput().Read(path, CancellationToken.None) : null;
        LinkScore score = LinkScores[parsed.GetValue(_linkScore)!];
        return files.Select(file => Measure.Links(file, graph, score, Seed(parsed)));
    }

    /// <summary>Throws where there is nothing to measure with, or standard input would be read twice.</summary>
    public void Check(ParseResult parsed, IReadOnlyList<string> vectors)
    {
        string[] files = [.. ((Option<string[]>[])[_analogies, _similarity, _categories, _labels, _retrieval, _relevant, _links, _baskets]).SelectMany(parsed.GetRequiredValue)];
        if (files.Length == 0)
            throw new Word2VecException(ErrorKind.Usage, "There is nothing to evaluate with; give --analogies FILE or --similarity FILE, " +
                "words with labels (--categories, --labels, --retrieval or --relevant FILE), --links FILE of a graph, or --baskets FILE.");
        if (files.Concat(vectors).Append(parsed.GetValue(_graph) ?? "").Count(file => file == "-") > 1)
            throw new Word2VecException(ErrorKind.Usage, "Standard input (-) is named twice; it can be read once. Name a file instead.");
    }
}
