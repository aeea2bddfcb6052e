using System.Collections.Concurrent;

namespace Word2Vec.Training;

/// <summary>Writes checkpoints when they are due: copies the rows between two spans and lets a thread of its own write the copy.</summary>
internal sealed class CheckpointSaver : IDisposable
{
    private readonly TrainingJob _job;
    private readonly Checkpoints _options;
    private readonly CheckpointSlots _slots;
    private readonly ProgressClock _clock;
    private readonly CheckpointHeader _header;
    private readonly BlockingCollection<Task> _work = [];
    private Thread? _writer;
    private Weights? _copy;
    private Task<string>? _writing;
    private TrainingCourse _kept, _beingWritten;
    private long _since;
    private double _wordsThen;

    /// <summary>Looks for checkpoints, and reads the newest one where the training is to go on from it.</summary>
    public CheckpointSaver(TrainingJob job, Checkpoints options, ProgressClock clock)
    {
        (_job, _options, _slots, _clock) = (job, options, new CheckpointSlots(options.Path), clock);
        _header = CheckpointHeader.Of(job);
        Start = Begin();
        _kept = _beingWritten = Start.Copy();
        _since = options.Time.GetTimestamp();
        _wordsThen = Words(Start);
    }

    /// <summary>From where the training goes on, or its beginning.</summary>
    public TrainingCourse Start { get; }

    /// <summary>Writes a checkpoint where it is time to.</summary>
    /// <exception cref="Word2VecException">The device failed, or a row of its is not a number; nothing was written.</exception>
    public void SaveIfDue(ITrainingBackend backend, TrainingCourse course)
    {
        if (_writing is { IsCompleted: true })
            Finish();
        if (course.IsComplete || _writing is not null || !IsDue(course))
            return;
        Bring(backend, course);
        if (_options.InBackground)
        {
            _copy ??= _job.Weights.OfSameShape();
            _copy.CopyFrom(_job.Weights);
        }

        Write(backend, course, _options.InBackground ? _copy! : _job.Weights);
        if (!_options.InBackground)
            Finish();
    }

    /// <summary>Writes a checkpoint now and waits for it, unless the last one is as far.</summary>
    /// <exception cref="Word2VecException">The device failed, or a row of its is not a number; nothing was written.</exception>
    public void SaveNow(ITrainingBackend backend, TrainingCourse course)
    {
        Finish();
        if (_kept.IsAt(course))
            return;
        Bring(backend, course);
        Write(backend, course, _job.Weights);
        Finish();
    }

    /// <summary>Waits for what is being written.</summary>
    public void Dispose()
    {
        Finish();
        _copy?.Dispose();
        _copy = null;
        _work.CompleteAdding();
        _writer?.Join();
        _work.Dispose();
    }

    private TrainingCourse Begin()
    {
        if (!_options.Resume)
        {
            _slots.Look();
            return new TrainingCourse(_job.Options.Epochs, _job.Corpus.Length);
        }

        if (_slots.Read(_job, _header, _options.Warned) is not var (file, header, course))
        {
            _options.Resumed?.Invoke(null);
            return new TrainingCourse(_job.Options.Epochs, _job.Corpus.Length);
        }

        _clock.StartFrom(TimeSpan.FromTicks(header.ElapsedTicks));
        _options.Resumed?.Invoke(Describe(file, course));
        return course;
    }

    private bool IsDue(TrainingCourse course) => _options.EveryWords > 0
        ? Words(course) - _wordsThen >= _options.EveryWords
        : _options.Time.GetElapsedTime(_since) >= _options.EveryTime;

    private double Words(TrainingCourse course) => _clock.Fraction(course) * _job.Options.Epochs * _job.Corpus.Counts.TextTokens;

    private void Bring(ITrainingBackend backend, TrainingCourse course)
    {
        backend.ReadWeights();
        Finiteness.Check(_job, course);
    }

    private void Write(ITrainingBackend backend, TrainingCourse course, Weights rows)
    {
        (_since, _wordsThen, _beingWritten) = (_options.Time.GetTimestamp(), Words(course), course.Copy());
        CheckpointHeader header = _header;
        (header.Epoch, header.Position, header.ElapsedTicks) = (course.Epoch, course.Position, _clock.Elapsed.Ticks);
        header.SetBackend(backend.Description);
        TrainingLoss[] losses = [.. course.Losses];
        _writing = new Task<string>(() => _slots.Write(header, losses, rows));
        if (_writer is null)
        {
            _writer = new Thread(WriteWhatComes) { IsBackground = true, Name = "checkpoints" };
            _writer.Start();
        }

        _work.Add(_writing);
    }

    private void WriteWhatComes()
    {
        foreach (Task one in _work.GetConsumingEnumerable())
            one.RunSynchronously();
    }

    // What a background thread has to say is said here, on the training's thread.
    private void Finish()
    {
        if (_writing is null)
            return;
        try
        {
            string file = _writing.GetAwaiter().GetResult();
            _kept = _beingWritten;
            _options.Saved?.Invoke(Describe(file, _kept));
        }
        catch (Word2VecException e) when (e.Kind == ErrorKind.Output)
        {
            _options.Warned?.Invoke($"No checkpoint at {100 * _clock.Fraction(_beingWritten):F1} %, the training goes on: {e.Message}");
        }
        finally
        {
            _writing = null;
        }
    }

    private Checkpoint Describe(string file, TrainingCourse course) => new(file, course.Epoch, course.Position, _clock.Fraction(course));
}
