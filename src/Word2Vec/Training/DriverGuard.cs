namespace Word2Vec.Training;

/// <summary>
/// A backend of a device with a driver, which throws what it likes: everything unexpected becomes the device's failure. What the CPU's own
/// backends throw unexpectedly is an error of this library and stays as it is.
/// </summary>
internal sealed class DriverGuard : ITrainingBackend
{
    private readonly TrainingDevice _device;
    private readonly ITrainingBackend _backend;

    private DriverGuard(TrainingDevice device, TrainingJob job)
    {
        _device = device;
        _backend = Guard(() => device.CreateBackend(job));
    }

    public string Description => _backend.Description;

    public int PreferredSpan => _backend.PreferredSpan;

    public BackendCosts? Costs => _backend.Costs;

    /// <summary>Makes a backend of <paramref name="device"/>.</summary>
    public static ITrainingBackend Create(TrainingDevice device, TrainingJob job) =>
        device is CpuDevice or PlainDevice ? device.CreateBackend(job) : new DriverGuard(device, job);

    public TrainingLoss Train(TrainingSpan span, CancellationToken cancellation) => Guard(() => _backend.Train(span, cancellation));

    public void ReadWeights() => Guard(() =>
    {
        _backend.ReadWeights();
        return true;
    });

    public void Dispose()
    {
        try
        {
            _backend.Dispose();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // After a failure of the device every call fails, the freeing too, and the first error has said what happened. After none the weights
            // are home, and nobody can act on this one.
        }
    }

    private T Guard<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (e is not (Word2VecException or OperationCanceledException))
        {
            string said = e.Message.ReplaceLineEndings(" ").Trim().TrimEnd('.');
            throw new Word2VecException(ErrorKind.Device, $"The device {_device.Id} failed: {said}.", e);
        }
    }
}
