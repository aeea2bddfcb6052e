using Word2Vec.Kernels.Tests.CudaOnCpu;
using Word2Vec.Tests.Shared;
using Word2Vec.Training;
using Word2Vec.Words;

namespace Word2Vec.Kernels.Tests;

/// <summary>What holds on every real device with any model.</summary>
internal static class DeviceChecks
{
    /// <summary>Tokens that give a device many windows to have in flight: a fifth of them where the device is in software.</summary>
    public static int ManyTokens(string kind) => kind.StartsWith("cuda", StringComparison.Ordinal) && SoftwareDevice.IsLoaded ? 12_000 : 60_000;

    /// <summary>The first device of a kind.</summary>
    public static TrainingDevice First(string kind) => GpuDevices.All.First(device => device.Id.StartsWith(kind + ":", StringComparison.Ordinal));

    /// <summary>
    /// At a low rate what windows in flight do not see of each other is of the second order, so every row must have moved as on the plain
    /// backend, within a hundredth. On a device that runs hundreds of groups at once, additions that get lost show here; on a processor's few,
    /// hardly.
    /// </summary>
    public static void LosesNoAddition(string kind, TrainingOptions model)
    {
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: ManyTokens(kind), words: 1000, longest: 40);
        TrainingOptions options = model with { VectorSize = 100, SubsamplingThreshold = 0, Epochs = 1 };
        (Weights expected, TrainingLoss expectedLoss) = TrainingCase.Train(corpus, options, new PlainDevice().CreateBackend);
        (Weights found, TrainingLoss foundLoss) = TrainingCase.Train(corpus, options, First(kind).CreateBackend);
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

    /// <summary>At usual rates the loss is the plain backend's, within the share <paramref name="within"/>, although rows are read old.</summary>
    public static void LearnsAsPlain(string kind, TrainingOptions options, double within)
    {
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: ManyTokens(kind), words: 500, longest: 30);
        (Weights a, TrainingLoss expected) = TrainingCase.Train(corpus, options, new PlainDevice().CreateBackend);
        (Weights b, TrainingLoss found) = TrainingCase.Train(corpus, options, First(kind).CreateBackend, spanLength: 8192);
        a.Dispose();
        b.Dispose();
        Assert.Equal(expected.Pairs, found.Pairs);
        Assert.InRange(found.Mean, expected.Mean * (1 - within), expected.Mean * (1 + within));
    }

    /// <summary>A NaN must neither keep the device busy for ever nor hide: by the loss the trainer knows a divergence.</summary>
    public static void NotANumberShows(string kind, TrainingOptions model)
    {
        using EncodedCorpus corpus = TrainingCase.Corpus(tokens: 20_000, words: 50, longest: 40);
        TrainingOptions options = model with { VectorSize = 20, Epochs = 1 };
        using var weights = new Weights(50, options);
        weights.Initialize(options.Seed);
        weights.InputRow(0)[0] = float.NaN;
        using ITrainingBackend backend = First(kind).CreateBackend(new TrainingJob(corpus, options, weights));
        TrainingLoss loss = backend.Train(new TrainingSpan(0, 0, corpus.Length), CancellationToken.None);
        Assert.True(double.IsNaN(loss.Sum), $"loss {loss.Sum}");
    }

    private static double Distance(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += (a[i] - b[i]) * (double)(a[i] - b[i]);
        return Math.Sqrt(sum);
    }
}
