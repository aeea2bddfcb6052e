using Word2Vec.Training;

namespace Word2Vec.Tests.Training;

/// <summary>A training that was interrupted and goes on ends with the bytes of one that was not.</summary>
public sealed class CheckpointTests : IDisposable
{
    private readonly CheckpointCase _case = new();

    private int Spans => 3 * Trainer.Spans(_case.Corpus, 0, 0, SteppingDevice.SpanLength).Count();

    public void Dispose() => _case.Dispose();

    private void AssertGoesOnAnywhere(TrainingDevice device, TrainingOptions options, TrainingOptions? later = null, TrainingDevice? laterDevice = null)
    {
        (byte[] expected, TrainingSummary whole) = _case.Train(new SteppingDevice(device), null, options);
        for (int span = 1; span <= Spans; span++)
        {
            _case.Interrupt(device, span, options);
            (byte[] found, TrainingSummary summary) =
                _case.Train(new SteppingDevice(laterDevice ?? device), _case.At with { Resume = true }, later ?? options);
            Assert.Equal(expected, found);
            Assert.Equal(whole.EpochLosses, summary.EpochLosses);
            Assert.Equal(_case.Saved[^1], _case.Resumed[^1]);
            _case.At.Remove();
        }

        Assert.Empty(_case.Warnings);
        Assert.Empty(_case.Files);
    }

    [Fact]
    public void With_one_thread_it_goes_on_exactly_from_every_span() => AssertGoesOnAnywhere(new CpuDevice(), CheckpointCase.Options);

    [Fact]
    public void Deterministic_it_goes_on_exactly_with_another_number_of_threads()
    {
        TrainingOptions options = CheckpointCase.Options with { Deterministic = true, Threads = 2 };
        AssertGoesOnAnywhere(new CpuDevice(), options, options with { Threads = 3 });
    }

    [Theory]
    [InlineData(TrainingArchitecture.Cbow, OutputLayer.NegativeSampling, true)]
    [InlineData(TrainingArchitecture.SkipGram, OutputLayer.HierarchicalSoftmax, false)]
    [InlineData(TrainingArchitecture.SkipGram, OutputLayer.NegativeSampling, true)]
    public void The_other_models_go_on_exactly(TrainingArchitecture architecture, OutputLayer layer, bool hasSubwords)
    {
        SubwordOptions? subwords = hasSubwords ? new SubwordOptions { Buckets = 50 } : null;
        AssertGoesOnAnywhere(new CpuDevice(), CheckpointCase.Options with { Architecture = architecture, OutputLayer = layer, Subwords = subwords });
    }

    [Fact]
    public void The_plain_loop_goes_on_exactly() => AssertGoesOnAnywhere(new PlainDevice(), CheckpointCase.Options);

    [Fact]
    public void A_device_with_rows_of_its_own_goes_on_and_so_does_another_one() =>
        AssertGoesOnAnywhere(new FaultyDevice(), CheckpointCase.Options, laterDevice: new PlainDevice());

