using ILGPU;
using Word2Vec.Numerics;
using Word2Vec.Sampling;
using Word2Vec.Words;

namespace Word2Vec.Kernels.Ilgpu;

/// <summary>Four components of a row: what a thread loads and stores at once.</summary>
internal struct Float4
{
    public float X, Y, Z, W;
}

/// <summary>Two dot products, or gradients, side by side.</summary>
internal struct Float2
{
    public float X, Y;
}

/// <summary>The bits of two floats side by side.</summary>
internal struct Int2
{
    public int X, Y;
}

/// <summary>What every training kernel reads of a span, and the rows that it changes; with the draws that they all make.</summary>
internal struct SpanArguments
{
    /// <summary>The two matrices, <see cref="Stride"/> floats a row.</summary>
    public ArrayView<float> Input, Output;

    /// <summary>
    /// The factor of each row's changes (see <see cref="ConcurrencyPlan"/>). 0: the row is not written, because even a zero that is added would change the
    /// sign of one; only input rows have it.
    /// </summary>
    public ArrayView<float> InputScales, OutputScales;

    /// <summary>The kept tokens and sentence ends, where they are in the span, and which of them begin a tile.</summary>
    public ArrayView<int> KeptWords, KeptPositions, Tiles;

    /// <summary>Behind the last run: how many kept tokens and tiles there are.</summary>
    public ArrayView<RunStart> Starts;

    /// <summary>The alias table of the negatives.</summary>
    public ArrayView<uint> AliasThresholds;

    /// <summary>The alias table of the negatives.</summary>
    public ArrayView<int> Aliases;

    /// <summary>The keys of this epoch's draws, A and B in turn: keep, radius, then bucket and fraction of each negative.</summary>
    public ArrayView<uint> Keys;

    /// <summary>Where the span starts in the corpus.</summary>
    public long Start;

    /// <summary>The learning rate at the span's start, its fall a position, and its floor.</summary>
    public float Rate, RateFall, RateFloor;

    /// <summary>Floats of a row with and without padding; the widest radius; runs of the span.</summary>
    public int Stride, Size, Window, Runs;

    /// <summary>The learning rate of the kept token <paramref name="token"/>.</summary>
    public static float RateAt(SpanArguments span, int token)
    {
        float rate = span.Rate - span.RateFall * span.KeptPositions[token];
        return rate < span.RateFloor ? span.RateFloor : rate;
    }

    /// <summary>
    /// Where row <paramref name="row"/> begins in a matrix of rows of <paramref name="length"/> elements. Without signs the product is one instruction; of a row below 0, which is none,
    /// it says nothing.
    /// </summary>
    public static long Offset(int row, int length) => (long)((uint)row * (ulong)(uint)length);

    /// <summary>The radius of the window around <paramref name="position"/> of the corpus.</summary>
    public static int Radius(SpanArguments span, long position) =>
        1 + (int)CounterRandom.Below(Draw(span, EpochDraws.RadiusKey, position), (uint)span.Window);

    /// <summary>Negative <paramref name="index"/> of the window or tile at <paramref name="position"/> of the corpus.</summary>
    public static int Negative(SpanArguments span, int index, long position)
    {
        int bucket = (int)CounterRandom.Below(Draw(span, EpochDraws.BucketKey(index), position), (uint)span.Aliases.IntLength);
        return Draw(span, EpochDraws.FractionKey(index), position) <= span.AliasThresholds[bucket] ? bucket : span.Aliases[bucket];
    }

    /// <summary>Contexts to the left of the kept token <paramref name="center"/> that a window of <paramref name="radius"/> sees.</summary>
    public static int Left(SpanArguments span, int center, int radius)
    {
        int count = 0;
        while (count < radius && center - count - 1 >= 0 && span.KeptWords[center - count - 1] != EncodedCorpus.SentenceEnd)
            count++;
        return count;
    }

    /// <summary>Contexts to its right, among <paramref name="total"/> kept tokens.</summary>
    public static int Right(SpanArguments span, int center, int radius, int total)
    {
        int count = 0;
        while (count < radius && center + count + 1 < total && span.KeptWords[center + count + 1] != EncodedCorpus.SentenceEnd)
            count++;
        return count;
    }

    /// <summary>Context word <paramref name="index"/> of the window that starts at the kept token <paramref name="first"/>; the center is passed over.</summary>
    public static int ContextWord(SpanArguments span, int first, int center, int index) =>
        span.KeptWords[first + index < center ? first + index : first + index + 1];

    private static uint Draw(SpanArguments span, int index, long position) =>
        CounterRandom.Draw(span.Keys[2 * index], span.Keys[(2 * index) + 1], (uint)position, (uint)(position >> 32));
}
