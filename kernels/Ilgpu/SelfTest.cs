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
    private const float Tolerance = 1e-4f;

    /// <summary>Throws a <see cref="Word2VecException"/> when the device's vectors differ from the plain ones.</summary>
    public static void Run(Accelerator accelerator)
    {
        // One thread of the operating system for each work item: too slow to check each time, and checked by the tests.
        if (accelerator.AcceleratorType == AcceleratorType.CPU)
            return;
        var vocabulary = new Vocabulary(WordIndex.From(Enumerable.Range(0, 7).Select(i => $"w{i}")), [9, 8, 7, 6, 5, 4, 3]);
        int[] ids = [.. Enumerable.Range(0, 60).Select(i => i % 12 == 11 ? EncodedCorpus.SentenceEnd : i * 5 % 7)];
        using var corpus = new EncodedCorpus(ids, vocabulary, new CorpusCounts(55, 55, 5, 7));
        var options = new TrainingOptions { VectorSize = 40, Window = 3, Negatives = 4, SubsamplingThreshold = 0.1, Epochs = 1, LearningRate = 0.5 };
        using Weights expected = Train(new PlainDevice().CreateBackend, corpus, options);
        using Weights found = Train(job => new IlgpuBackend(job, accelerator, mostWindows: 1), corpus, options);
        for (int word = 0; word < vocabulary.Count; word++)
        {
            Compare(accelerator, expected.InputRow(word), found.InputRow(word));
            Compare(accelerator, expected.OutputRow(word), found.OutputRow(word));
        }
    }

    private static Weights Train(Func<TrainingJob, ITrainingBackend> create, EncodedCorpus corpus, TrainingOptions options)
    {
        var weights = new Weights(corpus.Vocabulary.Count, options.VectorSize);
        weights.Initialize(1);
        using ITrainingBackend backend = create(new TrainingJob(corpus, options, weights));
        backend.Train(new TrainingSpan(0, 0, corpus.Length), CancellationToken.None);
        backend.ReadWeights();
        return weights;
    }

    private static void Compare(Accelerator accelerator, ReadOnlySpan<float> expected, ReadOnlySpan<float> found)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            if (MathF.Abs(expected[i] - found[i]) <= Tolerance)
                continue;
            throw new Word2VecException(ErrorKind.Device, string.Create(CultureInfo.InvariantCulture,
                $"The device {accelerator.Name} computes wrong vectors: a component of the self-test is {found[i]}, expected {expected[i]}. Update its driver, or use --device cpu."));
        }
    }
}
