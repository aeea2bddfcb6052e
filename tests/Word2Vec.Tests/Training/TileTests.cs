using Word2Vec.Tests.Shared;
using Word2Vec.Training;
using Word2Vec.Words;

namespace Word2Vec.Tests.Training;

/// <summary>How many windows are one update.</summary>
public sealed class TileTests
{
    [Theory]
    [InlineData(0.025, 5, 32)]
    [InlineData(0.001, 10, 32)]
    [InlineData(0.05, 5, 11)]
    [InlineData(0.1, 5, 4)]
    [InlineData(0.025, 21, 16)]
    [InlineData(0.05, 21, 5)]
    [InlineData(1, 5, 1)]
    [InlineData(1000, 100, 1)]
    public void Fewer_centers_share_an_update_where_its_sum_would_overshoot(double rate, int window, int centers) =>
        Assert.Equal(centers, TileShape.Of(new TrainingOptions { LearningRate = rate, Window = window }).Centers);

    [Theory]
    [InlineData(1, 4)]
    [InlineData(3, 12)]
    [InlineData(5, 20)]
    [InlineData(10, 40)]
    [InlineData(64, 256)]
    public void The_negatives_of_a_tile_stand_for_those_of_its_pairs(int negatives, int ofTile)
    {
        var options = new TrainingOptions { Negatives = negatives };
        Assert.Equal(new TileShape(32, ofTile, (float)negatives / ofTile), TileShape.Of(options));
        Assert.Equal(new TileShape(1, negatives, 1), TileShape.Of(options with { Tile = 1 }));
        Assert.Equal(new TileShape(3, 7, negatives / 7f), TileShape.Of(options with { Tile = 3, TileNegatives = 7 }));
        Assert.Equal(new TileShape(1, negatives, 1), TileShape.Of(options, mostCenters: 1));
    }

    [Fact]
    public void A_tile_learns_what_windows_one_by_one_learn()
    {
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 200_000, words: 2000, longest: 100);
        var options = new TrainingOptions { VectorSize = 20, Epochs = 1, Threads = 1, SubsamplingThreshold = 0 };
        double windows = Loss(options with { Tile = 1 }), tiles = Loss(options);

        // Both estimate the same loss: untrained rows lose 4.16, trained ones 3.
        Assert.Equal(windows, tiles, 0.15);

        double Loss(TrainingOptions options)
        {
            (Weights weights, TrainingLoss loss) = TrainingCase.Train(corpus, options, new CpuDevice().CreateBackend);
            weights.Dispose();
            return loss.Mean;
        }
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.1)]
    [InlineData(0.2)]
    public void A_high_learning_rate_does_not_overshoot(double rate)
    {
        // Few words, so that each is in a tile many times.
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 50_000, words: 50, longest: 100);
        var options = new TrainingOptions { VectorSize = 20, Epochs = 1, Threads = 1, SubsamplingThreshold = 0, LearningRate = rate };
        (Weights weights, TrainingLoss loss) = TrainingCase.Train(corpus, options, new CpuDevice().CreateBackend);
        weights.Dispose();
        Assert.InRange(loss.Mean, 0.1, 10);
    }
}
