using Word2Vec.Tests.Shared;
using Word2Vec.Training;
using Word2Vec.Words;

namespace Word2Vec.Kernels.Tests;

/// <summary>
/// The kernels on ILGPU's CPU accelerator, one window in flight, against the plain backend on the same draws. There each work item is a thread of
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
            corpus, Options with { VectorSize = 8, Epochs = 3 }, new PlainDevice().CreateBackend, job => GpuDevices.CreateEmulated(job, 2, 2, true, 1, streamed: true), spanLength: 17);
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
            corpus, options, new PlainDevice().CreateBackend, job => GpuDevices.CreateEmulated(job, 2, 1, true, windows: 3, streamed: false), tolerance: 1e-7f);
    }

    [GpuFact]
    public void Tiles_are_refused_and_windows_are_what_the_kernels_choose()
    {
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 24, words: 9, longest: 9);
        TrainingOptions options = Options with { VectorSize = 7, Tile = 0 };
        TrainingCase.AssertSame(
            corpus, options, job => new PlainDevice().CreateBackend(new TrainingJob(corpus, options with { Tile = 1 }, job.Weights)), GpuDevices.All[^1].CreateBackend);
        var e = Assert.Throws<Word2VecException>(() => TrainingCase.Train(corpus, options with { Tile = 8 }, GpuDevices.All[^1].CreateBackend));
        Assert.Equal(ErrorKind.Usage, e.Kind);
        Assert.Contains("--tile is 8", e.Message, StringComparison.Ordinal);
    }

    [GpuFact]
    public void The_cpu_accelerator_is_listed_last_and_trains()
    {
        TrainingDevice device = GpuDevices.All[^1];
        Assert.Equal(GpuDevices.All.Count, GpuDevices.All.Select(each => each.Id).Distinct().Count());
        Assert.StartsWith("ilgpu-cpu:", device.Id, StringComparison.Ordinal);
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 24, words: 9, longest: 9);
        TrainingCase.AssertSame(corpus, Options with { VectorSize = 7 }, new PlainDevice().CreateBackend, device.CreateBackend);
    }

    private static void AssertSameAsPlain(EncodedCorpus corpus, TrainingOptions options, bool shuffles = true, int rows = 2) =>
        TrainingCase.AssertSame(corpus, options, new PlainDevice().CreateBackend, job => GpuDevices.CreateEmulated(job, lanes: 2, rows, shuffles, windows: 1, streamed: false));
}
