namespace Word2Vec.Training;

/// <summary>The processor with its vector units: every core trains, without locks.</summary>
public sealed class CpuDevice : TrainingDevice
{
    /// <inheritdoc/>
    public override string Id => "cpu";

    /// <inheritdoc/>
    public override string Description => $"{SimdBackend.Name(SimdBackend.Best)}, {Environment.ProcessorCount} processors";

    /// <inheritdoc/>
    public override ITrainingBackend CreateBackend(TrainingJob job) => SimdBackend.Create(job, SimdBackend.Best);
}

/// <summary>The plain loop that defines the update: one thread, no vector units, the same bytes on every machine.</summary>
public sealed class PlainDevice : TrainingDevice
{
    /// <inheritdoc/>
    public override string Id => "plain";

    /// <inheritdoc/>
    public override string Description => "one thread, scalar arithmetic, the same bytes on every machine";

    /// <inheritdoc/>
    public override ITrainingBackend CreateBackend(TrainingJob job) => new PlainBackend(job);
}
