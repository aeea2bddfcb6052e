using Word2Vec.Tests.Shared;
using Word2Vec.Training;
using Word2Vec.Words;

namespace Word2Vec.Tests.Training;

/// <summary>How many windows are one update.</summary>
public sealed class TileTests
{
    [Theory]
    [InlineData(0.025, 5, 5, 32)]
    [InlineData(0.001, 10, 1, 32)]
    [InlineData(0.05, 5, 5, 11)]
    [InlineData(0.1, 5, 5, 4)]
    [InlineData(0.025, 21, 5, 16)]
    [InlineData(0.05, 21, 5, 5)]
    [InlineData(0.025, 5, 10, 16)]
    [InlineData(0.025, 5, 25, 6)]
    [InlineData(0.025, 30, 15, 3)]
    [InlineData(0.025, 20, 64, 1)]
    [InlineData(1, 5, 5, 1)]
    [InlineData(1000, 100, 64, 1)]
    public void Fewer_centers_share_an_update_where_its_sum_would_overshoot(double rate, int window, int negatives, int centers) =>
        Assert.Equal(centers, TileShape.Of(new TrainingOptions { LearningRate = rate, Window = window, Negatives = negatives }).Centers);

    // A device whose tiles are smaller anyway keeps them until the sum would overshoot; one that likes larger ones has them with few negatives.
    [Theory]
    [InlineData(16, 5, 16)]
    [InlineData(16, 10, 16)]
    [InlineData(16, 15, 10)]
    [InlineData(16, 64, 2)]
    [InlineData(64, 5, 64)]
    [InlineData(64, 10, 32)]
    public void What_a_tile_may_hold_does_not_depend_on_the_device(int mostCenters, int negatives, int centers) =>
        Assert.Equal(centers, TileShape.Of(new TrainingOptions { Negatives = negatives }, mostCenters).Centers);

    // A limit is no demand: what would overshoot is smaller still, and a tile that is asked for is as it is asked for.
    [Fact]
    public void A_limit_holds_where_the_device_has_the_choice()
    {
        var options = new TrainingOptions { LargestTile = 4 };
        Assert.Equal([4, 4, 2, 1, 8], new[] { options, options with { Window = 10 }, options with { Negatives = 64 }, options with { LearningRate = 0.1 }, options with { Tile = 8 } }
            .Select(each => TileShape.Of(each).Centers));
        Assert.Equal(4, TileShape.Of(options, mostCenters: 16).Centers);
    }

    [Theory]
    [InlineData(1, 32, 4)]
    [InlineData(3, 32, 12)]
    [InlineData(5, 32, 20)]
    [InlineData(10, 16, 36)]
    [InlineData(64, 2, 64)]
    public void The_negatives_of_a_tile_stand_for_those_of_its_pairs(int negatives, int centers, int ofTile)
    {
        var options = new TrainingOptions { Negatives = negatives };
        Assert.Equal(new TileShape(centers, ofTile, (float)negatives / ofTile), TileShape.Of(options));
        Assert.Equal(new TileShape(1, negatives, 1), TileShape.Of(options with { Tile = 1 }));
        Assert.Equal(new TileShape(3, 7, negatives / 7f), TileShape.Of(options with { Tile = 3, TileNegatives = 7 }));
        Assert.Equal(new TileShape(1, negatives, 1), TileShape.Of(options, mostCenters: 1));
    }

    [Fact]
    public void A_tile_learns_what_windows_one_by_one_learn()
    {
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 200_000, words: 2000, longest: 100);
        var options = new TrainingOptions { VectorSize = 20, Epochs = 1, Threads = 1, SubsamplingThreshold = 0 };
        double windows = Loss(corpus, options with { Tile = 1 }), tiles = Loss(corpus, options);

        // Both estimate the same loss: untrained rows lose 4.16, trained ones 3.
        Assert.Equal(windows, tiles, 0.15);
    }

    [Theory]
    [InlineData(30, 15)]
    [InlineData(20, 64)]
    [InlineData(5, 64)]
    public void Many_negatives_in_wide_windows_do_not_overshoot(int window, int negatives)
    {
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 20_000, words: 2000, longest: 100);
        var options = new TrainingOptions { VectorSize = 8, Window = window, Negatives = negatives, Epochs = 1, Threads = 1, SubsamplingThreshold = 0 };
        double windows = Loss(corpus, options with { Tile = 1 }), tiles = Loss(corpus, options);
        Assert.InRange(tiles, windows * 0.95, windows * 1.05);
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
        Assert.InRange(Loss(corpus, options), 0.1, 10);
    }

    private static double Loss(EncodedCorpus corpus, TrainingOptions options)
    {
        (Weights weights, TrainingLoss loss) = TrainingCase.Train(corpus, options, new CpuDevice().CreateBackend);
        weights.Dispose();
        return loss.Mean;
    }
}
