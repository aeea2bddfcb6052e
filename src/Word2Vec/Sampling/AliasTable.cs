using Word2Vec.Numerics;

namespace Word2Vec.Sampling;

/// <summary>
/// Draws from a discrete distribution in constant time: each of its equal buckets holds at most two words (A. J. Walker 1977; built by
/// M. D. Vose's method, 1991). It is as large as the vocabulary and exact to 2⁻³², where word2vec.c's table of 10⁸ entries rounds.
/// </summary>
public sealed class AliasTable
{
    // Threshold and alias of a bucket side by side: a draw at random costs one cache miss and no branch to predict.
    private readonly ulong[] _buckets;
    private readonly uint[] _thresholds;
    private readonly int[] _aliases;

    private AliasTable(uint[] thresholds, int[] aliases)
    {
        (_thresholds, _aliases) = (thresholds, aliases);
        _buckets = new ulong[thresholds.Length];
        for (int i = 0; i < _buckets.Length; i++)
            _buckets[i] = thresholds[i] | ((ulong)aliases[i] << 32);
    }

    /// <summary>A bucket gives its own word when the fraction drawn is at most this, else the alias.</summary>
    public ReadOnlySpan<uint> Thresholds => _thresholds;

    /// <summary>The other word of each bucket; the bucket's own where there is none.</summary>
    public ReadOnlySpan<int> Aliases => _aliases;

    /// <summary>The table of the negatives: weights count^0.75 (Mikolov et al. 2013b, section 2.2).</summary>
    public static AliasTable ForNegatives(ReadOnlySpan<long> counts)
    {
        var weights = new double[counts.Length];
        for (int i = 0; i < weights.Length; i++)
            weights[i] = NegativeWeight(counts[i]);
        return Build(weights);
    }

    /// <summary>The weight of a word as a negative sample: <paramref name="count"/>^0.75.</summary>
    /// <remarks>The power is √c · √√c: square roots are rounded the same on every machine, Math.Pow is not.</remarks>
    public static double NegativeWeight(long count) => Math.Sqrt(count) * Math.Sqrt(Math.Sqrt(count));

    /// <summary>The table of <paramref name="weights"/>, none negative, at least one positive.</summary>
    public static AliasTable Build(ReadOnlySpan<double> weights)
    {
        double total = 0;
        foreach (double weight in weights)
            total += weight;
        var scaled = new double[weights.Length];
        var small = new Stack<int>();
        var large = new Stack<int>();
        for (int i = 0; i < scaled.Length; i++)
        {
            scaled[i] = weights[i] / total * weights.Length;
            (scaled[i] < 1 ? small : large).Push(i);
        }

        var thresholds = new uint[weights.Length];
        var aliases = new int[weights.Length];
        while (small.Count > 0 && large.Count > 0)
        {
            int poor = small.Pop(), rich = large.Pop();
            thresholds[poor] = (uint)Math.Max(0, scaled[poor] * 4294967296.0 - 1);
            aliases[poor] = rich;
            scaled[rich] -= 1 - scaled[poor];
            (scaled[rich] < 1 ? small : large).Push(rich);
        }

        // What is left on either stack is 1 but for rounding: a bucket of one word.
        foreach (int full in small.Concat(large))
            (thresholds[full], aliases[full]) = (uint.MaxValue, full);
        return new AliasTable(thresholds, aliases);
    }

    /// <summary>The word of the bucket that <paramref name="bucketBits"/> choose, or its alias, as <paramref name="fractionBits"/> decide.</summary>
    public int Pick(uint bucketBits, uint fractionBits)
    {
        int own = (int)CounterRandom.Below(bucketBits, (uint)_buckets.Length);
        ulong bucket = _buckets[own];

        // All ones where the fraction is at most the threshold, else zero: which of the two it is cannot be predicted.
        int keeps = (int)(((long)fractionBits - (uint)bucket - 1) >> 63);
        return (own & keeps) | ((int)(bucket >> 32) & ~keeps);
    }
}
