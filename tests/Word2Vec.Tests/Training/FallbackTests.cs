using Word2Vec.Tests.Shared;
using Word2Vec.Training;
using Word2Vec.Words;

namespace Word2Vec.Tests.Training;

/// <summary>
/// What goes on in a device's place trains the same windows as the device would have, so the bytes are those of a training that nothing
/// interrupted. The plain loop trains on both sides: one window at a time, the same whatever the spans are.
/// </summary>
public sealed class FallbackTests : IDisposable
{
    private const int Epochs = 3;

    private static readonly TrainingOptions Options =
        new() { VectorSize = 10, Tile = 1, Epochs = Epochs, SubsamplingThreshold = 0, LearningRate = 0.1 };

    private readonly EncodedCorpus _corpus = TrainingCase.Corpus(tokens: 500, words: 20, longest: 12);
    private readonly ManualTime _time = new();
    private readonly List<DeviceFailure> _told = [];

    public void Dispose() => _corpus.Dispose();

    private int SpansPerEpoch => Trainer.Spans(_corpus, 0, 0, FaultyDevice.SpanLength).Count();

    private (float[] Rows, TrainingSummary Summary) Train(
        TrainingDevice device, TrainingFallback? fallback, IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        using var weights = new Weights(20, Options.VectorSize);
        weights.Initialize(1);
        TrainingSummary summary = Trainer.Train(_corpus, Options, weights, device, progress, observer: null, fallback, checkpoints: null, cancellation);
        List<float> rows = [];
        for (int id = 0; id < weights.Rows; id++)
            rows.AddRange([.. weights.InputRow(id), .. weights.OutputRow(id)]);
        return ([.. rows], summary);
    }

    private TrainingFallback ToPlain => new(new PlainDevice(), _told.Add) { Time = _time };

    /// <summary>Trains with <paramref name="device"/> and the plain loop to fall back on, and expects what was never interrupted.</summary>
    private DeviceFailure AssertGoesOn(FaultyDevice device)
    {
        (float[] expected, TrainingSummary whole) = Train(new PlainDevice(), null);
        (float[] found, TrainingSummary summary) = Train(device, ToPlain);
        Assert.Equal(expected, found);
        Assert.Equal(whole.EpochLosses.Select(loss => loss.Pairs), summary.EpochLosses.Select(loss => loss.Pairs));
        Assert.All(whole.EpochLosses.Zip(summary.EpochLosses), pair => Assert.Equal(pair.First.Sum, pair.Second.Sum, 1e-6));
        Assert.Equal(summary.Failure, Assert.Single(_told));
        Assert.Equal("faulty:0", summary.Failure!.Device);
        Assert.Equal(whole.Backend, summary.Backend);
        return summary.Failure;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(12)]
    public void Where_a_copy_is_due_after_every_span_it_goes_on_at_the_span_that_failed(int span)
    {
        DeviceFailure failure = AssertGoesOn(new FaultyDevice { FailsAtSpan = span, BeforeSpan = () => _time.Pass(31) });
        TrainingSpan failed = Trainer.Spans(_corpus, 0, 0, FaultyDevice.SpanLength).ElementAt((span - 1) % SpansPerEpoch);
        Assert.Equal(((span - 1) / SpansPerEpoch, failed.Start), (failure.Epoch, failure.Position));
        Assert.Equal((failure.Epoch + failed.Start / (double)_corpus.Length) / Epochs, failure.Fraction, 1e-12);
        Assert.Equal("The device faulty:0 failed: out of memory.", failure.Reason);
    }

    [Fact]
    public void Where_time_is_short_it_goes_on_at_the_start_of_the_epoch()
    {
        DeviceFailure failure = AssertGoesOn(new FaultyDevice { FailsAtSpan = SpansPerEpoch + 3, BeforeSpan = () => _time.Pass(1) });
        Assert.Equal((1, 0L), (failure.Epoch, failure.Position));
    }

    [Fact]
    public void A_device_that_fails_half_way_through_a_copy_leaves_the_copy_before()
    {
        DeviceFailure failure = AssertGoesOn(new FaultyDevice { FailsAtRead = 2 });
        Assert.Equal((1, 0L), (failure.Epoch, failure.Position));
    }

    [Fact]
    public void A_device_that_fails_half_way_through_the_first_copy_leaves_the_weights_of_the_start()
    {
        DeviceFailure failure = AssertGoesOn(new FaultyDevice { FailsAtRead = 1 });
        Assert.Equal((0, 0L, 0.0), (failure.Epoch, failure.Position, failure.Fraction));
    }

    [Fact]
    public void A_device_that_fails_with_its_last_word_loses_no_more_than_the_last_epoch()
    {
        DeviceFailure failure = AssertGoesOn(new FaultyDevice { FailsAtRead = Epochs });
        Assert.Equal((Epochs - 1, 0L), (failure.Epoch, failure.Position));
    }

