namespace Word2Vec.Training;

/// <summary>What a training did.</summary>
/// <param name="EpochLosses">The loss of each epoch.</param>
/// <param name="Elapsed">Wall time of the epochs, without reading the text.</param>
/// <param name="TextTokens">Tokens of the text gone through, all epochs together.</param>
/// <param name="Backend">What trained, to the end.</param>
public sealed record TrainingSummary(IReadOnlyList<TrainingLoss> EpochLosses, TimeSpan Elapsed, long TextTokens, string Backend)
{
    /// <summary>The failure of the device that the training began on, where a <see cref="TrainingFallback"/> went on; null: none.</summary>
    public DeviceFailure? Failure { get; init; }

    /// <summary>Words of the text a second.</summary>
    public double WordsPerSecond => TextTokens / Math.Max(1e-9, Elapsed.TotalSeconds);
}
