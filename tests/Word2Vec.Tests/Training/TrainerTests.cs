using Word2Vec.Tests.Shared;
using Word2Vec.Training;
using Word2Vec.Words;

namespace Word2Vec.Tests.Training;

public sealed class TrainerTests
{
    [Fact]
    public void Spans_cover_an_epoch_in_whole_sentences()
    {
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 1000, words: 10, longest: 30);
        foreach (int length in new[] { 1, 7, 100, 5000 })
        {
            TrainingSpan[] spans = [.. Trainer.Spans(corpus, 3, 0, length)];
            Assert.Equal(0, spans[0].Start);
            Assert.Equal(corpus.Length, spans[^1].End);
            Assert.All(spans, span => Assert.Equal(EncodedCorpus.SentenceEnd, corpus.Ids(span.End - 1, 1)[0]));
            Assert.All(spans.Zip(spans.Skip(1)), pair => Assert.Equal(pair.First.End, pair.Second.Start));
        }
    }

    [Fact]
    public void The_rate_falls_linearly_over_all_epochs_to_its_floor()
    {
        var schedule = new LearningRateSchedule(0.025, 4, 1000);
        Assert.Equal(0.025f, schedule.At(0, 0));
        Assert.Equal(0.0125f, schedule.At(2, 0));
        Assert.Equal(0.025f * 0.25f, schedule.At(3, 0), 1e-7f);
        Assert.Equal(0.025e-4f, schedule.At(4, 0), 1e-10f);
    }

    [Fact]
    public void Words_that_share_contexts_become_similar()
    {
        // "cat" and "dog" stand among the same words, "owl" among others.
        string[] words = ["cat", "dog", "owl", "x0", "x1", "x2", "x3", "x4", "y0", "y1", "y2", "y3", "y4"];
        var ids = new List<int>();
        for (int i = 0; i < 3000; i++)
            ids.AddRange([3 + i % 5, i % 2, 3 + (i + 2) % 5, EncodedCorpus.SentenceEnd, 8 + i % 5, 2, 8 + (i + 3) % 5, EncodedCorpus.SentenceEnd]);
        long[] counts = [.. Enumerable.Range(0, words.Length).Select(word => (long)ids.Count(id => id == word))];
        using var corpus = new EncodedCorpus([.. ids], new Vocabulary(WordIndex.From(words), counts), new CorpusCounts(18_000, 18_000, 6000, 13));
        using var weights = new Weights(words.Length, 10);
        weights.Initialize(1);
        TrainingSummary summary = Trainer.Train(corpus, new TrainingOptions { VectorSize = 10, SubsamplingThreshold = 0, Threads = 1 }, weights, new CpuDevice());
        Assert.True(summary.EpochLosses[^1].Mean < summary.EpochLosses[0].Mean);
        Assert.True(Cosine(weights.InputRow(0), weights.InputRow(1)) > 0.9);
        Assert.True(Cosine(weights.InputRow(0), weights.InputRow(2)) < 0.5);
    }

    [Fact]
    public void Progress_reaches_the_end_and_never_goes_back()
    {
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 300_000, words: 100, longest: 20);
        using var weights = new Weights(100, 4);
        weights.Initialize(1);
        var reports = new Recorder();
        Trainer.Train(corpus, new TrainingOptions { VectorSize = 4, Epochs = 2, Threads = 1 }, weights, new CpuDevice(), reports);
        Assert.True(reports.Seen.Count > 2);
        Assert.Equal(1, reports.Seen[^1].Fraction, 1e-12);
        Assert.All(reports.Seen.Zip(reports.Seen.Skip(1)), pair => Assert.True(pair.First.Fraction < pair.Second.Fraction));
        Assert.All(reports.Seen, report => Assert.True(report.WordsPerSecond > 0 && report.Loss > 0));
    }

    [Fact]
    public void A_training_that_diverges_says_where_and_what_to_do()
    {
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 20_000, words: 20, longest: 20);
        using var weights = new Weights(20, 10);
        weights.Initialize(1);
        var options = new TrainingOptions { VectorSize = 10, LearningRate = 1000, Negatives = 60, Threads = 1 };
        var error = Assert.Throws<Word2VecException>(() => Trainer.Train(corpus, options, weights, new CpuDevice()));
        Assert.Equal(ErrorKind.Training, error.Kind);
        Assert.Contains("--learning-rate", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cancelled_training_stops()
    {
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 100, words: 20, longest: 20);
        using var weights = new Weights(20, 10);
        Assert.Throws<OperationCanceledException>(() =>
            Trainer.Train(corpus, new TrainingOptions { VectorSize = 10 }, weights, new CpuDevice(), cancellation: new CancellationToken(true)));
    }

    [Fact]
    public void A_training_that_is_cancelled_in_its_last_span_is_no_result()
    {
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 100, words: 20, longest: 20);
        using var weights = new Weights(20, 10);
        using var source = new CancellationTokenSource();
        var device = new CancellingDevice(source);
        Assert.Throws<OperationCanceledException>(() =>
            Trainer.Train(corpus, new TrainingOptions { VectorSize = 10, Epochs = 1 }, weights, device, cancellation: source.Token));
    }

    [Fact]
    public void A_corpus_of_single_words_is_refused_rather_than_answered_with_random_vectors()
    {
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 100, words: 20, longest: 1);
        using var weights = new Weights(20, 10);
        var error = Assert.Throws<Word2VecException>(() => Trainer.Train(corpus, new TrainingOptions { VectorSize = 10 }, weights, new CpuDevice()));
        Assert.Equal(ErrorKind.Input, error.Kind);
    }

    [Fact]
    public void Weights_of_another_shape_are_refused()
    {
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 100, words: 20, longest: 20);
        using var weights = new Weights(19, 10);
        Assert.Throws<ArgumentException>(() => Trainer.Train(corpus, new TrainingOptions { VectorSize = 10 }, weights, new CpuDevice()));
        Assert.Throws<ArgumentException>(() => Trainer.Train(corpus, new TrainingOptions { VectorSize = 9 }, weights, new CpuDevice()));
    }

    [Fact]
    public void A_corpus_checks_its_ids()
    {
        var vocabulary = new Vocabulary(WordIndex.From(["a"]), [1]);
        Assert.Throws<ArgumentException>(() => new EncodedCorpus([0], vocabulary, default));
        Assert.Throws<ArgumentException>(() => new EncodedCorpus([1, EncodedCorpus.SentenceEnd], vocabulary, default));
        Assert.Throws<ArgumentException>(() => new EncodedCorpus([-2, EncodedCorpus.SentenceEnd], vocabulary, default));
    }

    [Theory]
    [InlineData(0, 5, 5, "--size")]
    [InlineData(100, 0, 5, "--window")]
    [InlineData(100, 5, 65, "--negatives")]
    public void An_option_out_of_its_range_is_named(int size, int window, int negatives, string option)
    {
        var error = Assert.Throws<Word2VecException>(new TrainingOptions { VectorSize = size, Window = window, Negatives = negatives }.Validate);
        Assert.Equal(ErrorKind.Usage, error.Kind);
        Assert.Contains(option, error.Message, StringComparison.Ordinal);
    }

    private static double Cosine(ReadOnlySpan<float> a, ReadOnlySpan<float> b) => Word2Vec.Numerics.PlainVectorMath.Cosine(a, b);

    private sealed class Recorder : IProgress<TrainingProgress>
    {
        public List<TrainingProgress> Seen { get; } = [];

        public void Report(TrainingProgress value) => Seen.Add(value);
    }

    /// <summary>Cancels in the middle of each span and returns early, as a backend may.</summary>
    private sealed class CancellingDevice(CancellationTokenSource source) : TrainingDevice, ITrainingBackend
    {
        public override string Id => "cancelling";

        public override string Description => Id;

        public int PreferredSpan => int.MaxValue;

        public override ITrainingBackend CreateBackend(TrainingJob job) => this;

        public TrainingLoss Train(TrainingSpan span, CancellationToken cancellation)
        {
            source.Cancel();
            return default;
        }

        public void ReadWeights()
        {
        }

        public void Dispose()
        {
        }
    }
}
