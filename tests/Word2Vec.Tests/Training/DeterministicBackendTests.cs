using System.Runtime.InteropServices;
using Word2Vec.Tests.Shared;
using Word2Vec.Training;
using Word2Vec.Words;

namespace Word2Vec.Tests.Training;

public class DeterministicBackendTests
{
    private static readonly TrainingOptions Options = new() { VectorSize = 20, Epochs = 2, SubsamplingThreshold = 1e-2, Deterministic = true };

    [Theory]
    [InlineData(9, 0, 0.025)]
    [InlineData(9, 1, 0.025)]
    [InlineData(900, 0, 0.025)]
    [InlineData(900, 3, 0.3)]
    public void The_bytes_are_the_same_with_any_number_of_threads(int longestSentence, int tile, double rate)
    {
        EncodedCorpus corpus = TrainingCase.Corpus(9000, 60, longestSentence);
        TrainingOptions options = Options with { Tile = tile, LearningRate = rate };
        byte[] one = Train(corpus, options with { Threads = 1 });
        foreach (int threads in new[] { 2, 3, 7, 20 })
            Assert.Equal(one, Train(corpus, options with { Threads = threads }));
        Assert.NotEqual(one, Train(corpus, options with { Threads = 1, Seed = 2 }));
    }

    [Fact]
    public void The_bytes_are_the_same_on_the_second_run_of_a_longer_corpus_with_shared_and_unshared_rows()
    {
        EncodedCorpus corpus = TrainingCase.Corpus(30_000, 5000, 40);
        TrainingOptions options = Options with { Epochs = 1, SubsamplingThreshold = 0 };
        Assert.Equal(Train(corpus, options with { Threads = 2 }), Train(corpus, options with { Threads = 5 }));
    }

    [Fact]
    public void A_round_with_one_piece_is_what_one_thread_trains_without_it()
    {
        EncodedCorpus corpus = TrainingCase.Corpus(6, 5, 9);
        Assert.Equal(
            Train(corpus, Options with { Deterministic = false, Threads = 1, Tile = 5 }), Train(corpus, Options with { Threads = 2, Tile = 5 }));
    }

    /// <summary>
    /// At a small rate what a window changes does not depend on when it is trained, so all must be as the plain loop has it, wherever sentences are cut.
    /// </summary>
    [Theory]
    [InlineData(7)]
    [InlineData(2000)]
    public void Every_window_is_trained_once_with_all_its_contexts_and_negatives(int longestSentence)
    {
        EncodedCorpus corpus = TrainingCase.Corpus(6000, 300, longestSentence);
        TrainingOptions options = Options with { Tile = 1, LearningRate = 1e-5, Threads = 3, Epochs = 1 };
        (Weights expected, TrainingLoss loss) = TrainingCase.Train(corpus, options, job => new PlainBackend(job));
        (Weights found, TrainingLoss ownLoss) = TrainingCase.Train(corpus, options, job => DeterministicBackend.Create(job, SimdBackend.Best));
        using (expected)
        using (found)
        {
            Assert.Equal(loss.Pairs, ownLoss.Pairs);
            Assert.InRange(ownLoss.Sum / loss.Sum, 0.9999, 1.0001);
            for (int word = 0; word < expected.Rows; word++)
            {
                float scale = expected.OutputRow(word).ToArray().Max(Math.Abs);
                for (int i = 0; i < expected.Size; i++)
                    Assert.InRange(found.OutputRow(word)[i] - expected.OutputRow(word)[i], -1e-3f * scale, 1e-3f * scale);
            }
        }
    }

    [Fact]
    public void It_learns_at_a_high_rate_with_few_words()
    {
        EncodedCorpus corpus = TrainingCase.Corpus(40_000, 12, 30);
        (Weights weights, TrainingLoss loss) = TrainingCase.Train(
            corpus, Options with { LearningRate = 0.1, Threads = 2 }, job => DeterministicBackend.Create(job, SimdBackend.Best));
        using (weights)
            Assert.InRange(loss.Mean, 0.1, 4.2);
    }

    [Fact]
    public void Wide_windows_learn_as_without_it()
    {
        EncodedCorpus corpus = TrainingCase.Corpus(60_000, 300, 60);
        TrainingOptions options = Options with { Window = 20, LearningRate = 0.05, Epochs = 1, SubsamplingThreshold = 0 };
        double expected = LossOf(options with { Threads = 1 }, SimdBackend.Create), found = LossOf(options, DeterministicBackend.Create);
        Assert.InRange(found, 0.9 * expected, 1.1 * expected);

        double LossOf(TrainingOptions asked, Func<TrainingJob, SimdPath, ITrainingBackend> create)
        {
            (Weights weights, TrainingLoss loss) = TrainingCase.Train(corpus, asked, job => create(job, SimdBackend.Best));
            weights.Dispose();
            return loss.Mean;
        }
    }

    [Fact]
    public async Task A_cancelled_training_ends_with_all_its_threads()
    {
        EncodedCorpus corpus = TrainingCase.Corpus(50_000, 50, 10);
        using var weights = new Weights(50, 20);
        using DeterministicBackend backend = DeterministicBackend.Create(new TrainingJob(corpus, Options with { Threads = 3 }, weights), SimdBackend.Best);
        using var cancellation = new CancellationTokenSource();
        await cancellation.CancelAsync();
        TrainingLoss loss = backend.Train(new TrainingSpan(0, 0, corpus.Length), cancellation.Token);
        Assert.InRange(loss.Pairs, 0, 50_000);
    }

    private static byte[] Train(EncodedCorpus corpus, TrainingOptions options)
    {
        (Weights weights, _) = TrainingCase.Train(corpus, options, new CpuDevice().CreateBackend);
        using (weights)
        {
            return [.. Enumerable.Range(0, weights.Rows).SelectMany(word =>
                MemoryMarshal.AsBytes(weights.InputRow(word)).ToArray().Concat(MemoryMarshal.AsBytes(weights.OutputRow(word)).ToArray()))];
        }
    }
}
