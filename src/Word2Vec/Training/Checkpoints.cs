namespace Word2Vec.Training;

/// <summary>
/// Where and when a training keeps what it takes to go on with it, and whether it begins with what an earlier one kept. The last two checkpoints
/// lie beside each other as <c>PATH.checkpoint-1</c> and <c>PATH.checkpoint-2</c>; a failed write leaves both as they were and never ends the training.
/// </summary>
/// <remarks>
/// The training goes on exactly: with one thread, or <see cref="TrainingOptions.Deterministic"/>, its result is byte for byte that of one that was
/// never interrupted. Threads and device may be others than before, text and options may not. When it is cancelled, it writes a last checkpoint.
/// Nothing is deleted at the end: <see cref="Remove"/> does that when the result is safe.
/// </remarks>
/// <param name="Path">What the names of the files begin with: that of the vectors, as a rule.</param>
public sealed record Checkpoints(string Path)
{
    /// <summary>The time between two checkpoints. Default: 5 minutes.</summary>
    public TimeSpan EveryTime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The words of the text between two checkpoints; 0: <see cref="EveryTime"/> decides. Default: 0.</summary>
    public long EveryWords { get; init; }

    /// <summary>
    /// Whether to go on from the newest checkpoint that is whole; where there is none, the training starts from the beginning. Default: false, which
    /// leaves what is there until this training has one of its own.
    /// </summary>
    public bool Resume { get; init; }

    /// <summary>
    /// Whether the rows are copied, which takes their memory once more, and written while the training goes on; else it waits. Default: true.
    /// </summary>
    public bool InBackground { get; init; } = true;

    /// <summary>Told, where the training is to <see cref="Resume"/>, from which checkpoint it goes on; null: there is none.</summary>
    public Action<Checkpoint?>? Resumed { get; init; }

    /// <summary>Told after each checkpoint, on the training's thread.</summary>
    public Action<Checkpoint>? Saved { get; init; }

    /// <summary>Told, in one sentence, of a checkpoint that could not be written or is damaged; on the training's thread.</summary>
    public Action<string>? Warned { get; init; }

    /// <summary>The clock that says when one is due.</summary>
    internal TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Deletes all checkpoints of <see cref="Path"/>, and what a killed process left of one.</summary>
    public void Remove() => new CheckpointSlots(Path).Remove();
}

/// <summary>A checkpoint that was written or read.</summary>
/// <param name="Path">The file.</param>
/// <param name="Epoch">The epoch, from 0, in which the training goes on.</param>
/// <param name="Position">The position of the encoded corpus, from 0, at which it goes on in that epoch.</param>
/// <param name="Fraction">The share of all epochs' positions before that, 0 … 1.</param>
public sealed record Checkpoint(string Path, int Epoch, long Position, double Fraction);
