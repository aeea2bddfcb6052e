namespace Word2Vec.Training;

/// <summary>A place to train on: what it is called, what it is, and how to make a backend that trains there.</summary>
public abstract class TrainingDevice
{
    /// <summary>What <c>--device</c> calls it: <c>cpu</c>, <c>plain</c>, <c>cuda:0</c>, <c>opencl:1</c>, <c>ilgpu-cpu:0</c>.</summary>
    public abstract string Id { get; }

    /// <summary>The maker's name of the device, and what matters for its speed.</summary>
    public abstract string Description { get; }

    /// <summary>Bytes of memory that the device has for rows and ids; 0 where it shares the host's.</summary>
    public virtual long MemoryBytes => 0;

    /// <summary>The driver's name and version; empty where there is none.</summary>
    public virtual string Driver => "";

    /// <summary>Whether it is a graphics card, which <c>auto</c> prefers.</summary>
    public virtual bool IsGpu => false;

    /// <summary>
    /// Whether it can train with <paramref name="options"/>. By default only skip-gram with negative sampling over whole words, the model that every
    /// device has.
    /// </summary>
    public virtual bool CanTrain(TrainingOptions options) => options.HasTiles;

    /// <summary>Whether its backends leave the rows that <see cref="Weights.IsFrozen"/> names as they are, bit for bit.</summary>
    internal virtual bool KeepsFrozen => false;

    /// <summary>Makes a backend for <paramref name="job"/>, whose weights stay as they are until it trains. The caller disposes it.</summary>
    /// <exception cref="Word2VecException">The device failed or lacks the memory.</exception>
    public abstract ITrainingBackend CreateBackend(TrainingJob job);
}
