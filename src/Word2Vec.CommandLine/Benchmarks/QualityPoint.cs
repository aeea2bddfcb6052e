using System.Text.Json;

namespace Word2Vec.CommandLine.Benchmarks;

/// <summary>How good the vectors were after an epoch.</summary>
/// <param name="Epoch">The epoch, from 1, as people count.</param>
/// <param name="Seconds">Seconds of training up to here.</param>
/// <param name="Loss">The mean loss of a pair in the epoch, in nats.</param>
/// <param name="Analogies">The share of analogies answered correctly, 0 … 1; null: not asked.</param>
/// <param name="Spearman">The correlation with people's scores; null: not asked.</param>
internal sealed record QualityPoint(int Epoch, double Seconds, double Loss, double? Analogies, double? Spearman)
{
    public static QualityPoint Of(int epoch, TimeSpan elapsed, double loss, Evaluations evaluations) =>
        new(epoch, elapsed.TotalSeconds, loss, evaluations.AnalogyAccuracy, evaluations.Spearman);

    /// <summary>The medians of what several rounds found after the same epoch.</summary>
    public static QualityPoint MedianOf(IReadOnlyCollection<QualityPoint> rounds) => new(
        rounds.First().Epoch,
        Median.Of(rounds.Select(point => point.Seconds)),
        Median.Of(rounds.Select(point => point.Loss)),
        Median.OfSome(rounds.Select(point => point.Analogies)),
        Median.OfSome(rounds.Select(point => point.Spearman)));

    public void WriteJson(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteNumber("epoch", Epoch);
        writer.WriteFinite("seconds", Seconds);
        writer.WriteFinite("loss", Loss);
        writer.WriteFinite("analogies", Analogies ?? double.NaN);
        writer.WriteFinite("spearman", Spearman ?? double.NaN);
        writer.WriteEndObject();
    }
}
