namespace Word2Vec.Training;

/// <summary>How far a training has come.</summary>
/// <param name="Epoch">The epoch, from 0.</param>
/// <param name="Fraction">The share of all epochs' work that is done, 0 … 1.</param>
/// <param name="WordsPerSecond">Words of the text a second, on the device that trains now.</param>
/// <param name="LearningRate">The rate now.</param>
/// <param name="Loss">The mean loss of a pair in this epoch so far, in nats.</param>
/// <param name="Elapsed">Time since the training began.</param>
/// <param name="Remaining">Time left at this speed.</param>
public readonly record struct TrainingProgress(
    int Epoch, double Fraction, double WordsPerSecond, double LearningRate, double Loss, TimeSpan Elapsed, TimeSpan Remaining);
