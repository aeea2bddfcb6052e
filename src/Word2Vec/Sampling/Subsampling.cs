using Word2Vec.Words;

namespace Word2Vec.Sampling;

/// <summary>Thins out frequent words.</summary>
public static class Subsampling
{
    /// <summary>
    /// The chance that a token with the share <paramref name="frequency"/> of the corpus stays: (√(f/t) + 1) · t/f, at most 1
    /// (word2vec.c; section 2.3 of Mikolov et al. 2013b has the older form √(t/f)).
    /// </summary>
    public static double KeepProbability(double frequency, double threshold) =>
        threshold <= 0 || frequency <= 0 ? 1 : Math.Min(1, (Math.Sqrt(frequency / threshold) + 1) * threshold / frequency);

    /// <summary>For each word the largest 32-bit draw with which its tokens stay.</summary>
    public static uint[] Thresholds(Vocabulary vocabulary, double threshold)
    {
        var thresholds = new uint[vocabulary.Count];
        for (int id = 0; id < thresholds.Length; id++)
            thresholds[id] = (uint)Math.Max(0, KeepProbability((double)vocabulary.Counts[id] / vocabulary.TotalCount, threshold) * 4294967296.0 - 1);
        return thresholds;
    }
}
