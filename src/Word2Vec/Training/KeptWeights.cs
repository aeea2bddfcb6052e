namespace Word2Vec.Training;

/// <summary>
/// The last weights that came back whole from a device, and how far the training was then. A device writes into the job's own weights, so one that
/// fails in the middle of that leaves these as they were.
/// </summary>
/// <param name="start">How far the training is before the device has changed anything.</param>
internal sealed class KeptWeights(TrainingJob job, TrainingCourse start, TimeProvider time) : IDisposable
{
    // Copies take at most one part in so many of the time.
    private const int WorkForCopy = 20;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private Weights? _weights;
    private TrainingCourse _course = start.Copy();
    private long _since;
    private TimeSpan _cost;

    /// <summary>Allocates the copy and keeps the weights that the training starts from. Before this a device has not changed them.</summary>
    public void KeepStart()
    {
        _weights = job.Weights.OfSameShape();
        _weights.CopyFrom(job.Weights);
        _since = time.GetTimestamp();
    }

    /// <summary>Brings the copy up to date with the device, where it is time to.</summary>
    /// <exception cref="Word2VecException">The device failed, or a row of its is not a number; the copy is as it was.</exception>
    public void KeepIfDue(ITrainingBackend backend, TrainingCourse course)
    {
        TimeSpan wait = course.Position == 0 ? TimeSpan.Zero : Longest, earned = WorkForCopy * _cost;
        if (course.IsComplete || time.GetElapsedTime(_since) < (wait > earned ? wait : earned))
            return;
        long begin = time.GetTimestamp();
        backend.ReadWeights();
        Finiteness.Check(job, course);
        _weights!.CopyFrom(job.Weights);
        _course = course.Copy();
        _since = time.GetTimestamp();
        _cost = time.GetElapsedTime(begin, _since);
    }

    /// <summary>Puts the copy back into the job's weights and gives its memory back; returns from where to go on.</summary>
    public TrainingCourse Restore()
    {
        if (_weights is not null)
            job.Weights.CopyFrom(_weights);
        Dispose();
        return _course;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _weights?.Dispose();
        _weights = null;
    }
}
