using Word2Vec.Sampling;
using Word2Vec.Words;

namespace Word2Vec.Training;

/// <summary>A place to train on: what it is called, what it is, and how to make a backend that trains there.</summary>
public abstract class TrainingDevice
{
    /// <summary>What <c>--device</c> calls it: <c>cpu</c>, <c>plain</c>, <c>cuda:0</c>, <c>opencl:1</c>, <c>ilgpu-cpu:0</c>.</summary>
    public abstract string Id { get; }

    /// <summary>The maker's name of the device, and what matters for its speed.</summary>
    public abstract string Description { get; }

    /// <summary>Bytes of memory that the device has for rows and ids; 0 where it shares the host's.</summary>
    public virtual long MemoryBytes => 0;

    /// <summary>The driver's name and version; empty where there is none.</summary>
    public virtual string Driver => "";

    /// <summary>Whether it is a graphics card, which <c>auto</c> prefers.</summary>
    public virtual bool IsGpu => false;

    /// <summary>Makes a backend for <paramref name="job"/>. The caller disposes it.</summary>
    /// <exception cref="Word2VecException">The device failed or lacks the memory.</exception>
    public abstract ITrainingBackend CreateBackend(TrainingJob job);
}

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
        Sampler = new Sampler(corpus.Vocabulary, options.SubsamplingThreshold, options.Window, options.Negatives, options.Seed);
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

/// <summary>The one seam between the trainer and the devices.</summary>
public interface ITrainingBackend : IDisposable
{
    /// <summary>What trains, for people: instruction set and threads, or the device and its launch shape.</summary>
    string Description { get; }

    /// <summary>How many positions of the corpus one call of <see cref="Train"/> should get.</summary>
    int PreferredSpan { get; }

    /// <summary>Trains on the windows whose centers lie in <paramref name="span"/>, which starts and ends between sentences.</summary>
    /// <param name="cancellation">When it is cancelled the backend may return early; the result is void then.</param>
    /// <returns>The loss of the windows trained, from the values before each window's change.</returns>
    TrainingLoss Train(TrainingSpan span, CancellationToken cancellation);

    /// <summary>Brings the job's weights up to date with the device.</summary>
    void ReadWeights();
}

/// <summary>A stretch of one epoch: positions <paramref name="Start"/> … <paramref name="End"/> − 1 of the encoded corpus, in whole sentences.</summary>
public readonly record struct TrainingSpan(int Epoch, long Start, long End);

/// <summary>A sum of losses, to be divided by the pairs it is over.</summary>
/// <param name="Sum">The sum over (center, context) pairs of −ln σ(v·u) − Σ ln σ(−v·n), in nats.</param>
/// <param name="Pairs">The number of (center, context) pairs.</param>
public readonly record struct TrainingLoss(double Sum, long Pairs)
{
    /// <summary>The mean loss of a pair, in nats; 0 when there was none.</summary>
    public double Mean => Pairs == 0 ? 0 : Sum / Pairs;

    /// <summary>Adds two sums.</summary>
    public static TrainingLoss operator +(TrainingLoss a, TrainingLoss b) => new(a.Sum + b.Sum, a.Pairs + b.Pairs);

    /// <summary>Adds two sums.</summary>
    public static TrainingLoss Add(TrainingLoss left, TrainingLoss right) => left + right;
}
