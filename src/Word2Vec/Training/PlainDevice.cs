namespace Word2Vec.Training;

/// <summary>The plain loop that defines the update: one thread, no vector units, the same bytes on every machine.</summary>
public sealed class PlainDevice : TrainingDevice
{
    /// <inheritdoc/>
    public override string Id => "plain";

    /// <inheritdoc/>
    public override string Description => "one thread, scalar arithmetic, the same bytes on every machine";

    /// <inheritdoc/>
    public override bool CanTrain(TrainingOptions options) => true;

    internal override bool KeepsFrozen => true;

    /// <inheritdoc/>
    public override ITrainingBackend CreateBackend(TrainingJob job) => job.Options.HasTiles ? new PlainBackend(job) : new PlainWindowBackend(job);
}
