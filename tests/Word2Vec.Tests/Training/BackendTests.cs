using Word2Vec.Tests.Shared;
using Word2Vec.Training;
using Word2Vec.Words;

namespace Word2Vec.Tests.Training;

/// <summary>Every vector width of the CPU backend against the plain loop, on the same draws.</summary>
public sealed class BackendTests
{
    private static readonly TrainingOptions Options = new()
    {
        Epochs = 2, LearningRate = 0.2, SubsamplingThreshold = 0.05, Window = 3, Negatives = 5, Threads = 1, VectorSize = 20,
    };

    /// <summary>The names of the widths that this processor has.</summary>
    public static TheoryData<string> Paths => [.. Enum.GetValues<SimdPath>().Where(path => path <= SimdBackend.Widest).Select(path => path.ToString())];

    [Theory]
    [MemberData(nameof(Paths))]
    public void Every_vector_size_from_1_to_257_trains_as_the_plain_loop_does(string path)
    {
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 150, words: 11, longest: 9);
        for (int size = 1; size <= 257; size++)
            AssertSameAsPlain(corpus, Options with { VectorSize = size, Epochs = 1 }, path);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Every_window_trains_as_the_plain_loop_does(string path)
    {
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 300, words: 40, longest: 60);
        for (int window = 1; window <= 25; window++)
            AssertSameAsPlain(corpus, Options with { Window = window, LearningRate = 0.02 }, path);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Every_number_of_negatives_trains_as_the_plain_loop_does(string path)
    {
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 120, words: 40, longest: 20);
        for (int negatives = 1; negatives <= 64; negatives++)
            AssertSameAsPlain(corpus, Options with { Negatives = negatives, LearningRate = 0.05 }, path);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Every_tile_trains_as_the_plain_loop_does(string path)
    {
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 400, words: 40, longest: 100);
        TrainingOptions options = Options with { LearningRate = 0.02, Epochs = 1 };
        for (int tile = 1; tile <= 50; tile++)
            AssertSameAsPlain(corpus, options with { Tile = tile }, path);
        for (int negatives = 1; negatives <= 50; negatives++)
            AssertSameAsPlain(corpus, options with { Tile = 7, TileNegatives = negatives }, path);
        AssertSameAsPlain(corpus, options with { Tile = 256, TileNegatives = 256, Window = 40, LearningRate = 0.001 }, path);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Repeated_words_and_negatives_that_hit_the_center_train_as_the_plain_loop_does(string path)
    {
        for (int words = 1; words <= 6; words++)
        {
            using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 200, words, longest: 12);
            AssertSameAsPlain(corpus, Options with { SubsamplingThreshold = 0, LearningRate = 0.05 }, path);
            AssertSameAsPlain(corpus, Options with { SubsamplingThreshold = 0, LearningRate = 0.05, Negatives = 13 }, path);
            AssertSameAsPlain(corpus, Options with { SubsamplingThreshold = 0, LearningRate = 0.05, Tile = 1 }, path);
        }
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Sentences_of_one_word_change_nothing(string path)
    {
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 50, words: 5, longest: 1);
        (Weights weights, TrainingLoss loss) = TrainingCase.Train(corpus, Options, job => Backend(job, path));
        using var fresh = new Weights(weights.Rows, weights.Size);
        fresh.Initialize(Options.Seed);
        for (int word = 0; word < weights.Rows; word++)
            Assert.Equal(fresh.InputRow(word), weights.InputRow(word));
        Assert.Equal(default, loss);
        weights.Dispose();
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Spans_and_pieces_may_be_cut_anywhere(string path)
    {
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 30_000, words: 300, longest: 40);
        TrainingOptions options = Options with { Window = 5, LearningRate = 0.025, VectorSize = 5, Epochs = 1 };
        foreach (int spanLength in new[] { 1, 777, 20_000 })
            TrainingCase.AssertSame(corpus, options, new PlainDevice().CreateBackend, job => Backend(job, path), spanLength, 1e-3f);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void One_thread_gives_the_same_bytes_twice(string path)
    {
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 20_000, words: 300, longest: 40);
        (Weights a, _) = TrainingCase.Train(corpus, Options, job => Backend(job, path));
        (Weights b, _) = TrainingCase.Train(corpus, Options, job => Backend(job, path));
        for (int word = 0; word < a.Rows; word++)
            Assert.Equal(a.InputRow(word), b.InputRow(word));
        a.Dispose();
        b.Dispose();
    }

    [Fact]
    public void Several_threads_learn_as_well_as_one()
    {
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 200_000, words: 2000, longest: 40);
        TrainingOptions options = Options with { LearningRate = 0.025, Epochs = 1 };
        (Weights a, TrainingLoss one) = TrainingCase.Train(corpus, options, new CpuDevice().CreateBackend);
        (Weights b, TrainingLoss four) = TrainingCase.Train(corpus, options with { Threads = 4 }, new CpuDevice().CreateBackend);
        Assert.Equal(one.Pairs, four.Pairs);

        // Untrained rows lose 4.2, trained ones 3.1; threads that overtake each other move that by about 0.02, more on a busy machine.
        Assert.Equal(one.Mean, four.Mean, 0.2);
        a.Dispose();
        b.Dispose();
    }

    private static void AssertSameAsPlain(EncodedCorpus corpus, TrainingOptions options, string path) =>
        TrainingCase.AssertSame(corpus, options, new PlainDevice().CreateBackend, job => Backend(job, path));

    private static SimdBackend Backend(TrainingJob job, string path) => SimdBackend.Create(job, Enum.Parse<SimdPath>(path));
}
