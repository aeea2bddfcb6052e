using Word2Vec.Numerics;
using Word2Vec.Words;

namespace Word2Vec.Sampling;

/// <summary>
/// The random decisions of a training, each a pure function of (seed, epoch, token position, index): which tokens stay, how wide each window is,
/// which negatives it gets. Every backend makes the same ones.
/// </summary>
public sealed class Sampler
{
    private readonly ulong _seed;
    private readonly uint[] _keepThresholds;

    /// <summary>Prepares the tables of <paramref name="vocabulary"/>.</summary>
    public Sampler(Vocabulary vocabulary, double subsamplingThreshold, int window, int negatives, ulong seed)
    {
        (_seed, Window, Negatives) = (seed, window, negatives);
        _keepThresholds = Subsampling.Thresholds(vocabulary, subsamplingThreshold);
        NegativeTable = AliasTable.ForNegatives(vocabulary.Counts);
    }

    /// <summary>The widest radius of a window.</summary>
    public int Window { get; }

    /// <summary>Negative samples a window.</summary>
    public int Negatives { get; }

    /// <summary>A token of word w stays when its draw is at most KeepThresholds[w].</summary>
    public ReadOnlySpan<uint> KeepThresholds => _keepThresholds;

    /// <summary>The distribution of the negatives: count^0.75.</summary>
    public AliasTable NegativeTable { get; }

    /// <summary>The keys of one epoch's draws.</summary>
    public EpochDraws Epoch(int epoch) => new(this, _seed, epoch);
}

/// <summary>The draws of one epoch.</summary>
public sealed class EpochDraws
{
    /// <summary>The index of the key that keeps tokens.</summary>
    public const int KeepKey = 0;

    /// <summary>The index of the key that draws radii.</summary>
    public const int RadiusKey = 1;

    private readonly Sampler _sampler;
    private readonly DrawKey[] _keys;

    internal EpochDraws(Sampler sampler, ulong seed, int epoch)
    {
        _sampler = sampler;
        _keys = [.. Enumerable.Range(0, BucketKey(sampler.Negatives)).Select(index => DrawKey.From(seed, epoch, index))];
    }

    /// <summary>One key for each stream: keep, radius, then two for each negative (bucket and fraction).</summary>
    public ReadOnlySpan<DrawKey> Keys => _keys;

    /// <summary>The index of the key that draws the alias table's bucket for a negative sample.</summary>
    public static int BucketKey(int negative) => 2 + 2 * negative;

    /// <summary>The index of the key that decides between the bucket's two words for a negative sample.</summary>
    public static int FractionKey(int negative) => 3 + 2 * negative;

    /// <summary>A token of word w stays when its draw is at most KeepThresholds[w].</summary>
    public ReadOnlySpan<uint> KeepThresholds => _sampler.KeepThresholds;

    /// <summary>Whether the token <paramref name="word"/> at <paramref name="position"/> stays after subsampling.</summary>
    public bool Keeps(int word, long position) => _keys[KeepKey].Draw(position) <= _sampler.KeepThresholds[word];

    /// <summary>The radius of the window around <paramref name="position"/>: uniform in 1 … window.</summary>
    public int Radius(long position) => RadiusOf(_keys[RadiusKey].Draw(position));

    /// <summary>The radius that <paramref name="bits"/> of the key <see cref="RadiusKey"/> stand for.</summary>
    public int RadiusOf(uint bits) => 1 + (int)CounterRandom.Below(bits, (uint)_sampler.Window);

    /// <summary>Negative <paramref name="index"/> (0 … negatives − 1) of the window around <paramref name="position"/>; it may equal the center.</summary>
    public int Negative(long position, int index) =>
        NegativeOf(_keys[BucketKey(index)].Draw(position), _keys[FractionKey(index)].Draw(position));

    /// <summary>The negative sample that the bits of its two keys stand for.</summary>
    public int NegativeOf(uint bucketBits, uint fractionBits) => _sampler.NegativeTable.Pick(bucketBits, fractionBits);
}
