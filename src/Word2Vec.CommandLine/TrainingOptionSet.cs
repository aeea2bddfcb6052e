using System.CommandLine;
using System.CommandLine.Parsing;
using Word2Vec.Training;

namespace Word2Vec.CommandLine;

/// <summary>The options that say how vectors are trained, shared by every command that trains.</summary>
internal sealed class TrainingOptionSet
{
    private const string SkipGram = "skip-gram", Cbow = "cbow";

    private readonly Option<string?> _architecture = CommandOptions.ChoiceWithDefault(
        "--architecture", "What predicts what: contexts and center one by one, or their mean the center", SkipGram, Cbow);
    private readonly Option<bool> _hierarchicalSoftmax = new("--hierarchical-softmax", "--hs")
    {
        Description = "Tell words apart by the turns of a tree, not by negative samples",
        Arity = ArgumentArity.Zero,
    };

    private readonly Option<bool> _subwords =
        CommandOptions.Switch("--subwords", "Make words of their n-grams, so that unknown words have vectors too, as fastText does");
    private readonly Option<int> _shortestNgram;
    private readonly Option<int> _longestNgram;
    private readonly Option<int> _buckets;
    private readonly Option<int> _size;
    private readonly Option<int> _window;
    private readonly Option<int> _negatives;
    private readonly Option<int> _tile;
    private readonly Option<int> _tileNegatives;
    private readonly Option<double> _subsampling;
    private readonly Option<int> _epochs;
    private readonly Option<double> _learningRate;
    private readonly Option<int> _threads;
    private readonly Option<ulong> _seed;
    private readonly Option<bool> _deterministic =
        CommandOptions.Switch("--deterministic", "Give the same bytes with any number of threads, on cpu");

    /// <summary>Makes the options with the defaults of <paramref name="standard"/>.</summary>
    /// <param name="graph">The option that names a graph to train on, which has defaults of its own; null: there is none.</param>
    public TrainingOptionSet(TrainingOptions standard, Option<string?>? graph = null)
    {
        var subwords = new SubwordOptions();
        _shortestNgram = CommandOptions.Number("--min-ngram", "Characters of the shortest n-gram, with --subwords", subwords.ShortestNgram);
        _longestNgram = CommandOptions.Number("--max-ngram", "Characters of the longest n-gram, with --subwords", subwords.LongestNgram);
        _buckets = CommandOptions.Number("--buckets", "Rows that the n-grams share, with --subwords", subwords.Buckets);
        _size = CommandOptions.Number("--size", "Components of each vector", standard.VectorSize);
        _window = CommandOptions.Number("--window", "The widest distance between center and context word", standard.Window, graph, GraphOptionSet.Window);
        _negatives = CommandOptions.Number("--negatives", "Negative samples of a (center, context) pair", standard.Negatives);
        _tile = CommandOptions.Number("--tile", "Center words that share their negatives; 0: the device's choice; 1: window by window", standard.Tile);
        _tileNegatives = CommandOptions.Number("--tile-negatives", "Negatives drawn for a tile; 0: 4 for each of --negatives", standard.TileNegatives);
        _subsampling = CommandOptions.Number("--subsampling", "Thin out words with a larger share of the corpus; 0: none",
            standard.SubsamplingThreshold, graph, GraphOptionSet.SubsamplingThreshold, "T");
        _epochs = CommandOptions.Number("--epochs", "How often the corpus is gone through", standard.Epochs);
        _learningRate = CommandOptions.Number(
            "--learning-rate", "The rate at the start; it falls linearly; with --architecture cbow 0.05", standard.LearningRate, "R");
        _learningRate.DefaultValueFactory = line => Model(line, standard).LearningRate;
        _threads = CommandOptions.Number(
            "--threads", "Threads of the CPU; 0: all processors; with 1 a run repeats byte for byte", standard.Threads);
        _seed = CommandOptions.Number("--seed", "Every random decision follows from it", standard.Seed);
    }

    public void AddTo(Command command)
    {
        Option[] options =
        [
            _architecture, _hierarchicalSoftmax, _subwords, _shortestNgram, _longestNgram, _buckets, _size, _window, _negatives, _tile, _tileNegatives,
            _subsampling, _epochs, _learningRate, _threads, _seed, _deterministic,
        ];
        foreach (Option option in options)
            command.Add(option);
    }

    /// <summary>Whether the line says <c>--size</c>.</summary>
    public bool IsSizeGiven(ParseResult parsed) => RunOptions.IsGiven(parsed, _size);

    /// <summary>The checked options.</summary>
    public TrainingOptions Read(ParseResult parsed)
    {
        var options = new TrainingOptions
        {
            Architecture = Architecture(parsed.GetValue(_architecture)),
            OutputLayer = parsed.GetValue(_hierarchicalSoftmax) ? OutputLayer.HierarchicalSoftmax : OutputLayer.NegativeSampling,
            Subwords = ReadSubwords(parsed),
            VectorSize = parsed.GetValue(_size),
            Window = parsed.GetValue(_window),
            Negatives = parsed.GetValue(_negatives),
            Tile = parsed.GetValue(_tile),
            TileNegatives = parsed.GetValue(_tileNegatives),
            SubsamplingThreshold = parsed.GetValue(_subsampling),
            Epochs = parsed.GetValue(_epochs),
            LearningRate = parsed.GetValue(_learningRate),
            Threads = parsed.GetValue(_threads),
            Seed = parsed.GetValue(_seed),
            Deterministic = parsed.GetValue(_deterministic),
        };
        options.Validate();
        return options;
    }

    // What decides defaults: which model the line asks for.
    private TrainingOptions Model(SymbolResult line, TrainingOptions standard) => standard with
    {
        Architecture = Architecture(line.GetValue(_architecture)),
        OutputLayer = line.GetValue(_hierarchicalSoftmax) ? OutputLayer.HierarchicalSoftmax : OutputLayer.NegativeSampling,
        Subwords = line.GetValue(_subwords) ? new SubwordOptions() : null,
    };

    private static TrainingArchitecture Architecture(string? name) => name == Cbow ? TrainingArchitecture.Cbow : TrainingArchitecture.SkipGram;

    private SubwordOptions? ReadSubwords(ParseResult parsed)
    {
        if (parsed.GetValue(_subwords))
        {
            return new SubwordOptions
            {
                ShortestNgram = parsed.GetValue(_shortestNgram),
                LongestNgram = parsed.GetValue(_longestNgram),
                Buckets = parsed.GetValue(_buckets),
            };
        }

        foreach (Option<int> option in (Option<int>[])[_shortestNgram, _longestNgram, _buckets])
        {
            // A record of a run without subwords has their defaults.
            if (parsed.GetValue(option) != (int)option.GetDefaultValue()!)
                throw new Word2VecException(ErrorKind.Usage, $"{option.Name} {parsed.GetValue(option)} is for --subwords; give that too, or leave it out.");
        }

        return null;
    }
}
