using System.Diagnostics;
using Word2Vec.Words;

namespace Word2Vec.Training;

/// <summary>Turns spans into reports: how far, how fast, how long still. Speed is that of the device that trains now.</summary>
internal sealed class ProgressClock(EncodedCorpus corpus, TrainingOptions options, IProgress<TrainingProgress>? progress)
{
    private readonly Stopwatch _watch = new();
    private readonly LearningRateSchedule _schedule = new(options.LearningRate, options.Epochs, corpus.Length);
    private TimeSpan _before, _deviceBegin;
    private double _deviceStart;

    /// <summary>Time of training so far, with what was trained before a checkpoint.</summary>
    public TimeSpan Elapsed => _before + _watch.Elapsed;

    /// <summary>Starts from <paramref name="elapsed"/>, which the training took up to a checkpoint.</summary>
    public void StartFrom(TimeSpan elapsed) => _before = elapsed;

    /// <summary>A device begins to train, at the start or in the place of another.</summary>
    public void Begin(TrainingCourse course)
    {
        _deviceBegin = Elapsed;
        _deviceStart = Fraction(course);
    }

    /// <summary>Goes on, until <see cref="Stop"/>.</summary>
    public void Start() => _watch.Start();

    public void Stop() => _watch.Stop();

    public double Fraction(TrainingCourse course) => _schedule.Fraction(course.Epoch, course.Position);

    public void Report(TrainingSpan span, TrainingLoss loss)
    {
        if (progress is null)
            return;
        TimeSpan elapsed = Elapsed - _deviceBegin;
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
