using Word2Vec.Sampling;
using Word2Vec.Words;

namespace Word2Vec.Training;

/// <summary>What a backend trains: everything that stays the same from the first epoch to the last.</summary>
public sealed class TrainingJob
{
    /// <summary>Puts together what belongs together.</summary>
    /// <param name="weights">
    /// The rows, one for each word of the corpus's vocabulary; a backend that keeps its own copy takes them at the start and brings them home in
    /// <see cref="ITrainingBackend.ReadWeights"/>.
    /// </param>
    /// <exception cref="Word2VecException">An option is out of its range.</exception>
    /// <exception cref="ArgumentException">The weights are not those of this vocabulary and vector size.</exception>
    public TrainingJob(EncodedCorpus corpus, TrainingOptions options, Weights weights)
    {
        options.Validate();
        if (weights.Rows != corpus.Vocabulary.Count || weights.Size != options.VectorSize)
            throw new ArgumentException(
                $"The weights are {weights.Rows} × {weights.Size}; the corpus has {corpus.Vocabulary.Count} words and the options say {options.VectorSize}.",
                nameof(weights));
        (Corpus, Options, Weights) = (corpus, options, weights);
        Sampler = new Sampler(corpus.Vocabulary, options.SubsamplingThreshold, options.Window,
            Math.Max(options.Negatives, TileShape.Of(options).Negatives), options.Seed);
    }

    /// <summary>The ids.</summary>
    public EncodedCorpus Corpus { get; }

    /// <summary>The options, checked.</summary>
    public TrainingOptions Options { get; }

    /// <summary>The rows.</summary>
    public Weights Weights { get; }

    /// <summary>Which tokens stay, how wide the windows are, which negatives: the same for every backend.</summary>
    public Sampler Sampler { get; }
}
