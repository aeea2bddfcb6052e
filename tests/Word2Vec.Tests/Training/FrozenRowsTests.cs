using System.Runtime.InteropServices;
using Word2Vec.Tests.Shared;
using Word2Vec.Training;
using Word2Vec.Words;

namespace Word2Vec.Tests.Training;

/// <summary>Input vectors that are to stay as they are, on every backend of the processor.</summary>
public class FrozenRowsTests
{
    private static readonly TrainingOptions Options = new() { VectorSize = 19, Epochs = 2, SubsamplingThreshold = 0, LearningRate = 0.05, Threads = 1 };

    private static readonly Func<TrainingJob, ITrainingBackend> Plain = new PlainDevice().CreateBackend;

    public static TheoryData<string, int, bool> Backends { get; } = new()
    {
        { "plain", 1, false }, { "Portable", 1, false }, { "Avx2", 1, false }, { "Avx512", 1, false }, { "Avx512", 3, false }, { "Portable", 4, false },
        { "Avx512", 1, true }, { "Avx2", 3, true },
    };

    [Theory]
    [MemberData(nameof(Backends))]
    public void Not_one_bit_of_a_frozen_vector_changes_and_all_others_learn(string path, int threads, bool deterministic)
    {
        if (!IsHere(path))
            return;
        EncodedCorpus corpus = TrainingCase.Corpus(6000, 40, 30);
        TrainingOptions options = Options with { Threads = threads, Deterministic = deterministic };
        byte[][] before = [];
        (Weights weights, _) = TrainingCase.Train(corpus, options, TrainingCase.FreezingThirds(job =>
        {
            before = [.. Enumerable.Range(0, job.Weights.Rows).Select(id => Bytes(job.Weights.InputRow(id)))];
            return Backend(path, job);
        }));
        using (weights)
        {
            for (int id = 0; id < weights.Rows; id++)
            {
                Assert.Equal(id % 3 == 0, Bytes(weights.InputRow(id)).SequenceEqual(before[id]));
                Assert.True(weights.OutputRow(id).ContainsAnyExcept(0f), $"output vector {id} learned nothing");
            }
        }
    }

    [Theory]
    [InlineData(TrainingArchitecture.Cbow, OutputLayer.NegativeSampling)]
    [InlineData(TrainingArchitecture.Cbow, OutputLayer.HierarchicalSoftmax)]
    [InlineData(TrainingArchitecture.SkipGram, OutputLayer.HierarchicalSoftmax)]
    public void The_rest_of_the_family_leaves_frozen_vectors_alone_too(TrainingArchitecture architecture, OutputLayer layer)
    {
        EncodedCorpus corpus = TrainingCase.Corpus(3000, 40, 30);
        TrainingOptions options = Options with { Architecture = architecture, OutputLayer = layer, Threads = 2 };
        using var weights = new Weights(40, options);
        weights.Initialize(1);
        FreezeThirds(weights);
        byte[][] before = [.. Enumerable.Range(0, 40).Select(id => Bytes(weights.InputRow(id)))];
        Trainer.Train(corpus, options, weights, new CpuDevice());
        for (int id = 0; id < weights.Rows; id++)
            Assert.Equal(id % 3 == 0, Bytes(weights.InputRow(id)).SequenceEqual(before[id]));
    }

    [Theory]
    [InlineData("Portable", 1)]
    [InlineData("Avx2", 8)]
    [InlineData("Avx512", 32)]
    public void The_others_learn_what_they_learn_on_the_plain_loop(string path, int tile)
    {
        if (!IsHere(path))
            return;
        EncodedCorpus corpus = TrainingCase.Corpus(3000, 40, 30);
        TrainingOptions options = Options with { Tile = tile };
        TrainingCase.AssertSame(corpus, options, TrainingCase.FreezingThirds(Plain), TrainingCase.FreezingThirds(job => Backend(path, job)));
    }

    [Fact]
    public void A_device_of_another_kind_refuses_them()
    {
        EncodedCorpus corpus = TrainingCase.Corpus(300, 10, 5);
        using var weights = new Weights(10, Options.VectorSize);
        weights.Freeze(3);
        var error = Assert.Throws<Word2VecException>(() => Trainer.Train(corpus, Options, weights, new FaultyDevice()));
        Assert.Equal(ErrorKind.Usage, error.Kind);
        Assert.Contains("cannot keep frozen vectors", error.Message);
    }

    private static void FreezeThirds(Weights weights)
    {
        for (int id = 0; id < weights.Rows; id += 3)
            weights.Freeze(id);
    }

    private static bool IsHere(string path) => path == "plain" || Enum.Parse<SimdPath>(path) <= SimdBackend.Widest;

    private static ITrainingBackend Backend(string path, TrainingJob job) => path == "plain" ? Plain(job)
        : job.Options.Deterministic ? DeterministicBackend.Create(job, Enum.Parse<SimdPath>(path)) : SimdBackend.Create(job, Enum.Parse<SimdPath>(path));

    private static byte[] Bytes(ReadOnlySpan<float> row) => MemoryMarshal.AsBytes(row).ToArray();
}
