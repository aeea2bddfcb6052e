using System.Runtime.InteropServices;
using Word2Vec.Tests.Shared;
using Word2Vec.Training;
using Word2Vec.Words;

namespace Word2Vec.Tests.Training;

/// <summary>A small training that can be interrupted at every span, with a folder for its checkpoints that is deleted afterwards.</summary>
internal sealed class CheckpointCase : IDisposable
{
    public const int Words = 40;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("word2vec-checkpoint-");

    public CheckpointCase() => At = new Checkpoints(PathOf("v.bin")) { Warned = Warnings.Add, Resumed = Resumed.Add, Saved = Saved.Add };

    public static TrainingOptions Options { get; } = new() { VectorSize = 10, Epochs = 3, SubsamplingThreshold = 0, LearningRate = 0.05, Threads = 1 };

    public EncodedCorpus Corpus { get; init; } = TrainingCase.Corpus(tokens: 3000, words: Words, longest: 12);

    public List<string> Warnings { get; } = [];

    public List<Checkpoint?> Resumed { get; } = [];

    public List<Checkpoint> Saved { get; } = [];

    public Checkpoints At { get; set; }

    public string[] Files => [.. _folder.GetFileSystemInfos().Select(file => file.Name).Order()];

    public string PathOf(string name) => Path.Combine(_folder.FullName, name);

    public string Slot(int number) => PathOf($"v.bin.checkpoint-{number}");

    /// <summary>Trains; returns all rows and losses.</summary>
    public (byte[] Rows, TrainingSummary Summary) Train(
        TrainingDevice device, Checkpoints? checkpoints, TrainingOptions? options = null, TrainingFallback? fallback = null, CancellationToken cancellation = default)
    {
        options ??= Options;
        using var weights = new Weights(Words, options);
        weights.Initialize(options.Seed);
        TrainingSummary summary = Trainer.Train(Corpus, options, weights, device, null, null, fallback, checkpoints, cancellation);
        List<byte> rows = [];
        for (int row = 0; row < weights.InputRows; row++)
            rows.AddRange(MemoryMarshal.AsBytes(weights.InputRow(row)));
        for (int row = 0; row < weights.OutputRows; row++)
            rows.AddRange(MemoryMarshal.AsBytes(weights.OutputRow(row)));
        return ([.. rows], summary);
    }

    /// <summary>Trains until <paramref name="device"/> has begun span <paramref name="span"/>, counted from 1, and stops there as a signal would.</summary>
    public void Interrupt(TrainingDevice device, int span, TrainingOptions? options = null)
    {
        using var source = new CancellationTokenSource();
        var stepping = new SteppingDevice(device) { BeforeSpan = begun => Cancel(source, begun == span) };
        Assert.Throws<OperationCanceledException>(() => Train(stepping, At with { Resume = true }, options, cancellation: source.Token));
        Assert.Empty(Warnings);
    }

    public void Dispose()
    {
        Corpus.Dispose();
        _folder.Delete(recursive: true);
    }

    private static void Cancel(CancellationTokenSource source, bool now)
    {
        if (now)
            source.Cancel();
    }
}

/// <summary>A device with short spans.</summary>
internal sealed class SteppingDevice(TrainingDevice inner) : TrainingDevice
{
    public const int SpanLength = 500;

    /// <summary>Runs before each span with its number, from 1.</summary>
    public Action<int> BeforeSpan { get; init; } = _ => { };

    public override string Id => inner.Id;

    public override string Description => inner.Description;

    public override bool CanTrain(TrainingOptions options) => inner.CanTrain(options);

    public override ITrainingBackend CreateBackend(TrainingJob job) => new Backend(inner.CreateBackend(job), BeforeSpan);

    private sealed class Backend(ITrainingBackend inner, Action<int> beforeSpan) : ITrainingBackend
    {
        private int _spans;

        public string Description => inner.Description;

        public int PreferredSpan => SpanLength;

        public TrainingLoss Train(TrainingSpan span, CancellationToken cancellation)
        {
            beforeSpan(++_spans);
            return inner.Train(span, cancellation);
        }

        public void ReadWeights() => inner.ReadWeights();

        public void Dispose() => inner.Dispose();
    }
}
