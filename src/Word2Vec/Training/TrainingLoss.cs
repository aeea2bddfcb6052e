namespace Word2Vec.Training;

/// <summary>A sum of losses, to be divided by the pairs it is over.</summary>
/// <param name="Sum">
/// The sum over predictions, in nats: −ln σ(v·u) − Σ ln σ(−v·n) with negative samples, −ln of the word's probability with hierarchical softmax.
/// </param>
/// <param name="Pairs">The number of predictions: of (center, context) pairs, and of windows with CBOW.</param>
public readonly record struct TrainingLoss(double Sum, long Pairs)
{
    /// <summary>The mean loss of a prediction, in nats; 0 when there was none.</summary>
    public double Mean => Pairs == 0 ? 0 : Sum / Pairs;

    /// <summary>Adds two sums.</summary>
    public static TrainingLoss operator +(TrainingLoss a, TrainingLoss b) => new(a.Sum + b.Sum, a.Pairs + b.Pairs);

    /// <summary>Adds two sums.</summary>
    public static TrainingLoss Add(TrainingLoss left, TrainingLoss right) => left + right;
}
