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
    public void One_window_alone_changes_its_rows_in_full()
    {
        ConcurrencyPlan plan = Plan(tokens: 1000, deviceWindows: 1);
        Assert.All(plan.InputScales.Concat(plan.OutputScales), scale => Assert.Equal(1, scale));
    }

    private static ConcurrencyPlan Plan(int tokens, int deviceWindows, double learningRate = 0.025, int window = 5)
    {
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens, words: 100, longest: 50);
        var options = new TrainingOptions { SubsamplingThreshold = 0, VectorSize = 2, LearningRate = learningRate, Window = window };
        using var weights = new Weights(100, 2);
        return new ConcurrencyPlan(new TrainingJob(corpus, options, weights), deviceWindows);
    }
}
