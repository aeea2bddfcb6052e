namespace Word2Vec.Training;

/// <summary>The processor with its vector units: every core trains, without locks.</summary>
public sealed class CpuDevice : TrainingDevice
{
    /// <inheritdoc/>
    public override string Id => "cpu";

    /// <inheritdoc/>
    public override string Description => $"{SimdBackend.Name(SimdBackend.Best)}, {Environment.ProcessorCount} processors";

    /// <inheritdoc/>
    public override bool CanTrain(TrainingOptions options) => true;

    internal override bool KeepsFrozen => true;

    /// <inheritdoc/>
    public override ITrainingBackend CreateBackend(TrainingJob job) =>
        !job.Options.HasTiles ? SimdWindowBackend.Create(job, SimdBackend.Best)
        : job.Options.Deterministic ? DeterministicBackend.Create(job, SimdBackend.Best)
        : SimdBackend.Create(job, SimdBackend.Best);
}
