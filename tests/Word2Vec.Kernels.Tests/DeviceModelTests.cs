using Word2Vec.Tests.Shared;
using Word2Vec.Training;
using Word2Vec.Words;

namespace Word2Vec.Kernels.Tests;

/// <summary>The models without tiles on real devices.</summary>
public sealed class DeviceModelTests
{
    public static TheoryData<string, int, int, int> AwkwardSizes => new()
    {
        { "cbow", 1, 1, 1 },
        { "cbow", 100, 5, 5 },
        { "cbow", 257, 20, 64 },
        { "cbow subwords", 33, 3, 5 },
        { "cbow subwords", 1024, 2, 2 },
        { "skip-gram subwords", 7, 20, 20 },
        { "skip-gram subwords", 129, 5, 5 },
        { "cbow hierarchical", 100, 5, 5 },
        { "skip-gram hierarchical", 100, 5, 5 },
        { "skip-gram hierarchical", 257, 20, 1 },
        { "cbow subwords hierarchical", 32, 5, 5 },
        { "skip-gram subwords hierarchical", 100, 5, 5 },
    };

    public static TheoryData<string> Learning => ["cbow", "cbow subwords", "skip-gram subwords", "cbow hierarchical", "skip-gram hierarchical"];

    public static TheoryData<string> WithNegatives => ["cbow", "skip-gram subwords"];

    public static TheoryData<string> OfEachLayer => ["cbow", "cbow subwords hierarchical"];

    /// <summary>So few kept tokens that one window is in flight: every component is the plain backend's.</summary>
    [GpuTheory]
    [OnDevice("cuda", nameof(AwkwardSizes))]
    [OnDevice("opencl", nameof(AwkwardSizes))]
    public void One_window_in_flight_trains_a_model_as_the_plain_backend_does(string kind, string model, int size, int window, int negatives)
    {
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 300, words: 30, longest: 12);
        var options = new TrainingOptions
        {
            VectorSize = size,
            Window = window,
            Negatives = negatives,
            SubsamplingThreshold = 0.05,
            Epochs = 2,
            LearningRate = 0.2 / negatives,
        };
        TrainingCase.AssertSame(
            corpus, Models.Of(model, options), new PlainDevice().CreateBackend, DeviceChecks.First(kind).CreateBackend, spanLength: 70, tolerance: 1e-4f);
    }

    /// <summary>At usual rates the loss of a model is the plain backend's, within a few percent, although rows are read old.</summary>
    [GpuTheory]
    [OnDevice("cuda", nameof(Learning))]
    [OnDevice("opencl", nameof(Learning))]
    public void Many_windows_in_flight_learn_a_model_as_the_plain_backend_does(string kind, string model) => DeviceChecks.LearnsAsPlain(
        kind, Models.Of(model, new TrainingOptions { VectorSize = 96, Epochs = 2 }), within: 0.03);

    /// <summary>At a lower rate than tiles: the rows of n-grams move with many words, and an inner node by nearly nothing.</summary>
    [GpuTheory]
    [OnDevice("cuda", nameof(WithNegatives))]
    [OnDevice("opencl", nameof(WithNegatives))]
    public void Many_windows_of_a_model_in_flight_lose_no_addition(string kind, string model) =>
        DeviceChecks.LosesNoAddition(kind, Models.Of(model, new TrainingOptions { LearningRate = 0.00002 }));

    [GpuTheory]
    [OnDevice("cuda", nameof(OfEachLayer))]
    [OnDevice("opencl", nameof(OfEachLayer))]
    public void A_row_of_a_model_that_is_not_a_number_shows_in_the_loss(string kind, string model) =>
        DeviceChecks.NotANumberShows(kind, Models.Of(model, new TrainingOptions()));
}
