using System.Diagnostics;
using Word2Vec.CommandLine.Energy;
using Word2Vec.Training;
using Word2Vec.Vectors;
using Word2Vec.Words;

namespace Word2Vec.CommandLine.Benchmarks;

/// <summary>
/// Trains the same vectors on several devices: each is warmed up first, then all take part in every round, in the opposite order in every second
/// one, so that what changes on the machine meanwhile (heat, other work) meets all alike.
/// </summary>
/// <param name="byEpoch">Whether the vectors are measured after every epoch or after the last alone.</param>
internal sealed class BenchmarkRun(Host host, TrainingRun training, EncodedCorpus corpus, TrainingOptions options, Questions questions, bool byEpoch)
{
    // A device may train ten thousand words a second or a hundred million.
    private const int LeastWarmUp = 1 << 12, MostWarmUp = 1 << 20;

    public IReadOnlyList<BenchmarkRow> Measure(IReadOnlyList<TrainingDevice> devices, int rounds)
    {
        List<BenchmarkRow> rows = [.. devices.Select(device => new BenchmarkRow(device))];
        foreach (BenchmarkRow row in rows)
            row.WarmUp = WarmUp(row.Device);
        for (int round = 0; round < rounds; round++)
        {
            foreach (BenchmarkRow row in round % 2 == 0 ? rows : Enumerable.Reverse(rows))
                Train(row);
        }

        return rows;
    }

    /// <summary>
    /// Trains on the first words, on more each time, until caches are full, clocks are up and the methods that matter are compiled for good; returns
    /// the first training, which paid for loading and compiling.
    /// </summary>
    private TrainingSummary? WarmUp(TrainingDevice device)
    {
        TrainingSummary? first = null;
        long begin = Stopwatch.GetTimestamp();
        try
        {
            for (long positions = LeastWarmUp; first is null || Stopwatch.GetElapsedTime(begin) < host.WarmUp; positions = Math.Min(4 * positions, MostWarmUp))
            {
                TrainingSummary summary = TrainBeginning(device, corpus.SentenceStart(Math.Min(corpus.Length, positions)));
                first ??= summary;
            }
        }
        catch (Word2VecException exception) when (exception.Kind == ErrorKind.Input)
        {
            // The first words may be single ones, of which nothing can be learned; whether that is true of all shows in the first round.
        }

        return first;
    }

    private TrainingSummary TrainBeginning(TrainingDevice device, long length)
    {
        int[] ids = corpus.Ids(0, checked((int)length)).ToArray();
        using var beginning = new EncodedCorpus(ids, corpus.Vocabulary, new CorpusCounts(length, length, 1, corpus.Vocabulary.Count));
        TrainedVectors trained = training.Train(beginning, options with { Epochs = 1 }, new DeviceChoice(device, "asked for"));
        trained.Vectors.Dispose();
        return trained.Summary;
    }

    private void Train(BenchmarkRow row)
    {
        using var meter = new EnergyMeter(host.EnergyCounters(row.Device));
        var observer = new RoundObserver(corpus.Vocabulary.Words, options, byEpoch ? questions : null, meter);
        TrainedVectors trained = training.Train(corpus, options, new DeviceChoice(row.Device, "asked for"), observer);
        using WordVectors vectors = trained.Vectors;
        Evaluations evaluations = questions.Ask(vectors);
        TrainingSummary summary = trained.Summary;
        var last = QualityPoint.Of(options.Epochs, summary.Elapsed, summary.EpochLosses[^1].Mean, evaluations);
        row.Add(new BenchmarkRound(summary, observer.ProcessorTime.TotalSeconds, meter.Joules, [.. observer.Points, last]), evaluations);
    }
}
