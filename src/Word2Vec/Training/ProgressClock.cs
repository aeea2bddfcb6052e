using System.Diagnostics;
using Word2Vec.Words;

namespace Word2Vec.Training;

/// <summary>Turns spans into reports: how far, how fast, how long still.</summary>
internal sealed class ProgressClock(EncodedCorpus corpus, TrainingOptions options, IProgress<TrainingProgress>? progress)
{
    private readonly Stopwatch _watch = new();
    private readonly LearningRateSchedule _schedule = new(options.LearningRate, options.Epochs, corpus.Length);

    public TimeSpan Elapsed => _watch.Elapsed;

    /// <summary>Goes on, until <see cref="Stop"/>.</summary>
    public void Start() => _watch.Start();

    public void Stop() => _watch.Stop();

    public float Rate(TrainingSpan span) => _schedule.At(span.Epoch, span.Start);

    public void Report(TrainingSpan span, TrainingLoss loss)
    {
        if (progress is null)
            return;
        TimeSpan elapsed = Elapsed;
        double fraction = _schedule.Fraction(span.Epoch, span.End);
        progress.Report(new TrainingProgress(
            span.Epoch,
            fraction,
            fraction * options.Epochs * corpus.Counts.TextTokens / Math.Max(1e-9, elapsed.TotalSeconds),
            _schedule.At(span.Epoch, span.End),
            loss.Mean,
            elapsed,
            elapsed * ((1 - fraction) / Math.Max(1e-9, fraction))));
    }
}
