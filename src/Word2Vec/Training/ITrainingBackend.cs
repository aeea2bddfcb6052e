namespace Word2Vec.Training;

/// <summary>The one seam between the trainer and the devices.</summary>
public interface ITrainingBackend : IDisposable
{
    /// <summary>What trains, for people: instruction set and threads, or the device and its launch shape.</summary>
    string Description { get; }

    /// <summary>How many positions of the corpus one call of <see cref="Train"/> should get.</summary>
    int PreferredSpan { get; }

    /// <summary>Trains on the windows whose centers lie in <paramref name="span"/>, which starts and ends between sentences.</summary>
    /// <param name="cancellation">When it is cancelled the backend may return early; the result is void then.</param>
    /// <remarks>It returns when the device has trained them: the trainer's clock is read after it.</remarks>
    /// <returns>The loss of the windows trained, from the values before each window's change.</returns>
    TrainingLoss Train(TrainingSpan span, CancellationToken cancellation);

    /// <summary>Brings the job's weights up to date with the device.</summary>
    void ReadWeights();

    /// <summary>What was spent so far, over all spans; null where the backend does not count.</summary>
    BackendCosts? Costs => null;
}
