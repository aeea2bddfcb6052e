using System.Diagnostics;
using Word2Vec.Words;

namespace Word2Vec.Training;

/// <summary>Trains weights on an encoded corpus.</summary>
public static class Trainer
{
    /// <summary>Trains <paramref name="weights"/> on <paramref name="corpus"/> with a backend of <paramref name="device"/>.</summary>
    /// <param name="weights">The rows to start from (<see cref="Weights.Initialize"/> makes fresh ones) and to change.</param>
    /// <param name="progress">Told after each span, on the calling thread. It goes back to where a fallback goes on.</param>
    /// <param name="observer">Told before and after each epoch, on the calling thread, while the clock stands still.</param>
    /// <param name="fallback">Where the device fails, at the start or later: what goes on, and who is told. Null: a failure ends the training.</param>
    /// <param name="checkpoints">Where the training is kept on the disk, and whether it goes on from there. Null: it is not, and does not.</param>
    /// <exception cref="Word2VecException">
    /// The device failed, a value became infinite or not a number, no two words stood beside each other in a sentence, or a checkpoint to go on from
    /// is damaged or of another training.
    /// </exception>
    /// <exception cref="OperationCanceledException">The training was cancelled.</exception>
    public static TrainingSummary Train(
        EncodedCorpus corpus, TrainingOptions options, Weights weights, TrainingDevice device, IProgress<TrainingProgress>? progress = null,
        IEpochObserver? observer = null, TrainingFallback? fallback = null, Checkpoints? checkpoints = null, CancellationToken cancellation = default)
    {
        TrainingJob job = WordRepeats.LimitTile(new TrainingJob(corpus, options, weights));
        var clock = new ProgressClock(corpus, options, progress);
        using var keeping = new SafeKeeping(job, checkpoints, fallback, clock);
        TrainingCourse course = keeping.Start;
        DeviceFailure? failure = null;
        TrainingSummary summary;
        try
        {
            summary = TrainOn(device, job, course, keeping, clock, observer, cancellation);
        }
        catch (Word2VecException e) when (keeping.CanRestore && e.Kind is ErrorKind.Device or ErrorKind.Training)
        {
            clock.Stop();
            course = keeping.Restore();
            failure = new DeviceFailure(device.Id, Reason(device, e), course.Epoch, course.Position, clock.Fraction(course));
            fallback!.Told?.Invoke(failure);
            summary = TrainOn(fallback.Device, job, course, keeping, clock, observer, cancellation);
        }

        return summary with { Failure = failure };
    }

    /// <summary>Cuts an epoch, from <paramref name="start"/> on, into spans of about <paramref name="length"/> positions that start and end between sentences.</summary>
    internal static IEnumerable<TrainingSpan> Spans(EncodedCorpus corpus, int epoch, long start, int length)
    {
        while (start < corpus.Length)
        {
            long end = corpus.SentenceStart(start + length);
            yield return new TrainingSpan(epoch, start, end);
            start = end;
        }
    }

    /// <summary>Trains what is left of <paramref name="course"/>, and brings the weights home.</summary>
    private static TrainingSummary TrainOn(
        TrainingDevice device, TrainingJob job, TrainingCourse course, SafeKeeping keeping, ProgressClock clock, IEpochObserver? observer,
        CancellationToken cancellation)
    {
        long begin = Stopwatch.GetTimestamp();
        using ITrainingBackend backend = DriverGuard.Create(device, job);
        TimeSpan setUp = Stopwatch.GetElapsedTime(begin);
        keeping.BeforeTraining();
        clock.Begin(course);
        while (!course.IsComplete)
        {
            int epoch = course.Epoch;
            observer?.BeginEpoch(epoch);
            clock.Start();
            TrainEpoch(job, backend, course, keeping, clock, cancellation);
            clock.Stop();
            observer?.EndEpoch(new TrainedEpoch(epoch, course.Losses[epoch], clock.Elapsed, ReadWeights));
        }

        CheckLearned(course.Losses);
        begin = Stopwatch.GetTimestamp();
        backend.ReadWeights();
        TimeSpan readBack = Stopwatch.GetElapsedTime(begin);
        Finiteness.Check(job, course);
        long tokens = job.Corpus.Counts.TextTokens * job.Options.Epochs;
        return new TrainingSummary(course.Losses, clock.Elapsed, tokens, backend.Description) { SetUp = setUp, ReadBack = readBack, Costs = backend.Costs };

        Weights ReadWeights()
        {
            backend.ReadWeights();
            return job.Weights;
        }
    }

    /// <summary>Trains what is left of the epoch that <paramref name="course"/> has come to.</summary>
    private static void TrainEpoch(
        TrainingJob job, ITrainingBackend backend, TrainingCourse course, SafeKeeping keeping, ProgressClock clock, CancellationToken cancellation)
    {
        foreach (TrainingSpan span in Spans(job.Corpus, course.Epoch, course.Position, backend.PreferredSpan))
        {
            keeping.StopIfCancelled(backend, course, cancellation);
            CancellationToken early = keeping.ForBackend(cancellation);
            TrainingLoss loss = backend.Train(span, early);

            // A backend may leave a span half done when it is cancelled; that is no result.
            early.ThrowIfCancellationRequested();
            Finiteness.Check(loss, span, job, backend);
            clock.Report(span, course.Add(span, loss));
            job.Corpus.Release(span.Start, span.End);
            keeping.AfterSpan(backend, course);
            keeping.StopIfCancelled(backend, course, cancellation);
        }
    }

    private static string Reason(TrainingDevice device, Word2VecException failure) => failure.Kind == ErrorKind.Training
        ? $"The device {device.Id} failed: its vectors or their loss are no longer numbers."
        : failure.Message;

    /// <summary>One word a line, or next to nothing left after subsampling: the rows would be the random ones of the start.</summary>
    private static void CheckLearned(IReadOnlyList<TrainingLoss> losses)
    {
        if (losses.All(loss => loss.Pairs == 0))
            throw new Word2VecException(ErrorKind.Input,
                "Nothing could be learned: no two words of the corpus stood beside each other in a sentence. A line is a sentence; put "
                + "more words on one, give more text, or try --subsampling 0 or a lower --min-count.");
    }
}
