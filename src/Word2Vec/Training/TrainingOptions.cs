namespace Word2Vec.Training;

/// <summary>
/// How vectors are trained: skip-gram with negative sampling, or another model of its family. The defaults are word2vec.c's for skip-gram, except that
/// all processors are used.
/// </summary>
public sealed record TrainingOptions
{
    private const double SkipGramRate = 0.025, CbowRate = 0.05;

    private readonly double? _learningRate;

    /// <summary>What predicts what. Default: skip-gram.</summary>
    public TrainingArchitecture Architecture { get; init; }

    /// <summary>How a word is told from all the others. Default: negative sampling.</summary>
    public OutputLayer OutputLayer { get; init; }

    /// <summary>The n-grams that words are made of besides themselves. Default: null, none.</summary>
    public SubwordOptions? Subwords { get; init; }

    /// <summary>Components of each vector. Default: 100; 1 to 4096.</summary>
    public int VectorSize { get; init; } = 100;

    /// <summary>The widest distance between center and context word; the radius of each window is drawn from 1 … Window. Default: 5; 1 to 100.</summary>
    public int Window { get; init; } = 5;

    /// <summary>Negative samples that each prediction counts for. Default: 5; 1 to 64; not used with <see cref="OutputLayer.HierarchicalSoftmax"/>.</summary>
    public int Negatives { get; init; } = 5;

    /// <summary>
    /// Center words that are trained in one update and share their negative samples; 1 trains window by window. Default: 0, the device's choice:
    /// up to 16 in the kernels, as many as shared memory has room for (32 at most where they are asked for); on the CPU up to
    /// <see cref="TileShape.DefaultCenters"/>; fewer at higher learning rates, in wide windows, with more than 5 negatives and where words come again soon. 0 to 256. Only
    /// skip-gram with negative sampling and without subwords has tiles; what else there is trains window by window.
    /// </summary>
    public int Tile { get; init; }

    /// <summary>
    /// Negative samples drawn for a tile, each of which then stands for Negatives / TileNegatives of them. Default: 0, four for each of
    /// <see cref="Negatives"/> in a tile of 32 centers and fewer in smaller ones; a tile of 1 has exactly <see cref="Negatives"/>. 0 to 256.
    /// </summary>
    public int TileNegatives { get; init; }

    /// <summary>Words with a larger share of the corpus are thinned out (Mikolov et al. 2013b, section 2.3, in word2vec.c's form); 0 keeps all. Default: 1e-3.</summary>
    public double SubsamplingThreshold { get; init; } = 1e-3;

    /// <summary>How often the corpus is gone through. Default: 5.</summary>
    public int Epochs { get; init; } = 5;

    /// <summary>
    /// The rate at the start; it falls linearly to a ten-thousandth of itself over the tokens of all epochs. Default: 0.025, and 0.05 with
    /// <see cref="TrainingArchitecture.Cbow"/>.
    /// </summary>
    public double LearningRate
    {
        get => _learningRate ?? (Architecture == TrainingArchitecture.Cbow ? CbowRate : SkipGramRate);
        init => _learningRate = value;
    }

    /// <summary>Every random decision follows from it. Default: 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Threads of the CPU backend; 0 takes all processors. Default: 0. With 1 a run gives the same bytes each time.</summary>
    public int Threads { get; init; }

    /// <summary>
    /// Whether the CPU backend gives the same bytes with any number of threads; up to 8 of them have work then, and one where the model has no tiles
    /// (<see cref="Tile"/>). Default: false, which is faster. It says nothing about other devices.
    /// </summary>
    public bool Deterministic { get; init; }

    /// <summary>Whether it is skip-gram with negative sampling over whole words: the one model that has tiles, and that every device trains.</summary>
    internal bool HasTiles =>
        Architecture == TrainingArchitecture.SkipGram && OutputLayer == OutputLayer.NegativeSampling && Subwords is null;

    /// <summary>
    /// The most center words of a tile where <see cref="Tile"/> leaves the choice to the device, whatever it likes best. Default: as many as it likes.
    /// </summary>
    internal int LargestTile { get; init; } = int.MaxValue;

    /// <summary>Throws a <see cref="Word2VecException"/> that names the first option out of its range.</summary>
    public void Validate()
    {
        OptionCheck.Range("--size", VectorSize, 1, 4096);
        OptionCheck.Range("--window", Window, 1, 100);
        OptionCheck.Range("--negatives", Negatives, 1, 64);
        OptionCheck.Range("--tile", Tile, 0, 256);
        OptionCheck.Range("--tile-negatives", TileNegatives, 0, TileShape.MostNegatives);
        OptionCheck.Range("--subsampling", SubsamplingThreshold, 0, 1);
        OptionCheck.Range("--epochs", Epochs, 1, 1_000_000);
        OptionCheck.Range("--learning-rate", LearningRate, 1e-9, 1000);
        OptionCheck.Range("--threads", Threads, 0, 4096);
        Subwords?.Validate();
        if (!HasTiles && (Tile > 1 || TileNegatives > 0))
            throw new Word2VecException(ErrorKind.Usage, $"The options --tile {Tile} and --tile-negatives {TileNegatives} are for skip-gram with negative " +
                $"sampling and without subwords; {ModelName} trains window by window. Leave them out.");
    }

    /// <summary>What people call the model: "skip-gram with negative sampling", "CBOW with hierarchical softmax and subwords".</summary>
    internal string ModelName => (Architecture == TrainingArchitecture.Cbow ? "CBOW" : "skip-gram")
        + (OutputLayer == OutputLayer.HierarchicalSoftmax ? " with hierarchical softmax" : " with negative sampling")
        + (Subwords is null ? "" : " and subwords");
}
