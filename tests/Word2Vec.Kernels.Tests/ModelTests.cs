using Word2Vec.Tests.Shared;
using Word2Vec.Training;
using Word2Vec.Words;

namespace Word2Vec.Kernels.Tests;

/// <summary>The models without tiles, on ILGPU's CPU accelerator, one window in flight, against the plain backend.</summary>
public sealed class ModelTests
{
    // High rates make the rows move far enough for a wrong change to show.
    private static readonly TrainingOptions Options = new() { Epochs = 1, LearningRate = 0.3, SubsamplingThreshold = 0.05, Window = 3, Negatives = 4, VectorSize = 5 };

    public static TheoryData<string> All => [.. Models.Names];

    [GpuTheory]
    [MemberData(nameof(All))]
    public void Vectors_of_awkward_sizes_train_as_the_plain_backend_does(string model)
    {
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 9, words: 5, longest: 5);
        foreach (int size in (int[])[1, 2, 7, 32, 100, 129, 257, 1024])
            AssertSameAsPlain(corpus, model, Options with { VectorSize = size, Window = 2, Negatives = 2 }, rows: 1 + size % 2);
    }

    [GpuTheory]
    [MemberData(nameof(All))]
    public void Every_window_and_number_of_negatives_trains_as_the_plain_backend_does(string model)
    {
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 25, words: 9, longest: 12);
        foreach ((int window, int negatives) in (ReadOnlySpan<(int, int)>)[(1, 1), (2, 7), (7, 1), (20, 64)])
            AssertSameAsPlain(corpus, model, Options with { Window = window, Negatives = negatives, LearningRate = 0.3 / negatives });
    }

    [GpuTheory]
    [MemberData(nameof(All))]
    public void Sums_through_memory_give_what_shuffles_give(string model)
    {
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 40, words: 9, longest: 12);
        AssertSameAsPlain(corpus, model, Options with { VectorSize = 19 }, shuffles: false);
    }

    [GpuTheory]
    [MemberData(nameof(All))]
    public void Sentences_of_one_word_and_one_word_that_is_every_negative_train_as_the_plain_backend_does(string model)
    {
        using EncodedCorpus alone = TrainingCase.Corpus(tokens: 30, words: 4, longest: 1), same = TrainingCase.Corpus(tokens: 30, words: 1, longest: 10);
        AssertSameAsPlain(alone, model, Options with { SubsamplingThreshold = 0 });
        AssertSameAsPlain(same, model, Options with { SubsamplingThreshold = 0 });
    }

    [GpuTheory]
    [MemberData(nameof(All))]
    public void Spans_that_are_sent_one_by_one_train_as_one_span_does(string model)
    {
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 60, words: 12, longest: 8);
        TrainingCase.AssertSame(
            corpus, Models.Of(model, Options with { Epochs = 3, LearningRate = 0.1 }), new PlainDevice().CreateBackend,
            job => GpuDevices.CreateEmulated(job, 2, 2, true, 1, new BackendTrial { IdBlock = 17 }), spanLength: 17);
    }

    [GpuFact]
    public void Words_without_ngrams_and_words_of_many_that_share_rows_train_as_the_plain_backend_does()
    {
        // "w0" has none of six characters; a bucket for everything stands several times in one word and in all words of a window.
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 40, words: 12, longest: 12);
        foreach (TrainingArchitecture architecture in Enum.GetValues<TrainingArchitecture>())
        {
            TrainingOptions options = Options with { Architecture = architecture, LearningRate = 0.05 };
            AssertSameAsPlain(corpus, options with { Subwords = new SubwordOptions { ShortestNgram = 6, Buckets = 3 } });
            AssertSameAsPlain(corpus, options with { Subwords = new SubwordOptions { ShortestNgram = 1, Buckets = 1 } });
        }
    }

    [GpuTheory]
    [MemberData(nameof(All))]
    public void Several_groups_share_a_span_and_leave_no_window_out(string model)
    {
        // At this rate no window changes what another one sees, so the order does not matter; a row that is often in flight moves less than it would alone.
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 2000, words: 20, longest: 30);
        TrainingOptions options = Models.Of(model, Options with { VectorSize = 3, Window = 1, Negatives = 1, SubsamplingThreshold = 0, LearningRate = 1e-6 });
        TrainingCase.AssertSame(
            corpus, options, new PlainDevice().CreateBackend, job => GpuDevices.CreateEmulated(job, 2, 1, true, windows: 3), tolerance: 1e-7f);
    }

    /// <summary>Tensor cores multiply tiles, and nothing else.</summary>
    [GpuFact]
    public void Every_device_trains_every_model_and_tensor_cores_those_with_tiles() => Assert.All(GpuDevices.All, device => Assert.All(
        Models.Names.Select(model => Models.Of(model, new TrainingOptions())).Append(new TrainingOptions()),
        options => Assert.Equal(options.HasTiles || !device.Id.StartsWith("cuda-tf32:", StringComparison.Ordinal), device.CanTrain(options))));

    private static void AssertSameAsPlain(EncodedCorpus corpus, string model, TrainingOptions options, bool shuffles = true, int rows = 2) =>
        AssertSameAsPlain(corpus, Models.Of(model, options), shuffles, rows);

    private static void AssertSameAsPlain(EncodedCorpus corpus, TrainingOptions options, bool shuffles = true, int rows = 2) =>
        TrainingCase.AssertSame(corpus, options, new PlainDevice().CreateBackend, job => GpuDevices.CreateEmulated(job, lanes: 2, rows, shuffles, windows: 1));
}
