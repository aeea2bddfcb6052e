using Word2Vec.Tests.Shared;
using Word2Vec.Training;
using Word2Vec.Words;

namespace Word2Vec.Kernels.Tests;

/// <summary>
/// Skip-gram with negative sampling on real devices: CUDA, and OpenCL, which compiles the kernels from C and may emulate on the processor (PoCL).
/// </summary>
public sealed class DeviceTests
{
    /// <summary>Sizes that are less, more and not a multiple of the lanes and the group.</summary>
    public static TheoryData<int, int, int, int> AwkwardSizes => new()
    {
        { 1, 1, 1, 1 },
        { 1, 15, 2, 7 },
        { 1, 100, 5, 5 },
        { 1, 300, 20, 64 },
        { 2, 1, 1, 1 },
        { 5, 15, 2, 7 },
        { 16, 33, 7, 1 },
        { 16, 100, 5, 5 },
        { 16, 128, 5, 5 },
        { 20, 257, 3, 4 },
        { 4, 300, 20, 5 },
        { 7, 1024, 4, 10 },
    };

    /// <summary>Those that are no single windows.</summary>
    public static IEnumerable<object[]> AwkwardTiles => AwkwardSizes.Where(row => (int)row[0] > 1);

    public static TheoryData<int, int> TilesOfALongCorpus => new() { { 1, 90 }, { 3, 8 }, { 16, 100 } };

    public static TheoryData<int, int> TilesAndBlocks => new() { { 1, 300 }, { 16, 6000 } };

    public static TheoryData<int> Tiles => [1, 16];

    public static TheoryData<int> Tile16 => [16];

