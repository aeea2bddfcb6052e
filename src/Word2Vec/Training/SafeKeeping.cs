namespace Word2Vec.Training;

/// <summary>What a training keeps against a failing device (a copy in memory) and against the end of its process (checkpoints).</summary>
internal sealed class SafeKeeping : IDisposable
{
    private readonly CheckpointSaver? _saver;
    private KeptWeights? _kept;

    public SafeKeeping(TrainingJob job, Checkpoints? checkpoints, TrainingFallback? fallback, ProgressClock clock)
    {
        _saver = checkpoints is null ? null : new CheckpointSaver(job, checkpoints, clock);
        Start = _saver?.Start ?? new TrainingCourse(job.Options.Epochs, job.Corpus.Length);
        _kept = fallback is null ? null : new KeptWeights(job, Start, fallback.Time);
    }

    /// <summary>From where the training goes on, or its beginning.</summary>
    public TrainingCourse Start { get; }

    /// <summary>Whether another device can go on.</summary>
    public bool CanRestore => _kept is not null;

    /// <summary>What a backend is told of <paramref name="cancellation"/>: nothing where its span is worth keeping.</summary>
    public CancellationToken ForBackend(CancellationToken cancellation) => _saver is null ? cancellation : CancellationToken.None;

    /// <summary>A device is ready to train, and has not changed the weights.</summary>
    public void BeforeTraining() => _kept?.KeepStart();

    /// <summary>The training has come to the end of a span.</summary>
    public void AfterSpan(ITrainingBackend backend, TrainingCourse course)
    {
        _kept?.KeepIfDue(backend, course);
        _saver?.SaveIfDue(backend, course);
    }

    /// <summary>Ends a cancelled training between two spans, with a last checkpoint.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public void StopIfCancelled(ITrainingBackend backend, TrainingCourse course, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
            _saver?.SaveNow(backend, course);
        cancellation.ThrowIfCancellationRequested();
    }

    /// <summary>Puts the copy back into the job's weights and gives its memory back; returns from where to go on.</summary>
    public TrainingCourse Restore()
    {
        TrainingCourse course = _kept!.Restore();
        _kept = null;
        return course;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _kept?.Dispose();
        _saver?.Dispose();
    }
}
