namespace Word2Vec.Training;

/// <summary>
/// What goes on with a training whose device fails: out of memory, lost, a launch refused, or results that are not numbers. It costs a second
/// copy of the weights in the host's memory (<see cref="MemoryEstimate.Copy"/>).
/// </summary>
/// <remarks>
/// The copy is brought up to date after an epoch, and within one where the last is 30 seconds old; oftener than one twentieth of the time would
/// cost it is not. The training goes on from exactly there: which windows follow depends on the position alone, whatever trains them.
/// </remarks>
/// <param name="Device">Where to go on. If it fails too, the training ends with its error.</param>
/// <param name="Told">Told on the training's thread before the other device begins.</param>
public sealed record TrainingFallback(TrainingDevice Device, Action<DeviceFailure>? Told = null)
{
    /// <summary>The clock that says when a copy is due.</summary>
    internal TimeProvider Time { get; init; } = TimeProvider.System;
}
