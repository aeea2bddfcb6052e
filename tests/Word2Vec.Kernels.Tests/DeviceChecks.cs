using Word2Vec.Tests.Shared;
using Word2Vec.Training;
using Word2Vec.Words;

namespace Word2Vec.Kernels.Tests;

/// <summary>What holds on every real device; the tests of each kind of device call these.</summary>
internal static class DeviceChecks
{
    /// <summary>The models without tiles, by the names that <see cref="Model"/> knows.</summary>
    public static readonly string[] Models =
        ["cbow", "cbow subwords", "skip-gram subwords", "skip-gram hierarchical", "cbow hierarchical", "cbow subwords hierarchical", "skip-gram subwords hierarchical"];

    /// <summary><paramref name="options"/> with a model by its name.</summary>
    public static TrainingOptions Model(string name, TrainingOptions options) => options with
    {
        Architecture = name.Contains("cbow", StringComparison.Ordinal) ? TrainingArchitecture.Cbow : TrainingArchitecture.SkipGram,
        OutputLayer = name.Contains("hierarchical", StringComparison.Ordinal) ? OutputLayer.HierarchicalSoftmax : OutputLayer.NegativeSampling,
        Subwords = name.Contains("subwords", StringComparison.Ordinal) ? new SubwordOptions { ShortestNgram = 2, LongestNgram = 4, Buckets = 40 } : null,
    };

