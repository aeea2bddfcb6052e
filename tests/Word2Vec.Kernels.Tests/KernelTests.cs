using Word2Vec.Tests.Shared;
using Word2Vec.Training;
using Word2Vec.Words;

namespace Word2Vec.Kernels.Tests;

/// <summary>
/// The kernels on ILGPU's CPU accelerator, one tile in flight, against the plain backend on the same draws. There each work item is a thread of
/// the operating system and each barrier and shuffle waits for all of them, so the corpora are tiny and the groups small.
/// </summary>
public sealed class KernelTests
{
    // High rates make the rows move far enough for a wrong change to show.
    private static readonly TrainingOptions Options = new() { Epochs = 1, LearningRate = 0.5, SubsamplingThreshold = 0.05, Window = 3, Negatives = 4, Tile = 1 };

    [GpuFact]
    public void Every_vector_size_from_1_to_257_trains_as_the_plain_backend_does()
    {
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 8, words: 5, longest: 5);
        for (int size = 1; size <= 257; size++)
            AssertSameAsPlain(corpus, Options with { VectorSize = size, Window = 2, Negatives = 2 }, rows: size % 2 == 0 ? 1 : 2);
    }

    [GpuTheory]
    [InlineData(1, 1)]
    [InlineData(2, 7)]
    [InlineData(7, 1)]
    [InlineData(20, 64)]
    public void Every_window_and_number_of_negatives_trains_as_the_plain_backend_does(int window, int negatives)
    {
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 14, words: 9, longest: 12);
        AssertSameAsPlain(corpus, Options with { VectorSize = 5, Window = window, Negatives = negatives, LearningRate = 0.5 / negatives });
    }

    [GpuFact]
    public void Tiles_of_every_size_train_as_the_plain_backend_does()
    {
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 45, words: 12, longest: 40);
        foreach ((int centers, int negatives) in (ReadOnlySpan<(int, int)>)[(2, 1), (3, 5), (4, 8), (7, 3), (8, 9), (16, 16), (31, 20), (32, 1)])
            AssertSameAsPlain(corpus, Options with { VectorSize = 11, Tile = centers, TileNegatives = negatives, LearningRate = 0.1 });
    }

    [GpuFact]
    public void Tiles_of_vectors_of_every_length_train_as_the_plain_backend_does()
    {
        // Eight columns at a time: chunks that are full, that end within a vector of four, and that have lanes without a column.
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 12, words: 6, longest: 9);
        for (int size = 1; size <= 70; size++)
            AssertSameAsPlain(corpus, Options with { VectorSize = size, Window = 2, Tile = 4, TileNegatives = 3, LearningRate = 0.2 }, rows: 1 + size % 2);
    }

    [GpuTheory]
    [InlineData(1, 1)]
    [InlineData(2, 7)]
    [InlineData(7, 1)]
    [InlineData(20, 5)]
    public void Tiles_of_every_window_and_number_of_negatives_train_as_the_plain_backend_does(int window, int negatives)
    {
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 60, words: 9, longest: 50);
        AssertSameAsPlain(corpus, Options with { VectorSize = 5, Window = window, Negatives = negatives, Tile = 6, LearningRate = 0.2 / negatives });
    }

    [GpuFact]
    public void Tiles_begin_anew_with_each_sentence_however_its_tokens_lie_in_the_threads_runs()
    {
        // Sentences longer and shorter than a run of 64 positions, of which subsampling leaves a few; more runs than threads.
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 2500, words: 30, longest: 300);
        AssertSameAsPlain(corpus, Options with { VectorSize = 3, Window = 2, Tile = 5, TileNegatives = 4, SubsamplingThreshold = 2e-4, LearningRate = 0.1 }, rows: 1);
    }

    [GpuFact]
    public void Sums_through_memory_give_what_shuffles_give()
    {
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 40, words: 9, longest: 12);
        AssertSameAsPlain(corpus, Options with { VectorSize = 19 }, shuffles: false);
    }

    [GpuFact]
    public void Sentences_of_one_word_change_nothing()
    {
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 30, words: 4, longest: 1);
        AssertSameAsPlain(corpus, Options with { VectorSize = 3, SubsamplingThreshold = 0 });
    }

    [GpuFact]
    public void One_word_that_is_every_negative_trains_as_the_plain_backend_does()
    {
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 30, words: 1, longest: 10);
        AssertSameAsPlain(corpus, Options with { VectorSize = 6, SubsamplingThreshold = 0 });
    }

    [GpuFact]
    public void Several_epochs_in_spans_that_are_sent_one_by_one_train_as_one_span_does()
    {
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 60, words: 12, longest: 8);
        TrainingCase.AssertSame(
            corpus, Options with { VectorSize = 8, Epochs = 3 }, new PlainDevice().CreateBackend, job => GpuDevices.CreateEmulated(job, 2, 2, true, 1, new BackendTrial { IdBlock = 17 }), spanLength: 17);
    }

    [GpuTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Subsampling_over_many_groups_of_threads_keeps_what_the_plain_backend_keeps(int rows)
    {
        // 127 threads' work in groups of 2, 4 and 6, which does not divide 128; so few tokens stay that the windows take no time.
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 8100, words: 20, longest: 900);
        AssertSameAsPlain(corpus, Options with { VectorSize = 5, SubsamplingThreshold = 1e-5 }, rows: rows);
    }

    [GpuFact]
    public void Several_groups_share_a_span_and_leave_no_window_out()
    {
        // At this rate no window changes what another one sees, so the order does not matter. Each group needs its share of tokens to be in flight.
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 2000, words: 20, longest: 30);
        TrainingOptions options = Options with { VectorSize = 3, Window = 1, Negatives = 1, SubsamplingThreshold = 0, LearningRate = 1e-6 };
        TrainingCase.AssertSame(
            corpus, options, new PlainDevice().CreateBackend, job => GpuDevices.CreateEmulated(job, 2, 1, true, windows: 3), tolerance: 1e-7f);
    }

    [GpuFact]
    public void Several_groups_share_the_tiles_of_a_span_and_leave_none_out()
    {
        // So low a rate that a row's changes add up the same in any order, and large beside what a group could miss.
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 6500, words: 20, longest: 30);
        TrainingOptions options = Options with { VectorSize = 3, Window = 1, Negatives = 1, Tile = 4, SubsamplingThreshold = 0, LearningRate = 1e-5 };
        (Weights expected, _) = TrainingCase.Train(corpus, options, new PlainDevice().CreateBackend);
        (Weights found, _) = TrainingCase.Train(corpus, options, job => GpuDevices.CreateEmulated(job, 2, 1, true, windows: 12));
        using (expected)
        using (found)
        {
            for (int word = 0; word < expected.Rows; word++)
            {
                for (int i = 0; i < options.VectorSize; i++)
                    Assert.Equal(expected.OutputRow(word)[i], found.OutputRow(word)[i], 1e-3 * Math.Abs(expected.OutputRow(word)[i]) + 1e-7);
            }
        }
    }

    [GpuFact]
    public void The_tiles_work_is_counted_as_the_cpu_counts_it()
    {
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 200, words: 12, longest: 25);
        TrainingOptions options = Options with { VectorSize = 6, Tile = 5, TileNegatives = 3, LearningRate = 0.01, Threads = 1 };
        BackendCosts expected = Costs(new CpuDevice().CreateBackend), found = Costs(job => GpuDevices.CreateEmulated(job, 2, 2, true, 1));
        Assert.True(expected.BytesMoved > 0);
        Assert.Equal((expected.BytesMoved, expected.FloatingPointOperations), (found.BytesMoved, found.FloatingPointOperations));
        Assert.True(found.Compile > TimeSpan.Zero && found.Upload > TimeSpan.Zero && found.Kernels > TimeSpan.Zero);

        BackendCosts Costs(Func<TrainingJob, ITrainingBackend> create)
        {
            using var weights = new Weights(12, options.VectorSize);
            weights.Initialize(1);
            using ITrainingBackend backend = create(new TrainingJob(corpus, options, weights));
            backend.Train(new TrainingSpan(0, 0, corpus.Length), CancellationToken.None);
            return backend.Costs!;
        }
    }

    [GpuFact]
    public void The_device_chooses_a_tile_that_its_shared_memory_has_room_for()
    {
        var options = new TrainingOptions();
        Assert.Equal((16, 16), Tile(options, sharedBytes: 48 << 10));
        Assert.Equal((16, 16), Tile(options, sharedBytes: 1 << 30));
        Assert.True(Tile(options, sharedBytes: 32 << 10).Centers is > 1 and < 16);
        Assert.Equal(1, Tile(options, sharedBytes: 1 << 10).Centers);
        Assert.Equal(1, TileGeometry.For(options, lanes: 0, 1 << 20).Tile.Centers);

        // Where dot products need no room of their own, six groups have theirs in the 228 KB of a multiprocessor, 1 KB of each for CUDA; otherwise five.
        Assert.Equal(6, (228 << 10) / (TileGeometry.For(options, lanes: 32, 48 << 10, dotParts: 0).SharedBytes + 1024));
        Assert.Equal(5, (228 << 10) / (TileGeometry.For(options, lanes: 32, 48 << 10).SharedBytes + 1024));
        Assert.Throws<Word2VecException>(() => Tile(options with { TileNegatives = 100 }, sharedBytes: 16 << 10));
        for (int window = 1; window <= 20; window++)
        {
            foreach (int negatives in (int[])[1, 2, 5, 17, 64])
            {
                foreach (int dotParts in (int[])[0, TileGeometry.FloatDotParts])
                {
                    var tile = TileGeometry.For(options with { Window = window, Negatives = negatives }, lanes: 32, 48 << 10, dotParts);
                    Assert.True(tile.Tile.Centers == 1 || (tile.SharedBytes <= 48 << 10 && tile.Slots <= TileGeometry.MostSlots), tile.ToString());
                }
            }
        }

        static (int Centers, int Negatives) Tile(TrainingOptions options, long sharedBytes)
        {
            TileShape tile = TileGeometry.For(options, lanes: 32, sharedBytes).Tile;
            return (tile.Centers, tile.Negatives);
        }
    }

    [GpuFact]
    public void A_tile_that_does_not_fit_is_refused_with_the_largest_that_does()
    {
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 24, words: 9, longest: 9);
        var e = Assert.Throws<Word2VecException>(() => TrainingCase.Train(corpus, Options with { VectorSize = 7, Tile = 64 }, GpuDevices.All[^1].CreateBackend));
        Assert.Equal(ErrorKind.Usage, e.Kind);
        Assert.Contains("has 64 centers", e.Message, StringComparison.Ordinal);
        Assert.Contains("Say --tile 32,", e.Message, StringComparison.Ordinal);
    }

    [GpuFact]
    public void The_cpu_accelerator_is_listed_last_and_trains()
    {
        TrainingDevice device = GpuDevices.All[^1];
        Assert.Equal(GpuDevices.All.Count, GpuDevices.All.Select(each => each.Id).Distinct().Count());
        Assert.StartsWith("ilgpu-cpu:", device.Id, StringComparison.Ordinal);
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 24, words: 9, longest: 9);
        foreach (int tile in (int[])[1, 8])
            TrainingCase.AssertSame(corpus, Options with { VectorSize = 7, Tile = tile }, new PlainDevice().CreateBackend, device.CreateBackend);
    }

    private static void AssertSameAsPlain(EncodedCorpus corpus, TrainingOptions options, bool shuffles = true, int rows = 2) =>
        TrainingCase.AssertSame(corpus, options, new PlainDevice().CreateBackend, job => GpuDevices.CreateEmulated(job, lanes: 2, rows, shuffles, windows: 1));
}
