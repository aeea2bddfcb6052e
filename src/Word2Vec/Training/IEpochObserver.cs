namespace Word2Vec.Training;

/// <summary>
/// Looks at a training between its epochs. The training's clock stands still meanwhile: what an observer does is not in
/// <see cref="TrainingSummary.Elapsed"/>.
/// </summary>
public interface IEpochObserver
{
    /// <summary>The next thing that happens is the training of <paramref name="epoch"/> (from 0).</summary>
    void BeginEpoch(int epoch);

    /// <summary>An epoch has been trained.</summary>
    void EndEpoch(TrainedEpoch epoch);
}

/// <summary>An epoch that has been trained.</summary>
/// <param name="Epoch">Which one, from 0.</param>
/// <param name="Loss">Its loss.</param>
/// <param name="Elapsed">Wall time of the epochs up to here.</param>
/// <param name="ReadWeights">
/// Brings the rows home from the device and returns them. They are the training's own: to be read, before <see cref="IEpochObserver.EndEpoch"/> returns.
/// </param>
public sealed record TrainedEpoch(int Epoch, TrainingLoss Loss, TimeSpan Elapsed, Func<Weights> ReadWeights);
