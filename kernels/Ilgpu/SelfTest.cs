using System.Globalization;
using ILGPU.Runtime;
using Word2Vec.Training;
using Word2Vec.Words;

namespace Word2Vec.Kernels.Ilgpu;

/// <summary>
/// Trains a handful of windows on the device and on the plain backend before the real training: a compiler or driver that gives wrong answers
/// (barriers, atomics and sub-groups differ between OpenCL implementations) is caught here and not by the user.
/// </summary>
internal static class SelfTest
{
    // Each run of positions is a thread's work: more runs than the largest group has threads, so that several groups and the whole scan take part.
    private const int Positions = 80_000, SentenceLength = 1000;

    // Two, one of which travels while the other one is trained.
    private static readonly BackendTrial Blocks = new() { IdBlock = Positions / 2 };

    private const float Tolerance = 1e-3f, TensorTolerance = 1e-2f;

    private const int MostBuckets = 50;

    /// <summary>Throws a <see cref="Word2VecException"/> when the device's vectors differ from the plain ones.</summary>
    /// <param name="trained">What will be trained: vector size, window and tile decide what is launched, and whether a row is frozen.</param>
    /// <param name="inBlocks">Whether ids will come in blocks.</param>
    /// <param name="units">What tiles will be trained with; on tensor cores factors have 11 bits.</param>
    public static void Run(Accelerator accelerator, TrainingJob trained, bool inBlocks, TileUnits units)
    {
        // One thread of the operating system for each work item: too slow to check each time, and checked by the tests.
        if (accelerator.AcceleratorType == AcceleratorType.CPU)
            return;
        var vocabulary = new Vocabulary(WordIndex.From(Enumerable.Range(0, 7).Select(i => $"w{i}")), [14_000, 12_800, 12_000, 11_600, 10_800, 10_000, 8720]);
        int[] ids = [.. Enumerable.Range(1, Positions).Select(i => i % SentenceLength == 0 ? EncodedCorpus.SentenceEnd : i * 5 % 7)];
        const int Sentences = Positions / SentenceLength;
        using var corpus = new EncodedCorpus(ids, vocabulary, new CorpusCounts(Positions - Sentences, Positions - Sentences, Sentences, 7));

        TrainingOptions options = OptionsFor(accelerator, trained.Options, units);
        bool freezes = trained.Weights.HasFrozen;
        int spanLength = inBlocks ? Blocks.IdBlock : Positions;
        using Weights expected = Train(new PlainDevice().CreateBackend, corpus, options, freezes, spanLength);
        using Weights found = Train(
            job => new IlgpuBackend(job, accelerator, mostWindows: 1, trial: inBlocks ? Blocks : null, units: units), corpus, options, freezes, spanLength);
        float tolerance = units.TensorCores ? TensorTolerance : Tolerance;
        for (int row = 0; row < expected.InputRows; row++)
            Compare(accelerator, expected.InputRow(row), found.InputRow(row), expected.IsFrozen(row) ? 0 : tolerance);
        for (int row = 0; row < expected.OutputRows; row++)
            Compare(accelerator, expected.OutputRow(row), found.OutputRow(row), tolerance);
    }

    private static TrainingOptions OptionsFor(Accelerator accelerator, TrainingOptions trained, TileUnits units)
    {
        // So strong a subsampling leaves some hundred windows.
        TrainingOptions options = trained with { SubsamplingThreshold = 6e-6, Epochs = 1 };
        if (!trained.HasTiles)
            return options with
            {
                Subwords = trained.Subwords is { } subwords ? subwords with { Buckets = Math.Min(subwords.Buckets, MostBuckets) } : null,
                LearningRate = 0.5 / ((1 + trained.Negatives) * Math.Sqrt(trained.Window)),
            };
        TileShape tile = TileUpdate.Geometry(trained, accelerator, LaunchShape.LanesForTiles(accelerator), units).Tile;
        return options with
        {
            Tile = tile.Centers,
            TileNegatives = tile.Centers == 1 ? 0 : tile.Negatives,
            LearningRate = 1 / ((1 + trained.Negatives) * Math.Sqrt(tile.Centers * trained.Window)),
        };
    }

    private static Weights Train(Func<TrainingJob, ITrainingBackend> create, EncodedCorpus corpus, TrainingOptions options, bool freezes, int spanLength)
    {
        var weights = new Weights(corpus.Vocabulary.Count, options);
        weights.Initialize(1);
        if (freezes)
        {
            weights.Freeze(0);
            weights.InputRow(0)[0] = -0f;
        }

        using ITrainingBackend backend = create(new TrainingJob(corpus, options, weights));
        foreach (TrainingSpan span in Trainer.Spans(corpus, epoch: 0, start: 0, spanLength))
            backend.Train(span, CancellationToken.None);
        backend.ReadWeights();
        return weights;
    }

    private static void Compare(Accelerator accelerator, ReadOnlySpan<float> expected, ReadOnlySpan<float> found, float tolerance)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            // What must not change at all keeps the sign of a zero, too.
            if (tolerance > 0 ? MathF.Abs(expected[i] - found[i]) <= tolerance : BitConverter.SingleToInt32Bits(expected[i]) == BitConverter.SingleToInt32Bits(found[i]))
                continue;
            throw new Word2VecException(ErrorKind.Device, string.Create(CultureInfo.InvariantCulture,
                $"The device {accelerator.Name} computes wrong vectors: a component of the self-test is {found[i]}, expected {expected[i]}. Update its driver, or use --device cpu."));
        }
    }
}
