using Word2Vec.Sampling;
using Word2Vec.Words;

namespace Word2Vec.Training;

/// <summary>What a backend trains: everything that stays the same from the first epoch to the last.</summary>
public sealed class TrainingJob
{
    private readonly Lazy<WordRows> _rows;
    private readonly Lazy<HuffmanTree?> _tree;

    /// <summary>Puts together what belongs together.</summary>
    /// <param name="weights">
    /// The rows, as many as <see cref="Weights"/> of these options makes; a backend that keeps its own copy takes them at the start and brings them home in
    /// <see cref="ITrainingBackend.ReadWeights"/>.
    /// </param>
    /// <exception cref="Word2VecException">An option is out of its range.</exception>
    /// <exception cref="ArgumentException">The weights are not those of this vocabulary and vector size.</exception>
    public TrainingJob(EncodedCorpus corpus, TrainingOptions options, Weights weights)
    {
        options.Validate();
        (long Input, int Output) rows = Weights.Shape(corpus.Vocabulary.Count, options);
        if (weights.Rows != corpus.Vocabulary.Count || weights.Size != options.VectorSize || rows != (weights.InputRows, weights.OutputRows))
            throw new ArgumentException(
                $"The weights are {weights.Rows} × {weights.Size}, {weights.InputRows} input and {weights.OutputRows} output rows; the corpus has "
                + $"{corpus.Vocabulary.Count} words and the options ask for {rows.Input} and {rows.Output} rows of {options.VectorSize}.",
                nameof(weights));
        (Corpus, Options, Weights) = (corpus, options, weights);
        int negatives = options.HasTiles ? Math.Max(options.Negatives, TileShape.Of(options).Negatives) : WindowShape.Of(options).Negatives;
        Sampler = new Sampler(corpus.Vocabulary, options.SubsamplingThreshold, options.Window, negatives, options.Seed);
        _rows = new Lazy<WordRows>(() => WordRows.Of(corpus.Vocabulary.Words, options.Subwords));
        _tree = new Lazy<HuffmanTree?>(() =>
            options.OutputLayer == OutputLayer.HierarchicalSoftmax ? HuffmanTree.Of(corpus.Vocabulary.Counts.ToArray(), corpus.OrderOfAppearance()) : null);
    }

    // With the tables that are made already: a smaller tile makes fewer draws of the same ones.
    private TrainingJob(TrainingJob other, TrainingOptions options) =>
        (Corpus, Options, Weights, Sampler, _rows, _tree) = (other.Corpus, options, other.Weights, other.Sampler, other._rows, other._tree);

    /// <summary>The ids.</summary>
    public EncodedCorpus Corpus { get; }

    /// <summary>The options, checked.</summary>
    public TrainingOptions Options { get; }

    /// <summary>The rows.</summary>
    public Weights Weights { get; }

    /// <summary>Which tokens stay, how wide the windows are, which negatives: the same for every backend.</summary>
    public Sampler Sampler { get; }

    /// <summary>The same job with no more than <paramref name="centers"/> centers of a tile where the options leave that to the device.</summary>
    internal TrainingJob WithLargestTile(int centers) => new(this, Options with { LargestTile = Math.Min(Options.LargestTile, centers) });

    /// <summary>The input rows of each word.</summary>
    internal WordRows Rows => _rows.Value;

    /// <summary>The tree whose inner nodes the output rows belong to; null: they belong to words.</summary>
    internal HuffmanTree? Tree => _tree.Value;
}
