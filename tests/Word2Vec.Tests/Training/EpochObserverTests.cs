using System.Diagnostics;
using Word2Vec.Tests.Shared;
using Word2Vec.Training;
using Word2Vec.Words;

namespace Word2Vec.Tests.Training;

public sealed class EpochObserverTests
{
    [Fact]
    public void An_observer_sees_each_epoch_and_the_rows_it_made()
    {
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 2000, words: 20, longest: 20);
        var options = new TrainingOptions { VectorSize = 4, Epochs = 3, Threads = 1 };
        using Weights watched = Fresh(options), alone = Fresh(options);
        var observer = new Watcher(read: true);
        TrainingSummary summary = Trainer.Train(corpus, options, watched, new PlainDevice(), observer: observer);
        Trainer.Train(corpus, options, alone, new PlainDevice());
        Assert.Equal("begin 0, end 0, begin 1, end 1, begin 2, end 2", string.Join(", ", observer.Calls));
        Assert.Equal(summary.EpochLosses, observer.Epochs.Select(epoch => epoch.Loss));
        Assert.Equal(summary.Elapsed, observer.Epochs[^1].Elapsed);
        Assert.Equal(3, observer.FirstRows.Distinct().Count());
        Assert.Equal(watched.InputRow(0)[0], observer.FirstRows[^1]);
        for (int word = 0; word < alone.Rows; word++)
            Assert.Equal(alone.InputRow(word), watched.InputRow(word));
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 4)]
    public void The_device_is_read_between_epochs_only_where_the_observer_asks(bool read, int expected)
    {
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 200, words: 20, longest: 20);
        var options = new TrainingOptions { VectorSize = 4, Epochs = 3, Threads = 1 };
        using Weights weights = Fresh(options);
        var device = new ReadCounter();
        Trainer.Train(corpus, options, weights, device, observer: new Watcher(read));
        Assert.Equal(expected, device.Reads);
    }

    [Fact]
    public void What_an_observer_does_is_not_training_time()
    {
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 200, words: 20, longest: 20);
        var options = new TrainingOptions { VectorSize = 4, Epochs = 2, Threads = 1 };
        using Weights weights = Fresh(options);
        var watch = Stopwatch.StartNew();
        TrainingSummary summary = Trainer.Train(corpus, options, weights, new ReadCounter(), observer: new Sleeper());

        // Whatever the machine does meanwhile: of the whole, the sleep is no part.
        Assert.True(watch.Elapsed - summary.Elapsed >= 4 * Sleeper.Pause);
    }

    private static Weights Fresh(TrainingOptions options)
    {
        var weights = new Weights(20, options.VectorSize);
        weights.Initialize(options.Seed);
        return weights;
    }

    private sealed class Watcher(bool read) : IEpochObserver
    {
        public List<string> Calls { get; } = [];

        public List<TrainedEpoch> Epochs { get; } = [];

        public List<float> FirstRows { get; } = [];

        public void BeginEpoch(int epoch) => Calls.Add($"begin {epoch}");

        public void EndEpoch(TrainedEpoch epoch)
        {
            Calls.Add($"end {epoch.Epoch}");
            Epochs.Add(epoch);
            if (read)
                FirstRows.Add(epoch.ReadWeights().InputRow(0)[0]);
        }
    }

    private sealed class Sleeper : IEpochObserver
    {
        // A sleep may end a little early.
        public static TimeSpan Pause { get; } = TimeSpan.FromMilliseconds(20);

        public void BeginEpoch(int epoch) => Thread.Sleep(Pause + TimeSpan.FromMilliseconds(5));

        public void EndEpoch(TrainedEpoch epoch) => Thread.Sleep(Pause + TimeSpan.FromMilliseconds(5));
    }

    private sealed class ReadCounter : TrainingDevice, ITrainingBackend
    {
        public int Reads { get; private set; }

        public override string Id => "counter";

        public override string Description => Id;

        public int PreferredSpan => int.MaxValue / 2;

        public override ITrainingBackend CreateBackend(TrainingJob job) => this;

        public TrainingLoss Train(TrainingSpan span, CancellationToken cancellation) => new(1, 1);

        public void ReadWeights() => Reads++;

        public void Dispose()
        {
        }
    }
}
