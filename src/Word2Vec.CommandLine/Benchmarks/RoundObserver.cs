using Word2Vec.CommandLine.Energy;
using Word2Vec.Training;
using Word2Vec.Vectors;
using Word2Vec.Words;

namespace Word2Vec.CommandLine.Benchmarks;

/// <summary>
/// Measures a training from epoch to epoch: processor time and energy while it trains, and, while its clock stands still, the vectors.
/// </summary>
/// <param name="questions">Asked after each epoch but the last, whose vectors are there afterwards anyway; null: not asked.</param>
internal sealed class RoundObserver(WordIndex words, TrainingOptions options, Questions? questions, EnergyMeter meter) : IEpochObserver
{
    private readonly List<QualityPoint> _points = [];
    private TimeSpan _before;

    /// <summary>The vectors after each epoch that was asked for.</summary>
    public IReadOnlyList<QualityPoint> Points => _points;

    /// <summary>Processor time of the epochs, all cores together.</summary>
    public TimeSpan ProcessorTime { get; private set; }

    public void BeginEpoch(int epoch)
    {
        meter.Start();
        _before = Environment.CpuUsage.TotalTime;
    }

    public void EndEpoch(TrainedEpoch epoch)
    {
        ProcessorTime += Environment.CpuUsage.TotalTime - _before;
        meter.Stop();
        if (questions is null || epoch.Epoch == options.Epochs - 1)
            return;
        using WordVectors vectors = SkipGram.View(words, epoch.ReadWeights(), options.Subwords);
        _points.Add(QualityPoint.Of(epoch.Epoch + 1, epoch.Elapsed, epoch.Loss.Mean, questions.Ask(vectors)));
    }
}