    /// <summary>So few kept tokens that one tile is in flight: every component is the plain backend's.</summary>
    [GpuTheory]
    [OnDevice("cuda", nameof(AwkwardSizes))]
    [OnDevice("opencl", nameof(AwkwardSizes))]
    public void One_tile_in_flight_trains_as_the_plain_backend_does(string kind, int tile, int size, int window, int negatives)
    {
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 300, words: 30, longest: 12);
        TrainingCase.AssertSame(
            corpus, Awkward(tile, size, window, negatives), new PlainDevice().CreateBackend, DeviceChecks.First(kind).CreateBackend, spanLength: 70, tolerance: 1e-4f);
    }

    /// <summary>Tiles on tensor cores: factors have 11 bits, so that a change is right to a thousandth, and what follows from it to a few.</summary>
    [GpuTheory]
    [OnDevice("cuda-tf32", nameof(AwkwardTiles))]
    public void One_tile_in_flight_on_tensor_cores_trains_nearly_as_the_plain_backend_does(string kind, int tile, int size, int window, int negatives)
    {
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 300, words: 30, longest: 12);
        TrainingCase.AssertSame(
            corpus, Awkward(tile, size, window, negatives), new PlainDevice().CreateBackend, DeviceChecks.First(kind).CreateBackend, spanLength: 70, tolerance: 3e-3f);
    }

    /// <summary>A card that adds vectors has both ways; older ones have this one.</summary>
    [GpuTheory]
    [OnDevice("cuda", nameof(AwkwardTiles))]
    [OnDevice("cuda-tf32", nameof(AwkwardTiles))]
    public void One_tile_in_flight_trains_so_too_where_each_float_is_added_by_itself(string kind, int tile, int size, int window, int negatives)
    {
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 300, words: 30, longest: 12);
        TrainingDevice device = GpuDevices.On(DeviceChecks.First(kind), new BackendTrial { AddsFloats = true });
        TrainingCase.AssertSame(
            corpus, Awkward(tile, size, window, negatives), new PlainDevice().CreateBackend, device.CreateBackend, spanLength: 70, tolerance: kind == "cuda" ? 1e-4f : 3e-3f);
    }

    private static TrainingOptions Awkward(int tile, int size, int window, int negatives) => new()
    {
        Tile = tile,
        VectorSize = size,
        Window = window,
        Negatives = negatives,
        SubsamplingThreshold = 0.05,
        Epochs = 2,
        LearningRate = 0.5 / negatives / Math.Sqrt(tile),
    };

    /// <summary>So many tokens that every thread has many runs to count and scan, thinned out until one tile is in flight.</summary>
    [GpuTheory]
    [OnDevice("cuda", nameof(TilesOfALongCorpus))]
    [OnDevice("opencl", nameof(TilesOfALongCorpus))]
    public void A_long_corpus_keeps_the_tokens_that_the_plain_backend_keeps(string kind, int tile, int size)
    {
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 300_000, words: 40, longest: 4000);
        var options = new TrainingOptions { Tile = tile, VectorSize = size, Epochs = 2, SubsamplingThreshold = 1e-7, LearningRate = 0.1 };
        TrainingCase.AssertSame(corpus, options, new PlainDevice().CreateBackend, DeviceChecks.First(kind).CreateBackend, tolerance: 1e-4f);
    }

    [GpuTheory]
    [OnDevice("cuda", nameof(Tiles))]
    [OnDevice("cuda-tf32", nameof(Tile16))]
    [OnDevice("opencl", nameof(Tiles))]
    public void Many_windows_in_flight_lose_no_addition(string kind, int tile) =>
        DeviceChecks.LosesNoAddition(kind, new TrainingOptions { Tile = tile, LearningRate = 0.0001 });

    [GpuTheory]
    [OnDevice("cuda", nameof(Tiles))]
    [OnDevice("cuda-tf32", nameof(Tile16))]
    [OnDevice("opencl", nameof(Tiles))]
    public void Many_windows_in_flight_learn_what_the_plain_backend_learns(string kind, int tile) =>
        DeviceChecks.LearnsAsPlain(kind, new TrainingOptions { Tile = tile, VectorSize = 96, Epochs = 3 }, within: 0.02);

    [GpuTheory]
    [OnDevice("cuda", nameof(Tiles))]
    [OnDevice("cuda-tf32", nameof(Tile16))]
    [OnDevice("opencl", nameof(Tiles))]
    public void A_row_that_is_not_a_number_shows_in_the_loss(string kind, int tile) =>
        DeviceChecks.NotANumberShows(kind, new TrainingOptions { Tile = tile });

    /// <summary>So strong a subsampling leaves one tile in flight: the kernels that read ids have most of the work, while the next ones travel.</summary>
    [GpuTheory]
    [OnDevice("cuda", nameof(TilesAndBlocks))]
    [OnDevice("opencl", nameof(TilesAndBlocks))]
    public void Ids_in_blocks_train_as_ids_that_lie_on_the_device_do(string kind, int tile, int block)
    {
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 60_000, words: 40, longest: 400);
        var options = new TrainingOptions { Tile = tile, VectorSize = 20, Epochs = 2, SubsamplingThreshold = 1e-6, LearningRate = 0.1 };
        int sent = 0;
        var trial = new BackendTrial { IdBlock = block, Told = taken => sent += taken.Step == SpanStep.IdsSent ? 1 : 0 };
        TrainingCase.AssertSame(corpus, options, DeviceChecks.First(kind).CreateBackend, GpuDevices.On(DeviceChecks.First(kind), trial).CreateBackend, block, tolerance: 1e-4f);
        Assert.InRange(sent, corpus.Length / (block + 400), 2 * corpus.Length / block + 2);
    }

    /// <summary>The device's own limit and one that it is said to have.</summary>
    [GpuTheory]
    [OnDevice("cuda")]
    [OnDevice("opencl")]
    public void Rows_that_are_too_large_for_one_piece_are_refused(string kind)
    {
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 300, words: 90, longest: 12);
        var options = new TrainingOptions { VectorSize = 100 };
        using var weights = new Weights(90, options.VectorSize);
        var job = new TrainingJob(corpus, options, weights);
        DeviceChecks.First(kind).CreateBackend(job).Dispose();
        var refusal = Assert.Throws<Word2VecException>(() => GpuDevices.On(DeviceChecks.First(kind), new BackendTrial { LargestPiece = 90 * 400 }).CreateBackend(job));
        Assert.Equal(ErrorKind.Device, refusal.Kind);
        Assert.Contains("(90 words × 100) do not fit in one piece on ", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("A --size of at most 96, a --min-count that leaves at most 80 words", refusal.Message, StringComparison.Ordinal);
    }
}
