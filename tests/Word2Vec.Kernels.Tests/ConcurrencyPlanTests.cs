using Word2Vec.Tests.Shared;
using Word2Vec.Training;
using Word2Vec.Words;

namespace Word2Vec.Kernels.Tests;

public sealed class ConcurrencyPlanTests
{
    [Theory]
    [InlineData(50_000, 100, 100)]
    [InlineData(50_000, 4000, 100)]
    [InlineData(300, 4000, 1)]
    public void Windows_in_flight_are_capped_by_the_device_and_by_the_corpus(int tokens, int deviceWindows, int expected)
    {
        Assert.Equal(expected, Plan(tokens, deviceWindows).Windows);
    }

    [Fact]
    public void Rows_that_are_often_in_flight_change_less_and_rare_ones_as_much_as_alone()
    {
        ConcurrencyPlan plan = Plan(tokens: 1_000_000, deviceWindows: 1000);

        // Word 0 is a tenth of the tokens (√u falls below 1/100 of the words): 1000 windows × 6 contexts × 0.1 = 600 occurrences, 16 are safe.
        Assert.Equal(16 / 600.0, plan.InputScales[0], 0.002);
        Assert.True(plan.OutputScales[0] > plan.InputScales[0] && plan.OutputScales[0] < 1);
        Assert.All(plan.InputScales.Zip(plan.InputScales.Skip(1)), pair => Assert.True(pair.First <= pair.Second * 1.05f));
        Assert.Equal(1, Plan(tokens: 1_000_000, deviceWindows: 2).InputScales[99]);
    }

    [Fact]
    public void A_higher_learning_rate_makes_fewer_occurrences_safe()
    {
        Assert.Equal(Plan(1_000_000, 1000).InputScales[0] / 2, Plan(1_000_000, 1000, learningRate: 0.05).InputScales[0], 1e-6);
    }

    [Fact]
    public void A_wide_window_makes_output_vectors_change_less_and_a_narrow_one_not_more()
    {
        Assert.Equal(Plan(1_000_000, 1000).OutputScales[0] / 5, Plan(1_000_000, 1000, window: 29).OutputScales[0], 1e-6);
        Assert.Equal(Plan(1_000_000, 1000).OutputScales[0], Plan(1_000_000, 1000, window: 1).OutputScales[0], 1e-6);
    }

    [Fact]
    public void Negatives_make_output_vectors_change_less_up_to_five_of_them()
    {
        float[] scales = [.. new[] { 1, 5, 25 }.Select(negatives => PlanFor(new TrainingOptions { Negatives = negatives }, out _).OutputScales[0])];
        Assert.True(scales[0] > 1.5f * scales[1]);
        Assert.Equal(scales[1], scales[2]);
    }

    [Fact]
    public void One_window_alone_changes_its_rows_in_full()
    {
        ConcurrencyPlan plan = Plan(tokens: 1000, deviceWindows: 1);
        Assert.All(plan.InputScales.Concat(plan.OutputScales), scale => Assert.Equal(1, scale));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    public void A_frozen_input_vector_does_not_change_and_its_output_vector_does(int deviceGroups)
    {
        ConcurrencyPlan plan = PlanFor(new TrainingOptions(), out _, deviceGroups, frozen: 7);
        Assert.Equal([7], Enumerable.Range(0, 100).Where(row => plan.InputScales[row] == 0));
        Assert.DoesNotContain(0, plan.OutputScales);
    }

    [Fact]
    public void The_row_of_an_ngram_is_in_flight_with_every_word_that_it_stands_in()
    {
        // One bucket: "<w", "w7", "7>" are three changes of it in each of the six contexts of a window, and "<w", "w4", "42", "2>" are four.
        var subwords = new SubwordOptions { ShortestNgram = 2, LongestNgram = 2, Buckets = 1 };
        ConcurrencyPlan plan = PlanFor(new TrainingOptions { Subwords = subwords }, out long[] counts);
        // A word's vector is the mean of its own row and those, so that as many times more may be in flight.
        double share = counts.Select((count, id) => count * (id < 10 ? 3.0 : 4.0)).Sum() / counts.Sum(), safe = 16 * (1 + share);
        Assert.Equal(101, plan.InputScales.Length);
        Assert.Equal(safe / (1000 * 6 * share), plan.InputScales[100], 1e-6);
        Assert.Equal(safe / (1000 * 6.0 * counts[0] / counts.Sum()), plan.InputScales[0], 1e-5);
    }

    [Fact]
    public void Of_rows_that_are_averaged_as_many_more_may_be_in_flight()
    {
        ConcurrencyPlan cbow = PlanFor(new TrainingOptions { Architecture = TrainingArchitecture.Cbow, LearningRate = 0.025 }, out _);
        Assert.Equal(6 * Plan(1_000_000, 1000).InputScales[0], cbow.InputScales[0], 1e-6);
        Assert.Equal(6 * Plan(1_000_000, 1000).OutputScales[0], cbow.OutputScales[0], 1e-6);
    }

    [Fact]
    public void The_root_is_in_flight_with_every_window()
    {
        ConcurrencyPlan plan = PlanFor(
            new TrainingOptions { Architecture = TrainingArchitecture.Cbow, OutputLayer = OutputLayer.HierarchicalSoftmax, LearningRate = 0.025 }, out _);
        Assert.Equal(99, plan.OutputScales.Length);
        Assert.Equal(6 * 16 / 1000.0, plan.OutputScales[^1], 1e-6);
        Assert.All(plan.OutputScales.SkipLast(1), scale => Assert.True(scale > plan.OutputScales[^1]));
    }

    private static ConcurrencyPlan PlanFor(TrainingOptions options, out long[] counts, int deviceGroups = 1000, int? frozen = null)
    {
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 1_000_000, words: 100, longest: 50);
        counts = corpus.Vocabulary.Counts.ToArray();
        TrainingOptions all = options with { SubsamplingThreshold = 0, VectorSize = 2 };
        using var weights = new Weights(100, all);
        if (frozen is { } row)
            weights.Freeze(row);
        return new ConcurrencyPlan(new TrainingJob(corpus, all, weights), deviceGroups);
    }

    private static ConcurrencyPlan Plan(int tokens, int deviceWindows, double learningRate = 0.025, int window = 5)
    {
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens, words: 100, longest: 50);
        var options = new TrainingOptions { SubsamplingThreshold = 0, VectorSize = 2, LearningRate = learningRate, Window = window };
        using var weights = new Weights(100, 2);
        return new ConcurrencyPlan(new TrainingJob(corpus, options, weights), deviceWindows);
    }
}
