using System.Diagnostics;
using Word2Vec.Words;

namespace Word2Vec.Training;

/// <summary>Turns spans into reports: how far, how fast, how long still. Speed is that of the device that trains now.</summary>
internal sealed class ProgressClock(EncodedCorpus corpus, TrainingOptions options, IProgress<TrainingProgress>? progress)
{
    private readonly LearningRateSchedule _schedule = new(options.LearningRate, options.Epochs, corpus.Length);
    private long? _begin;
    private long _deviceBegin;
    private double _deviceStart;

    public TimeSpan Elapsed => _begin is { } begin ? Stopwatch.GetElapsedTime(begin) : TimeSpan.Zero;

    /// <summary>A device begins to train, at the start or in the place of another.</summary>
    public void Start(TrainingCourse course)
    {
        _deviceBegin = Stopwatch.GetTimestamp();
        _deviceStart = Fraction(course);
        _begin ??= _deviceBegin;
    }

    public double Fraction(TrainingCourse course) => _schedule.Fraction(course.Epoch, course.Position);

    public float Rate(TrainingSpan span) => _schedule.At(span.Epoch, span.Start);

    public void Report(TrainingSpan span, TrainingLoss loss)
    {
        if (progress is null)
            return;
        TimeSpan elapsed = Stopwatch.GetElapsedTime(_deviceBegin);
        double fraction = _schedule.Fraction(span.Epoch, span.End), done = fraction - _deviceStart;
        progress.Report(new TrainingProgress(
            span.Epoch,
            fraction,
            done * options.Epochs * corpus.Counts.TextTokens / Math.Max(1e-9, elapsed.TotalSeconds),
            _schedule.At(span.Epoch, span.End),
            loss.Mean,
            Elapsed,
            elapsed * ((1 - fraction) / Math.Max(1e-9, done))));
    }
}
