using System.Text.Json;
using Word2Vec.Training;

namespace Word2Vec.CommandLine;

/// <summary>What was measured on one device.</summary>
internal sealed class BenchmarkRow(TrainingDevice device)
{
    private readonly List<TrainedVectors> _rounds = [];
    private Evaluations? _evaluations;

    public TrainingDevice Device => device;

    public string Backend => _rounds[^1].Summary.Backend;

    /// <summary>Words of the text a second: the median of the rounds.</summary>
    public double WordsPerSecond => Median(_rounds.Select(round => round.Summary.WordsPerSecond));

    /// <summary>Seconds of processor time, all cores together: the median of the rounds.</summary>
    public double ProcessorSeconds => Median(_rounds.Select(round => round.ProcessorTime.TotalSeconds));

    /// <summary>The mean loss of a pair in the last epoch.</summary>
    public double Loss => _rounds[^1].Summary.EpochLosses[^1].Mean;

    public double? Analogies => _evaluations?.AnalogyAccuracy;

    public double? Spearman => _evaluations?.Spearman;

    public void Add(TrainedVectors trained, Evaluations? evaluations)
    {
        _rounds.Add(trained);
        _evaluations = evaluations;
    }

    public void WriteJson(Utf8JsonWriter writer, double? ratio)
    {
        writer.WriteStartObject();
        writer.WriteString("device", device.Id);
        writer.WriteString("description", device.Description);
        writer.WriteString("driver", device.Driver);
        writer.WriteString("backend", Backend);
        writer.WriteFinite("words-per-second", WordsPerSecond);
        writer.WriteStartArray("rounds");
        foreach (TrainedVectors round in _rounds)
            WriteRound(writer, round);
        writer.WriteEndArray();
        writer.WriteFinite("ratio-to-cpu", ratio ?? double.NaN);
        writer.WriteFinite("loss", Loss);
        _evaluations?.WriteJson(writer);
        writer.WriteEndObject();
    }

    private static void WriteRound(Utf8JsonWriter writer, TrainedVectors round)
    {
        writer.WriteStartObject();
        writer.WriteFinite("words-per-second", round.Summary.WordsPerSecond);
        writer.WriteNumber("seconds", round.Summary.Elapsed.TotalSeconds);
        writer.WriteNumber("processor-seconds", round.ProcessorTime.TotalSeconds);
        TrainingRecord.WriteLosses(writer, round.Summary);
        writer.WriteEndObject();
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
