using System.Text.Json;
using Word2Vec.Training;

namespace Word2Vec.CommandLine.Benchmarks;

/// <summary>What was measured on one device. Figures are medians of the rounds.</summary>
internal sealed class BenchmarkRow(TrainingDevice device)
{
    private readonly List<BenchmarkRound> _rounds = [];
    private Evaluations? _evaluations;

    public TrainingDevice Device => device;

    public string Backend => _rounds[^1].Summary.Backend;

    /// <summary>The training that came before the first round; null where it could not learn anything.</summary>
    public TrainingSummary? WarmUp { get; set; }

    public IReadOnlyList<BenchmarkRound> Rounds => _rounds;

    /// <summary>Words of the text a second.</summary>
    public double WordsPerSecond => Of(round => round.Summary.WordsPerSecond);

    public double LowestWordsPerSecond => _rounds.Min(round => round.Summary.WordsPerSecond);

    public double HighestWordsPerSecond => _rounds.Max(round => round.Summary.WordsPerSecond);

    public double ProcessorSeconds => Of(round => round.ProcessorSeconds);

    /// <summary>The mean loss of a pair in the last epoch.</summary>
    public double Loss => Points[^1].Loss;

    public double? Analogies => Points[^1].Analogies;

    public double? Spearman => Points[^1].Spearman;

    /// <summary>Seconds from asking for a backend to having it, when the process did it for the first time.</summary>
    public double? FirstSetUpSeconds => WarmUp?.SetUp.TotalSeconds;

    public double SetUpSeconds => Of(round => round.Summary.SetUp.TotalSeconds);

    public double ReadBackSeconds => Of(round => round.Summary.ReadBack.TotalSeconds);

    /// <summary>Seconds of compilation when the process did it for the first time; later rounds may find it done.</summary>
    public double? CompileSeconds => (WarmUp ?? _rounds[0].Summary).Costs?.Compile.TotalSeconds;

    public double? UploadSeconds => OfSome(round => round.Summary.Costs?.Upload.TotalSeconds);

    public double? KernelSeconds => OfSome(round => round.Summary.Costs?.Kernels.TotalSeconds);

    public double? BytesPerSecond => OfSome(round => round.BytesPerSecond);

    public double? OperationsPerSecond => OfSome(round => round.OperationsPerSecond);

    /// <summary>The vectors after the last epoch, or after each.</summary>
    public IReadOnlyList<QualityPoint> Points =>
        [.. _rounds.SelectMany(round => round.Points).GroupBy(point => point.Epoch).Select(epoch => QualityPoint.MedianOf([.. epoch]))];

    /// <summary>Joules of a round, by what took them; empty where no driver tells.</summary>
    public IReadOnlyDictionary<string, double> Joules => _rounds.SelectMany(round => round.Joules).GroupBy(pair => pair.Key)
        .Where(source => source.Count() == _rounds.Count).ToDictionary(source => source.Key, source => Median.Of(source.Select(pair => pair.Value)));

    /// <summary>How much faster than <paramref name="other"/> it was in the same round.</summary>
    public double RatioTo(BenchmarkRow other) =>
        Median.Of(_rounds.Zip(other._rounds, (mine, its) => mine.Summary.WordsPerSecond / its.Summary.WordsPerSecond));

    /// <summary>Adds a round with what its vectors answered.</summary>
    public void Add(BenchmarkRound round, Evaluations evaluations)
    {
        _rounds.Add(round);
        _evaluations = evaluations;
    }

    public void WriteJson(Utf8JsonWriter writer, BenchmarkRow first, PeakRates peaks)
    {
        writer.WriteStartObject();
        writer.WriteString("device", device.Id);
        writer.WriteString("description", device.Description);
        writer.WriteString("driver", device.Driver);
        writer.WriteString("backend", Backend);
        writer.WriteFinite("words-per-second", WordsPerSecond);
        writer.WriteFinite("lowest-words-per-second", LowestWordsPerSecond);
        writer.WriteFinite("highest-words-per-second", HighestWordsPerSecond);
        writer.WriteFinite("ratio-to-first", RatioTo(first));
        writer.WriteFinite("loss", Loss);
        writer.WriteFinite("processor-seconds", ProcessorSeconds);
        WriteCosts(writer, peaks);
        writer.WriteStartObject("joules");
        foreach ((string source, double joules) in Joules)
            writer.WriteNumber(source, joules);
        writer.WriteEndObject();
        writer.WriteStartArray("epochs");
        foreach (QualityPoint point in Points)
            point.WriteJson(writer);
        writer.WriteEndArray();
        _evaluations?.WriteJson(writer);
        writer.WriteStartArray("rounds");
        foreach (BenchmarkRound round in _rounds)
            round.WriteJson(writer);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private void WriteCosts(Utf8JsonWriter writer, PeakRates peaks)
    {
        Write("first-set-up-seconds", FirstSetUpSeconds);
        Write("set-up-seconds", SetUpSeconds);
        Write("read-back-seconds", ReadBackSeconds);
        Write("compile-seconds", CompileSeconds);
        Write("upload-seconds", UploadSeconds);
        Write("kernel-seconds", KernelSeconds);
        Write("bytes-per-second", BytesPerSecond);
        Write("operations-per-second", OperationsPerSecond);
        Write("peak-bytes-per-second", peaks.BytesPerSecond.TryGetValue(device.Id, out double bytes) ? bytes : null);
        Write("peak-operations-per-second", peaks.OperationsPerSecond.TryGetValue(device.Id, out double operations) ? operations : null);
        Write("share-of-roofline", peaks.ShareOfRoofline(this));

        void Write(string name, double? value) => writer.WriteFinite(name, value ?? double.NaN);
    }

    private double Of(Func<BenchmarkRound, double> value) => Median.Of(_rounds.Select(value));

    private double? OfSome(Func<BenchmarkRound, double?> value) => Median.OfSome(_rounds.Select(value));
}
