using Word2Vec.Tests.Shared;
using Word2Vec.Training;
using Word2Vec.Words;

namespace Word2Vec.Tests.Training;

/// <summary>A device may guard its own backends, in words of its own and with a driver that is put away behind them.</summary>
public sealed class DriverGuardTests
{
    [Fact]
    public void A_device_that_guards_itself_says_it_in_its_own_words()
    {
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 50, words: 5, longest: 9);
        using ITrainingBackend backend = DriverGuard.Create(new Guarded(failsAtDisposal: false, driver: null), Job(corpus, out Weights weights));
        var error = Assert.Throws<Word2VecException>(() => backend.Train(new TrainingSpan(0, 0, corpus.Length), CancellationToken.None));
        Assert.Equal((ErrorKind.Device, "The device guarded:0 failed: code OverflowException."), (error.Kind, error.Message));
        weights.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_driver_is_put_away_after_the_backend_even_where_that_fails(bool failsAtDisposal)
    {
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 50, words: 5, longest: 9);
        var driver = new Driver();
        DriverGuard.Create(new Guarded(failsAtDisposal, driver), Job(corpus, out Weights weights)).Dispose();
        Assert.Equal(1, driver.Disposals);
        weights.Dispose();
    }

    private static TrainingJob Job(EncodedCorpus corpus, out Weights weights)
    {
        var options = new TrainingOptions { VectorSize = 4 };
        return new TrainingJob(corpus, options, weights = new Weights(5, options.VectorSize));
    }

    private sealed class Guarded(bool failsAtDisposal, IDisposable? driver) : TrainingDevice
    {
        public override string Id => "guarded:0";

        public override string Description => "a device for tests";

        public override ITrainingBackend CreateBackend(TrainingJob job)
        {
            var device = new FaultyDevice { FailsAtSpan = 1, FailsAtDisposal = failsAtDisposal, Failure = () => new OverflowException() };
            return new DriverGuard(Id, device.CreateBackend(job), driver, error => $"code {error.GetType().Name}");
        }
    }

    private sealed class Driver : IDisposable
    {
        public int Disposals { get; private set; }

        public void Dispose() => Disposals++;
    }
}