    [Fact]
    public void A_device_that_cannot_begin_is_replaced_at_once()
    {
        DeviceFailure failure = AssertGoesOn(
            new FaultyDevice { FailsAtCreation = true, Failure = () => new Word2VecException(ErrorKind.Device, "It computes wrong vectors.") });
        Assert.Equal((0.0, "It computes wrong vectors."), (failure.Fraction, failure.Reason));
    }

    [Fact]
    public void Losses_that_are_no_numbers_are_the_devices_failure_while_another_can_go_on()
    {
        DeviceFailure failure = AssertGoesOn(new FaultyDevice { LossIsNoNumberAtSpan = 8 });
        Assert.Equal("The device faulty:0 failed: its vectors or their loss are no longer numbers.", failure.Reason);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(Epochs)]
    public void Rows_that_are_no_numbers_are_never_kept(int read) => AssertGoesOn(new FaultyDevice { RowIsNoNumberAtRead = read });

    [Fact]
    public void A_device_that_cannot_even_be_put_away_is_replaced_all_the_same() =>
        AssertGoesOn(new FaultyDevice { FailsAtSpan = 3, FailsAtDisposal = true });

    [Fact]
    public void A_device_that_only_fails_to_be_put_away_has_trained()
    {
        (float[] expected, _) = Train(new PlainDevice(), null);
        (float[] found, TrainingSummary summary) = Train(new FaultyDevice { FailsAtDisposal = true }, ToPlain);
        Assert.Equal(expected, found);
        Assert.Null(summary.Failure);
        Assert.Empty(_told);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Without_a_fallback_whatever_a_driver_throws_is_an_error_of_the_device_in_one_line(bool atCreation)
    {
        var device = new FaultyDevice { FailsAtCreation = atCreation, FailsAtSpan = 4 };
        var error = Assert.Throws<Word2VecException>(() => Train(device, null));
        Assert.Equal((ErrorKind.Device, "The device faulty:0 failed: out of memory."), (error.Kind, error.Message));
    }

    [Fact]
    public void What_a_driver_said_first_is_told_however_deep_it_lies()
    {
        var device = new FaultyDevice { FailsAtSpan = 1, Failure = () => new InvalidOperationException("The launch failed.", new ArithmeticException("lost device.")) };
        var error = Assert.Throws<Word2VecException>(() => Train(device, null));
        Assert.Equal("The device faulty:0 failed: lost device.", error.Message);
    }

    [Fact]
    public void A_fallback_that_fails_too_ends_the_training_with_its_error()
    {
        var second = new FaultyDevice { FailsAtSpan = 1, Failure = () => new Word2VecException(ErrorKind.Device, "The second.") };
        var error = Assert.Throws<Word2VecException>(() => Train(new FaultyDevice { FailsAtSpan = 2 }, new TrainingFallback(second)));
        Assert.Equal("The second.", error.Message);
    }

    [Fact]
    public void Cancelling_is_no_failure()
    {
        using var source = new CancellationTokenSource();
        var device = new FaultyDevice { BeforeSpan = source.Cancel };
        Assert.Throws<OperationCanceledException>(() => Train(device, ToPlain, cancellation: source.Token));
        Assert.Empty(_told);
    }

    [Fact]
    public void Progress_goes_back_to_where_it_goes_on_and_then_to_the_end()
    {
        var seen = new Recorder();
        Train(new FaultyDevice { FailsAtSpan = 2 * SpansPerEpoch }, new TrainingFallback(new FaultyDevice()), seen);
        int back = seen.Fractions.Zip(seen.Fractions.Skip(1)).Count(pair => pair.Second <= pair.First);
        Assert.Equal(1, back);
        Assert.Equal(1, seen.Fractions[^1], 1e-12);
    }

    [Fact]
    public void Copies_take_no_more_than_a_twentieth_of_the_time()
    {
        // An epoch takes as many seconds as it has spans, a copy takes one: the first epoch's is made, the second's would be the next too soon.
        var device = new FaultyDevice { BeforeSpan = () => _time.Pass(1), BeforeRead = () => _time.Pass(1) };
        Train(device, ToPlain);
        Assert.InRange(SpansPerEpoch, 3, 19);
        Assert.Equal(2, device.Reads);
    }

    [Fact]
    public void Without_a_fallback_the_weights_are_read_once()
    {
        var device = new FaultyDevice { BeforeSpan = () => _time.Pass(100) };
        Train(device, null);
        Assert.Equal((Epochs * SpansPerEpoch, 1), (device.Spans, device.Reads));
    }

    private sealed class ManualTime : TimeProvider
    {
        private long _seconds;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => _seconds;

        public void Pass(int seconds) => _seconds += seconds;
    }

    private sealed class Recorder : IProgress<TrainingProgress>
    {
        public List<double> Fractions { get; } = [];

        public void Report(TrainingProgress value) => Fractions.Add(value.Fraction);
    }
}
