using System.Text.Json;
using Word2Vec.Training;

namespace Word2Vec.CommandLine.Benchmarks;

/// <summary>One timed training on one device.</summary>
/// <param name="ProcessorSeconds">Processor time of the epochs, all cores together.</param>
/// <param name="Joules">Energy of the epochs, by what took it.</param>
/// <param name="Points">The vectors after the epochs: after the last, or after each.</param>
internal sealed record BenchmarkRound(
    TrainingSummary Summary, double ProcessorSeconds, IReadOnlyDictionary<string, double> Joules, IReadOnlyList<QualityPoint> Points)
{
    /// <summary>Bytes of rows that the updates read and wrote, a second; null where they were not counted.</summary>
    public double? BytesPerSecond => Rate(Summary.Costs?.BytesMoved);

    /// <summary>Operations of the updates a second; null where they were not counted.</summary>
    public double? OperationsPerSecond => Rate(Summary.Costs?.FloatingPointOperations);

    public void WriteJson(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteFinite("words-per-second", Summary.WordsPerSecond);
        writer.WriteNumber("seconds", Summary.Elapsed.TotalSeconds);
        writer.WriteNumber("processor-seconds", ProcessorSeconds);
        writer.WriteNumber("set-up-seconds", Summary.SetUp.TotalSeconds);
        writer.WriteNumber("read-back-seconds", Summary.ReadBack.TotalSeconds);
        WriteCosts(writer);
        writer.WriteStartObject("joules");
        foreach ((string source, double joules) in Joules)
            writer.WriteNumber(source, joules);
        writer.WriteEndObject();
        TrainingRecord.WriteLosses(writer, Summary);
        writer.WriteStartArray("epochs");
        foreach (QualityPoint point in Points)
            point.WriteJson(writer);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private void WriteCosts(Utf8JsonWriter writer)
    {
        if (Summary.Costs is not { } costs)
        {
            writer.WriteNull("costs");
            return;
        }

        writer.WriteStartObject("costs");
        writer.WriteNumber("compile-seconds", costs.Compile.TotalSeconds);
        writer.WriteNumber("upload-seconds", costs.Upload.TotalSeconds);
        writer.WriteNumber("kernel-seconds", costs.Kernels.TotalSeconds);
        writer.WriteNumber("bytes-moved", costs.BytesMoved);
        writer.WriteNumber("floating-point-operations", costs.FloatingPointOperations);
        writer.WriteEndObject();
    }

    private double? Rate(long? count) =>
        count > 0 && Summary.Costs!.Kernels > TimeSpan.Zero ? count.Value / Summary.Costs.Kernels.TotalSeconds : null;
}
