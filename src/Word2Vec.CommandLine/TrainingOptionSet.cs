using System.CommandLine;
using Word2Vec.Training;

namespace Word2Vec.CommandLine;

/// <summary>The options that say how vectors are trained, shared by every command that trains.</summary>
internal sealed class TrainingOptionSet
{
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
    public TrainingOptionSet(TrainingOptions standard)
    {
        _size = CommandOptions.Number("--size", "Components of each vector", standard.VectorSize);
        _window = CommandOptions.Number("--window", "The widest distance between center and context word", standard.Window);
        _negatives = CommandOptions.Number("--negatives", "Negative samples of a (center, context) pair", standard.Negatives);
        _tile = CommandOptions.Number("--tile", "Center words that share their negatives; 0: the device's choice; 1: window by window", standard.Tile);
        _tileNegatives = CommandOptions.Number("--tile-negatives", "Negatives drawn for a tile; 0: 4 for each of --negatives", standard.TileNegatives);
        _subsampling = CommandOptions.Number("--subsampling", "Thin out words with a larger share of the corpus; 0: none",
            standard.SubsamplingThreshold, "T");
        _epochs = CommandOptions.Number("--epochs", "How often the corpus is gone through", standard.Epochs);
        _learningRate = CommandOptions.Number("--learning-rate", "The rate at the start; it falls linearly", standard.LearningRate, "R");
        _threads = CommandOptions.Number(
            "--threads", "Threads of the CPU; 0: all processors; with 1 a run repeats byte for byte", standard.Threads);
        _seed = CommandOptions.Number("--seed", "Every random decision follows from it", standard.Seed);
    }

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_size, _window, _negatives, _tile, _tileNegatives, _subsampling, _epochs, _learningRate, _threads, _seed, _deterministic])
            command.Add(option);
    }

    /// <summary>The checked options.</summary>
    public TrainingOptions Read(ParseResult parsed)
    {
        var options = new TrainingOptions
        {
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
}
