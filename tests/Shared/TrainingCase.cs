using System.Runtime.InteropServices;
using Word2Vec.Numerics;
using Word2Vec.Training;
using Word2Vec.Words;

namespace Word2Vec.Tests.Shared;

/// <summary>A small random corpus with what is awkward: sentences of one word, repeated words, negatives that hit the center.</summary>
internal static class TrainingCase
{
    /// <summary>Makes sentences of 1 … <paramref name="longest"/> words over <paramref name="words"/> words, frequent ones first.</summary>
    public static EncodedCorpus Corpus(int tokens, int words, int longest, ulong seed = 7)
    {
        DrawKey key = DrawKey.From(seed, 0, 0);
        var ids = new List<int>();
        var counts = new long[words];
        int left = 0, sentences = 0;
        for (int i = 0; i < tokens; i++)
        {
            if (left == 0)
            {
                left = 1 + (int)CounterRandom.Below(key.Draw((1L << 40) + i), (uint)longest);
                sentences++;
            }

            float unit = CounterRandom.Unit(key.Draw(i));
            int word = (int)(unit * unit * words);
            counts[word]++;
            ids.Add(word);
            if (--left == 0 || i == tokens - 1)
                ids.Add(EncodedCorpus.SentenceEnd);
        }

        for (int word = 0; word < words; word++)
            counts[word] = Math.Max(1, counts[word]);
        var vocabulary = new Vocabulary(WordIndex.From(Enumerable.Range(0, words).Select(i => $"w{i}")), counts);
        return new EncodedCorpus([.. ids], vocabulary, new CorpusCounts(tokens, tokens, sentences, words));
    }

    /// <summary>Trains all epochs, span by span, with the backend that <paramref name="create"/> makes, and returns the weights and the loss.</summary>
    public static (Weights Weights, TrainingLoss Loss) Train(
        EncodedCorpus corpus, TrainingOptions options, Func<TrainingJob, ITrainingBackend> create, int spanLength = int.MaxValue)
    {
        var weights = new Weights(corpus.Vocabulary.Count, options);
        weights.Initialize(options.Seed);
        using ITrainingBackend backend = create(new TrainingJob(corpus, options, weights));
        TrainingLoss loss = default;
        for (int epoch = 0; epoch < options.Epochs; epoch++)
        {
            for (long start = 0; start < corpus.Length;)
            {
                long end = corpus.SentenceStart(start + spanLength);
                loss += backend.Train(new TrainingSpan(epoch, start, end), CancellationToken.None);
                start = end;
            }
        }

        backend.ReadWeights();
        return (weights, loss);
    }

    /// <summary>
    /// What <paramref name="create"/> makes for weights of which every third input vector is frozen and holds zeros of either sign: what is added to those, be
    /// it nothing, shows.
    /// </summary>
    public static Func<TrainingJob, ITrainingBackend> FreezingThirds(Func<TrainingJob, ITrainingBackend> create) => job =>
    {
        for (int row = 0; row < job.Weights.InputRows; row += 3)
        {
            job.Weights.Freeze(row);
            (job.Weights.InputRow(row)[^1], job.Weights.InputRow(row)[0]) = (0f, -0f);
        }

        return create(job);
    };

    /// <summary>Trains with both backends and compares every component of both matrices, of what is frozen every bit, and the loss.</summary>
    public static void AssertSame(
        EncodedCorpus corpus, TrainingOptions options, Func<TrainingJob, ITrainingBackend> expected, Func<TrainingJob, ITrainingBackend> found,
        int spanLength = int.MaxValue, float tolerance = 2e-5f)
    {
        (Weights a, TrainingLoss lossA) = Train(corpus, options, expected);
        (Weights b, TrainingLoss lossB) = Train(corpus, options, found, spanLength);
        using (a)
        using (b)
        {
            Assert.Equal(lossA.Pairs, lossB.Pairs);
            double away = Math.Max(1e-4, tolerance) * (1 + lossA.Pairs);
            Assert.InRange(lossB.Sum, lossA.Sum - away, lossA.Sum + away);
            for (int row = 0; row < a.InputRows; row++)
            {
                AssertClose(a.InputRow(row), b.InputRow(row), tolerance, $"input vector {row}, {options}");
                if (b.IsFrozen(row))
                    Assert.Equal(MemoryMarshal.AsBytes(a.InputRow(row)), MemoryMarshal.AsBytes(b.InputRow(row)));
            }

            for (int row = 0; row < a.OutputRows; row++)
                AssertClose(a.OutputRow(row), b.OutputRow(row), tolerance, $"output vector {row}, {options}");
        }
    }

    private static void AssertClose(ReadOnlySpan<float> expected, ReadOnlySpan<float> found, float tolerance, string what)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            if (!(Math.Abs(expected[i] - found[i]) <= tolerance * (1 + Math.Abs(expected[i]))))
                Assert.Fail($"component {i} of {what}: expected {expected[i]}, found {found[i]}");
        }
    }
}