    [Fact]
    public void It_can_be_interrupted_again_and_again()
    {
        (byte[] expected, _) = _case.Train(new SteppingDevice(new CpuDevice()), null);
        for (int i = 0; i < 5; i++)
            _case.Interrupt(new CpuDevice(), span: 3);
        Assert.Equal(expected, _case.Train(new SteppingDevice(new CpuDevice()), _case.At with { Resume = true }).Rows);
        Assert.Equal([null, .. _case.Saved], _case.Resumed);
        Assert.Equal(_case.Saved.Select(saved => saved.Fraction).Order(), _case.Saved.Select(saved => saved.Fraction));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_process_that_dies_goes_on_from_the_last_checkpoint_that_was_due(bool inBackground)
    {
        (byte[] expected, _) = _case.Train(new SteppingDevice(new CpuDevice()), null);
        Checkpoints often = _case.At with { EveryWords = 800, InBackground = inBackground };
        var dying = new SteppingDevice(new CpuDevice()) { BeforeSpan = span => Assert.True(span < 11, "dies") };
        Assert.ThrowsAny<Exception>(() => _case.Train(dying, often));

        // What is due while the last one is still being written waits.
        Assert.InRange(_case.Saved.Count, inBackground ? 1 : 5, 5);
        Assert.All(_case.Files, file => Assert.Contains("v.bin.checkpoint-", file, StringComparison.Ordinal));
        Assert.Equal(expected, _case.Train(new SteppingDevice(new CpuDevice()), often with { Resume = true }).Rows);
        Assert.Equal(_case.Saved.Find(saved => saved == _case.Resumed[^1]), _case.Resumed[^1]);
    }

    [Fact]
    public void Checkpoints_come_as_often_as_was_asked()
    {
        var time = new ManualTime();
        Checkpoints at = _case.At with { EveryTime = TimeSpan.FromSeconds(30), Time = time, InBackground = false };
        _case.Train(new SteppingDevice(new CpuDevice()) { BeforeSpan = _ => time.Seconds += 10 }, at);
        Assert.Equal((Spans - 1) / 3, _case.Saved.Count);
        Assert.Equal(["v.bin.checkpoint-1", "v.bin.checkpoint-2"], _case.Saved.Select(saved => Path.GetFileName(saved.Path)).Distinct().Order());
    }

    [Fact]
    public void The_time_of_a_training_goes_on_too()
    {
        _case.Interrupt(new CpuDevice(), span: 4);
        TimeSpan before = TimeSpan.FromTicks(CheckpointFile.ReadHeader(_case.Saved[^1].Path)!.Value.ElapsedTicks);
        Assert.True(before > TimeSpan.Zero);
        Assert.True(_case.Train(new CpuDevice(), _case.At with { Resume = true }).Summary.Elapsed > before);
    }

    [Fact]
    public void Without_a_checkpoint_it_starts_from_the_beginning_and_says_so()
    {
        (byte[] expected, _) = _case.Train(new CpuDevice(), null);
        Assert.Equal(expected, _case.Train(new CpuDevice(), _case.At with { Resume = true }).Rows);
        Assert.Equal([null], _case.Resumed);
    }

    [Fact]
    public void A_training_that_does_not_resume_leaves_the_newer_checkpoint_until_it_has_its_own()
    {
        _case.Interrupt(new CpuDevice(), span: 9);
        Checkpoint old = _case.Saved[^1];
        using var source = new CancellationTokenSource();
        var device = new SteppingDevice(new CpuDevice()) { BeforeSpan = _ => source.Cancel() };
        Assert.Throws<OperationCanceledException>(() => _case.Train(device, _case.At, cancellation: source.Token));
        Assert.NotEqual(old.Path, _case.Saved[^1].Path);
        Assert.True(File.Exists(old.Path));
        _case.Train(new CpuDevice(), _case.At with { Resume = true });
        Assert.Equal(_case.Saved[^1], _case.Resumed[^1]);
    }

    [Fact]
    public void A_training_that_was_interrupted_before_its_first_span_keeps_nothing()
    {
        Assert.Throws<OperationCanceledException>(() => _case.Train(new CpuDevice(), _case.At, cancellation: new CancellationToken(true)));
        Assert.Empty(_case.Files);
    }

    [Fact]
    public void A_checkpoint_that_cannot_be_written_is_a_warning_and_the_training_goes_on()
    {
        (byte[] expected, _) = _case.Train(new SteppingDevice(new CpuDevice()), null);
        Directory.CreateDirectory(Path.Combine(_case.Slot(1), "in the way"));
        Checkpoints often = _case.At with { EveryWords = 800, InBackground = false };
        Assert.Equal(expected, _case.Train(new SteppingDevice(new CpuDevice()), often).Rows);
        Assert.Empty(_case.Saved);
        Assert.All(_case.Warnings, warning => Assert.Matches(@"^No checkpoint at \d+\.\d %, the training goes on: Cannot write .*v\.bin\.checkpoint-1: .*\.$", warning));
        Assert.NotEmpty(_case.Warnings);
        Assert.Equal(["v.bin.checkpoint-1"], _case.Files);
    }

    [Fact]
    public void What_a_killed_process_left_is_removed_by_the_next_checkpoint()
    {
        string[] left = [_case.Slot(1) + ".abcdefgh.xyz.tmp", _case.Slot(2) + ".12345678.abc.tmp"];
        string other = _case.Slot(1) + ".my-own-file.tmp";
        foreach (string file in (string[])[.. left, other])
            File.WriteAllText(file, "half a checkpoint");
        using (new FileStream(left[0], FileMode.Open, FileAccess.ReadWrite, FileShare.Delete))
            _case.Interrupt(new CpuDevice(), span: 3);
        Assert.True(File.Exists(left[0]), "it was being written");
        _case.Train(new SteppingDevice(new CpuDevice()), _case.At with { EveryWords = 800, InBackground = false });
        Assert.Equal(["v.bin.checkpoint-1", "v.bin.checkpoint-1.my-own-file.tmp", "v.bin.checkpoint-2"], _case.Files);
        _case.At.Remove();
        Assert.Equal([other], _case.Files.Select(_case.PathOf));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Rows_that_are_no_numbers_are_never_kept(int whole)
    {
        var device = new FaultyDevice { RowIsNoNumberAtRead = 1 + whole };
        Checkpoints often = _case.At with { EveryWords = 1, InBackground = false };
        var error = Assert.Throws<Word2VecException>(() => _case.Train(device, often));
        Assert.Equal(ErrorKind.Training, error.Kind);
        Assert.Matches(@"the vector of 'w39' is no longer a number in epoch 1 before the corpus position \d+, at the learning rate 0\.0\d+\.", error.Message);
        Assert.Equal(whole, _case.Saved.Count);
        Assert.Equal(whole, _case.Files.Length);
    }

    [Fact]
    public void A_device_that_fails_leaves_the_last_checkpoint()
    {
        (byte[] expected, _) = _case.Train(new SteppingDevice(new PlainDevice()), null);
        Checkpoints often = _case.At with { EveryWords = 1, InBackground = false };
        var error = Assert.Throws<Word2VecException>(() => _case.Train(new SteppingDevice(new FaultyDevice { FailsAtSpan = 8 }), often));
        Assert.Equal(ErrorKind.Device, error.Kind);
        Assert.Equal(expected, _case.Train(new SteppingDevice(new PlainDevice()), often with { Resume = true }).Rows);
        Assert.Equal((7 / (Spans / 3), 7), (_case.Resumed[^1]!.Epoch, _case.Saved.IndexOf(_case.Resumed[^1]!) + 1));
    }

    [Fact]
    public void A_device_that_fails_after_it_went_on_falls_back_to_where_it_went_on()
    {
        (byte[] expected, _) = _case.Train(new SteppingDevice(new PlainDevice()), null);
        _case.Interrupt(new FaultyDevice(), span: 8);
        var fallback = new TrainingFallback(new SteppingDevice(new PlainDevice()));
        (byte[] found, TrainingSummary summary) = _case.Train(
            new SteppingDevice(new FaultyDevice { FailsAtSpan = 2 }), _case.At with { Resume = true }, fallback: fallback);
        Assert.Equal(expected, found);
        Assert.Equal(_case.Resumed[^1]!.Fraction, summary.Failure!.Fraction);
    }

    private sealed class ManualTime : TimeProvider
    {
        public long Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }
}
