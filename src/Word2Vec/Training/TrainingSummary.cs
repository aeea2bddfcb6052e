namespace Word2Vec.Training;

/// <summary>What a training did.</summary>
/// <param name="EpochLosses">The loss of each epoch.</param>
/// <param name="Elapsed">Wall time of the epochs, without reading the text, <see cref="SetUp"/> and <see cref="ReadBack"/>.</param>
/// <param name="TextTokens">Tokens of the text gone through, all epochs together.</param>
/// <param name="Backend">What trained, to the end.</param>
public sealed record TrainingSummary(IReadOnlyList<TrainingLoss> EpochLosses, TimeSpan Elapsed, long TextTokens, string Backend)
{
    /// <summary>The failure of the device that the training began on, where a <see cref="TrainingFallback"/> went on; null: none.</summary>
    public DeviceFailure? Failure { get; init; }

    /// <summary>Wall time in which the backend was made: drivers, compilation, tables, rows and ids to the device.</summary>
    public TimeSpan SetUp { get; init; }

    /// <summary>Wall time in which the rows came home from the device after the last epoch.</summary>
    public TimeSpan ReadBack { get; init; }

    /// <summary>What the backend counted; null where it does not.</summary>
    public BackendCosts? Costs { get; init; }

    /// <summary>Words of the text a second.</summary>
    public double WordsPerSecond => TextTokens / Math.Max(1e-9, Elapsed.TotalSeconds);
}
