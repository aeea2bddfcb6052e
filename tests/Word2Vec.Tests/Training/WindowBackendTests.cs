using Word2Vec.Tests.Shared;
using Word2Vec.Training;
using Word2Vec.Words;

namespace Word2Vec.Tests.Training;

/// <summary>Every vector width of the models without tiles against the plain loop, on the same draws.</summary>
public sealed class WindowBackendTests
{
    private static readonly TrainingOptions Options = new()
    {
        Epochs = 2, LearningRate = 0.1, SubsamplingThreshold = 0.05, Window = 3, Negatives = 5, Threads = 1, VectorSize = 20,
    };

    /// <summary>All models that have no tiles, with few buckets, so that n-grams meet.</summary>
    private static readonly TrainingOptions[] Models =
    [
        .. from architecture in Enum.GetValues<TrainingArchitecture>()
           from output in Enum.GetValues<OutputLayer>()
           from subwords in new[] { null, new SubwordOptions { ShortestNgram = 1, LongestNgram = 3, Buckets = 7 } }
           let options = Options with { Architecture = architecture, OutputLayer = output, Subwords = subwords }
           where !options.HasTiles
           select options,
    ];

    /// <summary>Each model with each width that this processor has.</summary>
    public static IEnumerable<object[]> Cases =>
        from model in Enumerable.Range(0, 7)
        from path in Enum.GetValues<SimdPath>()
        where path <= SimdBackend.Widest
        select new object[] { model, path.ToString() };

    [Fact]
    public void There_are_seven_models() => Assert.Equal(7, Models.Select(model => model.ModelName).Distinct().Count());

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_vector_size_from_1_to_257_trains_as_the_plain_loop_does(int model, string path)
    {
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 40, words: 11, longest: 9);
        for (int size = 1; size <= 257; size += size < 70 ? 1 : 17)
            AssertSameAsPlain(corpus, Models[model] with { VectorSize = size, Epochs = 1 }, path);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_window_trains_as_the_plain_loop_does(int model, string path)
    {
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 120, words: 40, longest: 60);
        for (int window = 1; window <= 30; window += 1 + window / 5)
            AssertSameAsPlain(corpus, Models[model] with { Window = window, LearningRate = 0.02, Epochs = 1 }, path);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_number_of_negatives_trains_as_the_plain_loop_does(int model, string path)
    {
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 80, words: 40, longest: 20);
        for (int negatives = 1; negatives <= 64; negatives += 1 + negatives / 8)
            AssertSameAsPlain(corpus, Models[model] with { Negatives = negatives, LearningRate = 0.05, Epochs = 1 }, path);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Repeated_words_and_negatives_that_hit_what_is_predicted_train_as_the_plain_loop_does(int model, string path)
    {
        for (int words = 1; words <= 6; words++)
        {
            using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 100, words, longest: 12);
            AssertSameAsPlain(corpus, Models[model] with { SubsamplingThreshold = 0, LearningRate = 0.05 }, path);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Sentences_of_one_word_change_nothing(int model, string path)
    {
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 50, words: 5, longest: 1);
        (Weights weights, TrainingLoss loss) = TrainingCase.Train(corpus, Models[model], job => Backend(job, path));
        using var fresh = new Weights(weights.Rows, Models[model]);
        fresh.Initialize(Options.Seed);
        for (int row = 0; row < weights.InputRows; row++)
            Assert.Equal(fresh.InputRow(row), weights.InputRow(row));
        Assert.Equal(default, loss);
        weights.Dispose();
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Spans_and_pieces_may_be_cut_anywhere(int model, string path)
    {
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 6_000, words: 300, longest: 40);
        TrainingOptions options = Models[model] with { Window = 5, LearningRate = 0.025, VectorSize = 5, Epochs = 1 };
        foreach (int spanLength in new[] { 1, 777 })
            TrainingCase.AssertSame(corpus, options, new PlainDevice().CreateBackend, job => Backend(job, path), spanLength, 1e-3f);
    }

    [Fact]
    public void Several_threads_learn_as_well_as_one_and_deterministic_is_one()
    {
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 60_000, words: 1000, longest: 40);
        foreach (TrainingOptions model in Models)
        {
            TrainingOptions options = model with { LearningRate = 0.025, Epochs = 1 };
            (Weights a, TrainingLoss one) = TrainingCase.Train(corpus, options, new CpuDevice().CreateBackend);
            (Weights b, TrainingLoss four) = TrainingCase.Train(corpus, options with { Threads = 4 }, new CpuDevice().CreateBackend);
            (Weights c, TrainingLoss same) = TrainingCase.Train(corpus, options with { Threads = 4, Deterministic = true }, new CpuDevice().CreateBackend);
            Assert.Equal(one.Pairs, four.Pairs);
            Assert.Equal(one.Mean, four.Mean, 0.05 * one.Mean);
            Assert.Equal(one, same);
            for (int row = 0; row < a.InputRows; row++)
                Assert.Equal(a.InputRow(row), c.InputRow(row));
            a.Dispose();
            b.Dispose();
            c.Dispose();
        }
    }

    // No length of a word's list of rows or of a way may be too much: 300 n-grams, and a tree that is a chain of 60 nodes.
    [Theory]
    [MemberData(nameof(BackendTests.Paths), MemberType = typeof(BackendTests))]
    public void Long_words_and_deep_trees_train_as_the_plain_loop_does(string path)
    {
        const int Words = 61;
        long[] counts = [.. Enumerable.Range(0, Words).Select(word => 1L << (Words - 1 - word))];
        var vocabulary = new Vocabulary(WordIndex.From(Enumerable.Range(0, Words).Select(word => new string((char)('a' + word % 26), 100) + word)), counts);
        using var corpus = new EncodedCorpus([.. Enumerable.Range(0, Words), EncodedCorpus.SentenceEnd], vocabulary, new CorpusCounts(Words, Words, 1, Words));
        foreach (TrainingOptions model in Models)
            AssertSameAsPlain(corpus, model with { Epochs = 1, LearningRate = 0.002, SubsamplingThreshold = 0, Window = 20 }, path);
    }

    private static void AssertSameAsPlain(EncodedCorpus corpus, TrainingOptions options, string path) =>
        TrainingCase.AssertSame(corpus, options, new PlainDevice().CreateBackend, job => Backend(job, path));

    private static SimdWindowBackend Backend(TrainingJob job, string path) => SimdWindowBackend.Create(job, Enum.Parse<SimdPath>(path));
}
