using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Word2Vec.Tests.Shared;
using Word2Vec.Training;
using Word2Vec.Words;

namespace Word2Vec.Tests.Training;

/// <summary>The plain loop against the mathematics of skip-gram with negative sampling.</summary>
public sealed class PlainBackendTests
{
    [Fact]
    public void The_change_of_a_window_is_the_gradient_of_its_loss()
    {
        // Two words, one window each: the numerical derivative of the loss by each component is what the update follows.
        using var corpus = new EncodedCorpus([0, 1, EncodedCorpus.SentenceEnd], TwoWords(), new CorpusCounts(2, 2, 1, 2));
        const double Rate = 1e-3;
        var options = new TrainingOptions { VectorSize = 3, Window = 1, Negatives = 2, SubsamplingThreshold = 0, Epochs = 1_000_000, LearningRate = Rate };
        using Weights before = Prepared();
        using Weights after = Prepared();
        Train(after);

        // At this small rate both windows see almost the same rows, and over so many epochs the rate stays the same in this one.
        for (int word = 0; word < 2; word++)
        {
            for (int i = 0; i < 3; i++)
            {
                Assert.Equal(-Derivative(weights => weights.InputRow(word), i), (after.InputRow(word)[i] - before.InputRow(word)[i]) / Rate, 0.02);
                Assert.Equal(-Derivative(weights => weights.OutputRow(word), i), (after.OutputRow(word)[i] - before.OutputRow(word)[i]) / Rate, 0.02);
            }
        }

        double Derivative(Row row, int component)
        {
            const float Step = 1e-2f;
            double up = LossWith(row, component, Step), down = LossWith(row, component, -Step);
            return (up - down) / (2 * Step);
        }

        double LossWith(Row row, int component, float step)
        {
            using Weights weights = Prepared();
            row(weights)[component] += step;
            return Train(weights, rate: 1e-9).Sum;
        }

        TrainingLoss Train(Weights weights, double rate = Rate)
        {
            TrainingOptions still = options with { LearningRate = rate };
            using ITrainingBackend backend = new PlainDevice().CreateBackend(new TrainingJob(corpus, still, weights));
            return backend.Train(new TrainingSpan(0, 0, corpus.Length), CancellationToken.None);
        }
    }

    [Fact]
    public void The_loss_of_fresh_weights_is_ln_2_a_sample()
    {
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 2000, words: 500, longest: 20);
        var options = new TrainingOptions { Epochs = 1, LearningRate = 1e-9, Negatives = 5, VectorSize = 10 };
        (Weights weights, TrainingLoss loss) = TrainingCase.Train(corpus, options, new PlainDevice().CreateBackend);
        weights.Dispose();

        // Six samples a pair, less the few negatives that hit the center word.
        Assert.InRange(loss.Mean, 5.9 * Math.Log(2), 6 * Math.Log(2));
    }

    [Theory]
    [InlineData(1, "D5CE5997441E521B")]
    [InlineData(0, "239B8B68829EB3B2")]
    public void The_bytes_are_the_same_on_every_machine(int tile, string expected)
    {
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 3000, words: 100, longest: 20);
        var options = new TrainingOptions { Epochs = 2, VectorSize = 7, Tile = tile };
        (Weights weights, _) = TrainingCase.Train(corpus, options, new PlainDevice().CreateBackend);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (int word = 0; word < weights.Rows; word++)
        {
            hash.AppendData(MemoryMarshal.AsBytes(weights.InputRow(word)));
            hash.AppendData(MemoryMarshal.AsBytes(weights.OutputRow(word)));
        }

        weights.Dispose();
        Assert.Equal(expected, Convert.ToHexString(hash.GetHashAndReset())[..16]);
    }

    private static Weights Prepared()
    {
        var weights = new Weights(2, 3);
        float[] values = [0.3f, -0.2f, 0.5f, 0.1f, 0.4f, -0.6f];
        for (int i = 0; i < 6; i++)
        {
            weights.InputRow(i / 3)[i % 3] = values[i];
            weights.OutputRow(i / 3)[i % 3] = values[5 - i];
        }

        return weights;
    }

    private static Vocabulary TwoWords() => new(WordIndex.From(["a", "b"]), [1, 1]);

    private delegate Span<float> Row(Weights weights);
}
