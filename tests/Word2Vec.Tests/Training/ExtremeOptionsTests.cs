using Word2Vec.Numerics;
using Word2Vec.Tests.Shared;
using Word2Vec.Training;
using Word2Vec.Words;

namespace Word2Vec.Tests.Training;

/// <summary>Options at the ends of their ranges, every two of them together: vectors that are numbers, or an error that says where they ceased to be.</summary>
public sealed class ExtremeOptionsTests
{
    private static readonly int[] Sizes = [1, 2, 16, 4096], Windows = [1, 100], Negatives = [1, 64], Tiles = [0, 1, 256], TileNegatives = [0, 1, 256];
    private static readonly double[] Thresholds = [0, 1e-5, 1], Rates = [1e-9, 0.025, 1e3];
    private static readonly int[] Epochs = [1, 3], Threads = [1, 3];
    private static readonly (int Tokens, int Words, int Longest)[] Texts = [(20, 5, 5), (60, 1, 20), (150, 30, 150), (100, 3, 1)];

    private static readonly int[] Counts =
    [
        Sizes.Length, Windows.Length, Negatives.Length, Tiles.Length, TileNegatives.Length, Thresholds.Length, Rates.Length, Epochs.Length, Threads.Length,
        2, Texts.Length,
    ];

    public static TheoryData<int> Ways => [.. Enumerable.Range(0, Pairwise.Cover(Counts).Count)];

    [Fact]
    public void Every_pair_of_values_is_tried_in_few_ways()
    {
        List<int[]> ways = Pairwise.Cover(Counts);
        Assert.Empty(Pairwise.Pairs(Counts).Except(ways.SelectMany(Pairwise.Met)));
        Assert.InRange(ways.Count, Sizes.Length * Texts.Length, 30);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void It_trains_to_numbers_or_says_where_they_ceased(int number)
    {
        (TrainingOptions options, int text) = Options(Pairwise.Cover(Counts)[number]);
        options.Validate();
        using EncodedCorpus corpus = TrainingCase.Corpus(Texts[text].Tokens, Texts[text].Words, Texts[text].Longest);
        Check(corpus, options, new CpuDevice());
        // Component by component, a wide window of long vectors takes minutes.
        if (options.VectorSize < Sizes[^1])
            Check(corpus, options, new PlainDevice());
    }

    private static void Check(EncodedCorpus corpus, TrainingOptions options, TrainingDevice device)
    {
        using var weights = new Weights(corpus.Vocabulary.Count, options.VectorSize);
        weights.Initialize(options.Seed);
        try
        {
            TrainingSummary summary = Trainer.Train(corpus, options, weights, device);
            Assert.All(summary.EpochLosses, loss => Assert.True(double.IsFinite(loss.Sum) && loss.Sum >= 0, $"{options}"));
            for (int row = 0; row < weights.Rows; row++)
                Assert.True(VectorMath.IsFinite(weights.InputRow(row)) && VectorMath.IsFinite(weights.OutputRow(row)), $"row {row}, {options}");
        }
        catch (Word2VecException error) when (error.Kind == ErrorKind.Input)
        {
            Assert.Contains("no two words", error.Message, StringComparison.Ordinal);
        }
        catch (Word2VecException error)
        {
            Assert.Equal((ErrorKind.Training, 1e3), (error.Kind, options.LearningRate));
            Assert.Matches("corpus positions? [0-9]+|the vector of '", error.Message);
            Assert.Contains("--learning-rate", error.Message, StringComparison.Ordinal);
        }
    }

    private static (TrainingOptions Options, int Text) Options(int[] way) => (new TrainingOptions
    {
        VectorSize = Sizes[way[0]],
        Window = Windows[way[1]],
        Negatives = Negatives[way[2]],
        Tile = Tiles[way[3]],
        TileNegatives = TileNegatives[way[4]],
        SubsamplingThreshold = Thresholds[way[5]],
        LearningRate = Rates[way[6]],
        Epochs = Epochs[way[7]],
        Threads = Threads[way[8]],
        Deterministic = way[9] == 1,
    }, way[10]);
}
