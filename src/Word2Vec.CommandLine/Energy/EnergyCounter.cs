using Word2Vec.Training;

namespace Word2Vec.CommandLine.Energy;

/// <summary>A counter that a driver keeps of the energy that a part of the machine has taken.</summary>
internal abstract class EnergyCounter
{
    /// <summary>What its energy goes to: <c>processor</c> or <c>card</c>.</summary>
    public abstract string Source { get; }

    /// <summary>Joules at which the counter starts again at zero.</summary>
    public virtual double Range => double.PositiveInfinity;

    /// <summary>Joules since a moment in the past; null where it cannot be read.</summary>
    public abstract double? Joules();

    /// <summary>The counters of what works while <paramref name="device"/> trains: the processor's always, and the card's.</summary>
    public static IReadOnlyList<EnergyCounter> Of(TrainingDevice device) => [.. RaplCounter.Find(), .. NvmlCounter.Find(device.Id)];
}
