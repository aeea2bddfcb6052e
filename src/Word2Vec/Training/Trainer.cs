using Word2Vec.Words;

namespace Word2Vec.Training;

/// <summary>Trains weights on an encoded corpus.</summary>
public static class Trainer
{
    /// <summary>Trains <paramref name="weights"/> on <paramref name="corpus"/> with a backend of <paramref name="device"/>.</summary>
    /// <param name="weights">The rows to start from (<see cref="Weights.Initialize"/> makes fresh ones) and to change.</param>
    /// <param name="progress">Told after each span, on the calling thread.</param>
    /// <exception cref="Word2VecException">
    /// The device failed, a value became infinite or not a number, or no two words stood beside each other in a sentence.
    /// </exception>
    /// <exception cref="OperationCanceledException">The training was cancelled.</exception>
    public static TrainingSummary Train(
        EncodedCorpus corpus, TrainingOptions options, Weights weights, TrainingDevice device,
        IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default) =>
        Train(corpus, options, weights, device, fallback: null, progress, cancellation);

    /// <summary>As the other <c>Train</c>; where the device fails, at the start or later, <paramref name="fallback"/> goes on.</summary>
    /// <param name="weights">The rows to start from (<see cref="Weights.Initialize"/> makes fresh ones) and to change.</param>
    /// <param name="fallback">What goes on, and who is told; null: a failure ends the training.</param>
    /// <param name="progress">Told after each span, on the calling thread. It goes back to where the fallback goes on.</param>
    /// <exception cref="Word2VecException">As above; of the fallback's own failure, where there is a fallback.</exception>
    /// <exception cref="OperationCanceledException">The training was cancelled.</exception>
    public static TrainingSummary Train(
        EncodedCorpus corpus, TrainingOptions options, Weights weights, TrainingDevice device, TrainingFallback? fallback,
        IProgress<TrainingProgress>? progress, CancellationToken cancellation = default)
    {
        var job = new TrainingJob(corpus, options, weights);
        var clock = new ProgressClock(corpus, options, progress);
        var course = new TrainingCourse(options.Epochs, corpus.Length);
        using KeptWeights? kept = fallback is null ? null : new KeptWeights(job, fallback.Time);
        DeviceFailure? failure = null;
        string backend;
        try
        {
            backend = TrainOn(device, job, course, kept, clock, cancellation);
        }
        catch (Word2VecException e) when (kept is not null && e.Kind is ErrorKind.Device or ErrorKind.Training)
        {
            course = kept.Restore();
            failure = new DeviceFailure(device.Id, Reason(device, e), course.Epoch, course.Position, clock.Fraction(course));
            fallback!.Told?.Invoke(failure);
            backend = TrainOn(fallback.Device, job, course, kept: null, clock, cancellation);
        }

        CheckLearned(course.Losses);
        return new TrainingSummary(course.Losses, clock.Elapsed, corpus.Counts.TextTokens * options.Epochs, backend) { Failure = failure };
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

    /// <summary>Trains what is left of <paramref name="course"/>, and brings the weights home; returns what trained.</summary>
    private static string TrainOn(
        TrainingDevice device, TrainingJob job, TrainingCourse course, KeptWeights? kept, ProgressClock clock, CancellationToken cancellation)
    {
        using ITrainingBackend backend = DriverGuard.Create(device, job);
        kept?.KeepStart();
        clock.Start(course);
        while (!course.IsComplete)
        {
            foreach (TrainingSpan span in Spans(job.Corpus, course.Epoch, course.Position, backend.PreferredSpan))
            {
                cancellation.ThrowIfCancellationRequested();
                TrainingLoss loss = backend.Train(span, cancellation);

                // A backend may leave a span half done when it is cancelled; that is no result.
                cancellation.ThrowIfCancellationRequested();
                Finiteness.Check(loss, span, clock.Rate(span));
                clock.Report(span, course.Add(span, loss));
                job.Corpus.Release(span.Start, span.End);
                kept?.KeepIfDue(backend, course);
            }
        }

        backend.ReadWeights();
        Finiteness.Check(job.Weights, job.Corpus.Vocabulary.Words);
        return backend.Description;
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
