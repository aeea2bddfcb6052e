using Word2Vec.Sampling;
using Word2Vec.Words;

namespace Word2Vec.Training;

/// <summary>What the pages that define the training have in common: one thread goes through the kept tokens, sentence by sentence.</summary>
internal abstract class PlainLoop : ITrainingBackend
{
    private readonly LearningRateSchedule _rate;
    private int _epoch;

    protected PlainLoop(TrainingJob job)
    {
        Job = job;
        _rate = new LearningRateSchedule(job.Options.LearningRate, job.Options.Epochs, job.Corpus.Length);
        Draws = job.Sampler.Epoch(0);
    }

    public string Description => "plain loop, 1 thread";

    public int PreferredSpan => SpanLength.For(Job.Options, 50_000, shortest: 64);

    protected TrainingJob Job { get; }

    /// <summary>The tokens of the sentence at hand that subsampling has left, with their positions.</summary>
    protected List<(int Word, long Position)> Kept { get; } = [];

    /// <summary>The draws of the epoch at hand.</summary>
    protected EpochDraws Draws { get; private set; }

    /// <summary>The loss of the span so far, summed over its pairs.</summary>
    protected double Loss { get; set; }

    /// <summary>The (center, context) pairs of the span so far.</summary>
    protected long Pairs { get; set; }

    public TrainingLoss Train(TrainingSpan span, CancellationToken cancellation)
    {
        if (span.Epoch != _epoch)
            (_epoch, Draws) = (span.Epoch, Job.Sampler.Epoch(span.Epoch));
        (Loss, Pairs) = (0, 0);
        ReadOnlySpan<int> ids = Job.Corpus.Ids(span.Start, checked((int)(span.End - span.Start)));
        for (int i = 0; i < ids.Length; i++)
        {
            if (ids[i] == EncodedCorpus.SentenceEnd)
            {
                TrainSentence();
                Kept.Clear();
            }
            else if (Draws.Keeps(ids[i], span.Start + i))
            {
                Kept.Add((ids[i], span.Start + i));
            }
        }

        return new TrainingLoss(Loss, Pairs);
    }

    public void ReadWeights()
    {
        // The rows that were trained are the job's own.
    }

    public void Dispose()
    {
        // Nothing is held.
    }

    /// <summary>Trains the sentence of the <see cref="Kept"/> tokens.</summary>
    protected abstract void TrainSentence();

    /// <summary>The learning rate at a position of the epoch at hand.</summary>
    protected float RateAt(long position) => _rate.At(_epoch, position);
}