    /// <summary>So few kept tokens that one window is in flight: every component is the plain backend's.</summary>
    public static void OneWindowInFlightTrainsAModelAsThePlainBackendDoes(string kind, string model, int size, int window, int negatives)
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
            corpus, Model(model, options), new PlainDevice().CreateBackend, Device(kind).CreateBackend, spanLength: 70, tolerance: 1e-4f);
    }

    /// <summary>At usual rates the loss of a model is the plain backend's, within a few percent, although rows are read old.</summary>
    public static void ManyWindowsInFlightLearnAModelAsThePlainBackendDoes(string kind, string model)
    {
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 60_000, words: 500, longest: 30);
        TrainingOptions options = Model(model, new TrainingOptions { VectorSize = 96, Epochs = 2 });
        (Weights a, TrainingLoss expected) = TrainingCase.Train(corpus, options, new PlainDevice().CreateBackend);
        (Weights b, TrainingLoss found) = TrainingCase.Train(corpus, options, Device(kind).CreateBackend, spanLength: 8192);
        a.Dispose();
        b.Dispose();
        Assert.Equal(expected.Pairs, found.Pairs);
        Assert.InRange(found.Mean, expected.Mean * 0.97, expected.Mean * 1.03);
    }

    /// <summary>So few kept tokens that one tile is in flight: every component is the plain backend's.</summary>
    public static void OneTileInFlightTrainsAsThePlainBackendDoes(string kind, int tile, int size, int window, int negatives)
    {
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 300, words: 30, longest: 12);
        var options = new TrainingOptions
        {
            Tile = tile,
            VectorSize = size,
            Window = window,
            Negatives = negatives,
            SubsamplingThreshold = 0.05,
            Epochs = 2,
            LearningRate = 0.5 / negatives / Math.Sqrt(tile),
        };
        TrainingCase.AssertSame(
            corpus, options, new PlainDevice().CreateBackend, Device(kind).CreateBackend, spanLength: 70, tolerance: 1e-4f);
    }

    /// <summary>So many tokens that every thread has many runs to count and scan, thinned out until one tile is in flight.</summary>
    public static void ALongCorpusKeepsTheTokensThatThePlainBackendKeeps(string kind, int tile, int size)
    {
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 300_000, words: 40, longest: 4000);
        var options = new TrainingOptions { Tile = tile, VectorSize = size, Epochs = 2, SubsamplingThreshold = 1e-7, LearningRate = 0.1 };
        TrainingCase.AssertSame(corpus, options, new PlainDevice().CreateBackend, Device(kind).CreateBackend, tolerance: 1e-4f);
    }

    /// <summary>
    /// At a low rate what windows in flight do not see of each other is of the second order, so every row must have moved as on the plain
    /// backend, within a hundredth. On a device that runs hundreds of groups at once, additions that get lost show here; on a processor's few,
    /// hardly.
    /// </summary>
    public static void ManyWindowsInFlightLoseNoAddition(string kind, int tile) =>
        ManyWindowsInFlightLoseNoAddition(kind, new TrainingOptions { Tile = tile, LearningRate = 0.0001 });

    /// <summary>The same of a model with negative samples, at a lower rate: the rows of n-grams move with many words, and an inner node by nearly nothing.</summary>
    public static void ManyWindowsInFlightLoseNoAddition(string kind, TrainingOptions model)
    {
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 60_000, words: 1000, longest: 40);
        TrainingOptions options = model with { VectorSize = 100, SubsamplingThreshold = 0, Epochs = 1 };
        (Weights expected, TrainingLoss expectedLoss) = TrainingCase.Train(corpus, options, new PlainDevice().CreateBackend);
        (Weights found, TrainingLoss foundLoss) = TrainingCase.Train(corpus, options, Device(kind).CreateBackend);
        using (expected)
        using (found)
        {
            Assert.Equal(expectedLoss.Pairs, foundLoss.Pairs);
            Assert.InRange(foundLoss.Mean, expectedLoss.Mean * 0.995, expectedLoss.Mean * 1.005);
            for (int id = 0; id < expected.OutputRows; id++)
            {
                ReadOnlySpan<float> row = expected.OutputRow(id);
                Assert.InRange(Distance(row, found.OutputRow(id)), 0, 0.01 * Distance(row, new float[row.Length]));
            }
        }
    }

    /// <summary>At usual rates the loss is the plain backend's, within a few percent, although rows are read old.</summary>
    public static void ManyWindowsInFlightLearnWhatThePlainBackendLearns(string kind, int tile)
    {
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 60_000, words: 500, longest: 30);
        var options = new TrainingOptions { Tile = tile, VectorSize = 96, Epochs = 3 };
        (Weights a, TrainingLoss expected) = TrainingCase.Train(corpus, options, new PlainDevice().CreateBackend);
        (Weights b, TrainingLoss found) = TrainingCase.Train(corpus, options, Device(kind).CreateBackend, spanLength: 8192);
        a.Dispose();
        b.Dispose();
        Assert.Equal(expected.Pairs, found.Pairs);
        Assert.InRange(found.Mean, expected.Mean * 0.98, expected.Mean * 1.02);
    }

    /// <summary>A NaN must neither keep the device busy for ever nor hide: by the loss the trainer knows a divergence.</summary>
    public static void ARowThatIsNotANumberShowsInTheLoss(string kind, int tile) =>
        ARowThatIsNotANumberShowsInTheLoss(kind, new TrainingOptions { Tile = tile });

    /// <summary>The same of a model.</summary>
    public static void ARowThatIsNotANumberShowsInTheLoss(string kind, TrainingOptions model)
    {
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 20_000, words: 50, longest: 40);
        TrainingOptions options = model with { VectorSize = 20, Epochs = 1 };
        using var weights = new Weights(50, options);
        weights.Initialize(options.Seed);
        weights.InputRow(0)[0] = float.NaN;
        using ITrainingBackend backend = Device(kind).CreateBackend(new TrainingJob(corpus, options, weights));
        TrainingLoss loss = backend.Train(new TrainingSpan(0, 0, corpus.Length), CancellationToken.None);
        Assert.True(double.IsNaN(loss.Sum), $"loss {loss.Sum}");
    }

    /// <summary>So strong a subsampling leaves one tile in flight: the kernels that read ids have most of the work, while the next ones travel.</summary>
    public static void IdsInBlocksTrainAsIdsThatLieOnTheDeviceDo(string kind, int tile, int block)
    {
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 60_000, words: 40, longest: 400);
        var options = new TrainingOptions { Tile = tile, VectorSize = 20, Epochs = 2, SubsamplingThreshold = 1e-6, LearningRate = 0.1 };
        int sent = 0;
        var trial = new BackendTrial { IdBlock = block, Told = taken => sent += taken.Step == SpanStep.IdsSent ? 1 : 0 };
        TrainingCase.AssertSame(corpus, options, Device(kind).CreateBackend, GpuDevices.On(Device(kind), trial).CreateBackend, block, tolerance: 1e-4f);
        Assert.InRange(sent, corpus.Length / (block + 400), 2 * corpus.Length / block + 2);
    }

    /// <summary>The device's own limit and one that it is said to have.</summary>
    public static void RowsThatAreTooLargeForOnePieceAreRefused(string kind)
    {
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 300, words: 90, longest: 12);
        var options = new TrainingOptions { VectorSize = 100 };
        using var weights = new Weights(90, options.VectorSize);
        var job = new TrainingJob(corpus, options, weights);
        Device(kind).CreateBackend(job).Dispose();
        var refusal = Assert.Throws<Word2VecException>(() => GpuDevices.On(Device(kind), new BackendTrial { LargestPiece = 90 * 400 }).CreateBackend(job));
        Assert.Equal(ErrorKind.Device, refusal.Kind);
        Assert.Contains("(90 words × 100) do not fit in one piece on ", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("A --size of at most 96, a --min-count that leaves at most 80 words", refusal.Message, StringComparison.Ordinal);
    }

    private static TrainingDevice Device(string kind) =>
        GpuDevices.All.First(device => device.Id.StartsWith(kind + ":", StringComparison.Ordinal));

    private static double Distance(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += (a[i] - b[i]) * (double)(a[i] - b[i]);
        return Math.Sqrt(sum);
    }
}
