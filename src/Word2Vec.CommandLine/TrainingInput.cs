using System.CommandLine;
using System.CommandLine.Parsing;
using Word2Vec.Corpora;
using Word2Vec.Training;
using Word2Vec.Words;

namespace Word2Vec.CommandLine;

/// <summary>What a training reads: text, or random walks through a graph.</summary>
internal sealed class TrainingInput
{
    private readonly Argument<string[]> _text = new("CORPUS")
    {
        Description = "Text: files, folders or - for standard input, each plain or .gz",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly GraphOptionSet _walks = new();
    private byte[] _heldOut = [];

    /// <summary>The option that names a graph in place of text.</summary>
    public Option<string?> Graph { get; } = CommandOptions.Text(
        "--graph", "Train on random walks through this graph, not on text: a list of edges, or a CSV table of them, plain or .gz; - is standard input", "FILE");

    /// <summary>The option that names a graph, and those that say something only beside it.</summary>
    public IReadOnlyList<Option> GraphOptions => [Graph, .. _walks.All];

    /// <summary>Those of them that say nothing on this line.</summary>
    public IReadOnlyList<Option> Unused(ParseResult parsed) => HasGraph(parsed) ? [] : GraphOptions;

    public void AddTextTo(Command command) => command.Add(_text);

    public void AddGraphTo(Command command)
    {
        command.Add(Graph);
        _walks.AddTo(command);
        command.Validators.Add(result =>
        {
            bool hasText = IsGiven(result.GetResult(_text)), hasGraph = result.GetResult(Graph) is not null;
            if (hasText && hasGraph)
                result.AddError("A text and a graph (--graph) are named; a training reads one of them. Leave the other out");
            if (!hasText && !hasGraph)
                result.AddError("No corpus was named; name a text file, a folder, - for standard input, or a graph (--graph)");
        });
    }

    /// <summary>Whether the line names text.</summary>
    public bool HasText(ParseResult parsed) => IsGiven(parsed.GetResult(_text));

    /// <summary>Whether walks are read.</summary>
    public bool HasGraph(ParseResult parsed) => parsed.GetValue(Graph) is not null;

    /// <summary>The files and folders of the text; none where walks are read.</summary>
    public string[] Texts(ParseResult parsed) => parsed.GetValue(_text) ?? [];

    /// <summary>All that is read: the text, or the graph.</summary>
    public string[] Paths(ParseResult parsed) => parsed.GetValue(Graph) is { } graph ? [graph] : Texts(parsed);

    /// <summary>Where edges that the walks do without go; null: none are held out.</summary>
    public string? HeldOutFile(ParseResult parsed) => _walks.HeldOutFile(parsed);

    /// <summary>Throws for options that do not go together, and where what is read is not there.</summary>
    public void Check(ParseResult parsed, CorpusOptions corpus, TrainingOptions training)
    {
        if (Unused(parsed).FirstOrDefault(option => RunOptions.IsGiven(parsed, option)) is { } stray)
            throw new Word2VecException(ErrorKind.Usage, $"{stray.Name} says what becomes of the graph of --graph, which is missing; give that too, or leave it out.");
        if (HasGraph(parsed) && corpus.Tokenizer == TokenizerKind.Text)
            throw new Word2VecException(ErrorKind.Usage, "--tokenizer text would change the names of the nodes of --graph; leave it out.");
        _walks.Walks(parsed, training.Seed, training.Threads);
        CorpusSource.From(Paths(parsed));
    }

    /// <summary>Opens the text, or reads the graph; its walks are made while they are read, and the graph is held as long as what is returned.</summary>
    public CorpusSource Open(ParseResult parsed, TrainingOptions training, TrainingReport report, CancellationToken cancellation)
    {
        if (parsed.GetValue(Graph) is not { } path)
            return CorpusSource.From(Texts(parsed));
        GraphParts graph = _walks.Read(parsed, path, training.Seed, report, cancellation);
        _heldOut = graph.HeldOutLines();
        return CorpusSource.Walks(graph.Kept, _walks.Walks(parsed, training.Seed, training.Threads));
    }

    /// <summary>
    /// Writes the edges that the walks did without: with the vectors and not before, since a file of another training's would tell of edges that the vectors know.
    /// </summary>
    /// <exception cref="Word2VecException">They cannot be written (Output).</exception>
    public void SaveHeldOut(ParseResult parsed)
    {
        if (HeldOutFile(parsed) is { } file)
            AtomicFile.Write(file, stream => stream.Write(_heldOut));
    }

    private static bool IsGiven(ArgumentResult? text) => text is { Tokens.Count: > 0 };
}
