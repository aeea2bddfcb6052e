using System.Runtime.InteropServices;
using Word2Vec.Tests.Shared;
using Word2Vec.Training;
using Word2Vec.Words;

namespace Word2Vec.Kernels.Tests;

/// <summary>
/// Input vectors that are to stay as they are, of words and of buckets: not a bit of them changes, and the others learn what they learn on the plain
/// backend beside them.
/// </summary>
public sealed class FrozenRowsTests
{
    private const string Emulated = "ilgpu-cpu", Words = "words";

    private static readonly Func<TrainingJob, ITrainingBackend> Plain = TrainingCase.FreezingThirds(new PlainDevice().CreateBackend);

    /// <summary>
    /// Tiles, windows of many inputs and windows of one, with sizes that are less, more and not a multiple of the lanes and the group. A tile of 0: the model
    /// has none.
    /// </summary>
    public static TheoryData<string, int, int, int, int> AwkwardSizes => new()
    {
        { Words, 1, 1, 1, 1 },
        { Words, 1, 15, 2, 7 },
        { Words, 1, 257, 5, 5 },
        { Words, 2, 1, 1, 1 },
        { Words, 5, 15, 2, 7 },
        { Words, 7, 70, 4, 3 },
        { Words, 16, 33, 7, 1 },
        { Words, 16, 128, 5, 5 },
        { Words, 20, 257, 3, 4 },
        { "cbow", 0, 1, 1, 1 },
        { "cbow", 0, 129, 5, 5 },
        { "cbow", 0, 33, 20, 20 },
        { "cbow subwords", 0, 7, 3, 5 },
        { "cbow subwords", 0, 257, 2, 2 },
        { "skip-gram subwords", 0, 1, 2, 7 },
        { "skip-gram subwords", 0, 129, 5, 5 },
        { "cbow hierarchical", 0, 33, 5, 5 },
        { "skip-gram hierarchical", 0, 1, 2, 1 },
        { "skip-gram hierarchical", 0, 100, 7, 1 },
        { "cbow subwords hierarchical", 0, 32, 5, 5 },
        { "skip-gram subwords hierarchical", 0, 65, 5, 5 },
    };

    public static TheoryData<string, int> EachKernel => new() { { Words, 4 }, { Words, 1 }, { "skip-gram hierarchical", 0 }, { "cbow subwords", 0 } };

    [GpuTheory]
    [OnDevice(Emulated, nameof(AwkwardSizes))]
    [OnDevice("cuda", nameof(AwkwardSizes))]
    [OnDevice("opencl", nameof(AwkwardSizes))]
    public void One_tile_or_window_in_flight_trains_as_the_plain_backend_does(string kind, string model, int tile, int size, int window, int negatives)
    {
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: kind == Emulated ? 40 : 300, words: 12, longest: 12);
        TrainingOptions options = Options(model, tile) with { VectorSize = size, Window = window, Negatives = negatives, SubsamplingThreshold = 0.05, LearningRate = 0.2 / negatives };
        Func<TrainingJob, ITrainingBackend> found = kind == Emulated
            ? job => GpuDevices.CreateEmulated(job, lanes: 2, rows: 1 + size % 2, shuffles: true, windows: 1)
            : DeviceChecks.First(kind).CreateBackend;
        TrainingCase.AssertSame(corpus, options, Plain, TrainingCase.FreezingThirds(found), spanLength: 30, tolerance: 1e-4f);
    }

    [GpuTheory]
    [MemberData(nameof(EachKernel))]
    public void Sums_through_memory_leave_them_alone_too(string model, int tile)
    {
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 40, words: 12, longest: 12);
        TrainingCase.AssertSame(corpus, Options(model, tile) with { VectorSize = 19 }, Plain,
            TrainingCase.FreezingThirds(job => GpuDevices.CreateEmulated(job, lanes: 2, rows: 2, shuffles: false, windows: 1)));
    }

    [GpuTheory]
    [OnDevice(Emulated, nameof(EachKernel))]
    [OnDevice("cuda", nameof(EachKernel))]
    [OnDevice("opencl", nameof(EachKernel))]
    public void Many_in_flight_change_all_rows_but_the_frozen_ones(string kind, string model, int tile)
    {
        bool emulated = kind == Emulated;
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: emulated ? 6500 : DeviceChecks.ManyTokens(kind), words: 100, longest: 30);
        TrainingOptions options = Options(model, tile) with { VectorSize = emulated ? 3 : 100, Window = 1, Negatives = 1, SubsamplingThreshold = 0 };
        byte[][] before = [];
        (Weights weights, _) = TrainingCase.Train(corpus, options, TrainingCase.FreezingThirds(job =>
        {
            before = [.. Enumerable.Range(0, job.Weights.InputRows).Select(row => Bytes(job.Weights, row))];
            return emulated ? GpuDevices.CreateEmulated(job, lanes: 2, rows: 1, shuffles: true, windows: 3 * Math.Max(1, tile)) : DeviceChecks.First(kind).CreateBackend(job);
        }));
        using (weights)
        {
            for (int row = 0; row < weights.InputRows; row++)
                Assert.Equal(weights.IsFrozen(row), Bytes(weights, row).SequenceEqual(before[row]));
        }
    }

    [GpuFact]
    public void The_trainer_gives_them_to_a_device_behind_a_driver()
    {
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 24, words: 9, longest: 9);
        TrainingOptions options = Options(Words, 4) with { VectorSize = 7, Epochs = 2 };
        using var weights = new Weights(9, options);
        weights.Initialize(1);
        weights.Freeze(0);
        byte[] frozen = Bytes(weights, 0), learning = Bytes(weights, 1);
        Trainer.Train(corpus, options, weights, DeviceChecks.First(Emulated));
        Assert.Equal(frozen, Bytes(weights, 0));
        Assert.NotEqual(learning, Bytes(weights, 1));
    }

    private static TrainingOptions Options(string model, int tile)
    {
        var options = new TrainingOptions { Epochs = 1, SubsamplingThreshold = 0.05, Window = 3, Negatives = 4, LearningRate = 0.05 };
        return model == Words ? options with { Tile = tile } : Models.Of(model, options);
    }

    private static byte[] Bytes(Weights weights, int row) => MemoryMarshal.AsBytes(weights.InputRow(row)).ToArray();
}
