namespace Word2Vec.Training;

/// <summary>
/// A backend of a device with a driver, which throws what it likes: everything unexpected becomes the device's failure. What the CPU's own
/// backends throw unexpectedly is an error of this library and stays as it is.
/// </summary>
/// <param name="id">What <c>--device</c> calls the device.</param>
/// <param name="driver">Released after the backend; null: nothing is.</param>
/// <param name="words">What an exception of the driver says, for people; null: its message.</param>
internal sealed class DriverGuard(string id, ITrainingBackend backend, IDisposable? driver = null, Func<Exception, string>? words = null) : ITrainingBackend
{
    public string Description => backend.Description;

    public int PreferredSpan => backend.PreferredSpan;

    public BackendCosts? Costs => backend.Costs;

    /// <summary>Makes a backend of <paramref name="device"/>.</summary>
    public static ITrainingBackend Create(TrainingDevice device, TrainingJob job)
    {
        if (!device.CanTrain(job.Options))
            throw new Word2VecException(ErrorKind.Usage, $"The device {device.Id} cannot train {job.Options.ModelName}; the CPU can: --device cpu.");
        if (job.Weights.HasFrozen && !device.KeepsFrozen)
            throw new Word2VecException(ErrorKind.Usage, $"The device {device.Id} cannot keep frozen vectors as they are; the CPU can. Train there, or freeze none.");
        if (device is CpuDevice or PlainDevice)
            return device.CreateBackend(job);
        ITrainingBackend made = Run(device.Id, () => device.CreateBackend(job));
        return made as DriverGuard ?? new DriverGuard(device.Id, made);
    }

    /// <summary>Runs <paramref name="action"/> for the device <paramref name="id"/>.</summary>
    /// <exception cref="Word2VecException">The action threw something: what the innermost exception says, in one line.</exception>
    public static T Run<T>(string id, Func<T> action, Func<Exception, string>? words = null)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (e is not (Word2VecException or OperationCanceledException))
        {
            Exception innermost = e.GetBaseException();
            string said = (words?.Invoke(innermost) ?? innermost.Message).ReplaceLineEndings(" ").Trim().TrimEnd('.');
            throw new Word2VecException(ErrorKind.Device, $"The device {id} failed: {said}.", e);
        }
    }

    /// <summary>Disposes <paramref name="resource"/>, whatever the driver says to it.</summary>
    public static void Release(IDisposable? resource) => Try(() => resource?.Dispose());

    /// <summary>Runs what is part of putting a device away, whatever the driver says to it.</summary>
    public static void Try(Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // After a failure of the device every call fails, the freeing too, and the first error has said what happened. After none the weights
            // are home, and nobody can act on this one.
        }
    }

    public TrainingLoss Train(TrainingSpan span, CancellationToken cancellation) => Run(id, () => backend.Train(span, cancellation), words);

    public void ReadWeights() => Run(
        id,
        () =>
        {
            backend.ReadWeights();
            return true;
        },
        words);

    public void Dispose()
    {
        Release(backend);
        Release(driver);
    }
}
