using System.Numerics;

namespace Word2Vec.Numerics;

/// <summary>
/// The counter-based random generator that every random decision of a training comes from: a pure function of a key and a position,
/// in 32-bit arithmetic alone, so that a processor, a vector unit and a graphics card draw the same bits in any order.
/// </summary>
/// <remarks>
/// A key is made on the host from (seed, epoch, index) with SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators,
/// OOPSLA 2014). The bits are three multiply-xorshift rounds over the position, with the constants of "triple32" (C. Wellons, hash-prospector),
/// half of the key before the first round and half after it.
/// </remarks>
public static class CounterRandom
{
    /// <summary>Returns 32 random bits for the position <paramref name="low"/> + 2³² · <paramref name="high"/> under the key (<paramref name="keyA"/>, <paramref name="keyB"/>).</summary>
    public static uint Draw(uint keyA, uint keyB, uint low, uint high)
    {
        uint bits = low ^ keyA;
        bits ^= bits >> 17;
        bits *= 0xed5ad4bbu;
        bits += keyB + high * 0x9e3779b1u;
        bits ^= bits >> 11;
        bits *= 0xac4c1b51u;
        bits ^= bits >> 15;
        bits *= 0x31848babu;
        bits ^= bits >> 14;
        return bits;
    }

    /// <summary>Maps 32 random bits to an integer in [0, <paramref name="count"/>): the high half of the product (Lemire 2019, without rejection).</summary>
    public static uint Below(uint bits, uint count) => (uint)(((ulong)bits * count) >> 32);

    /// <summary>Maps 32 random bits to a float in [0, 1): the upper 24 bits.</summary>
    public static float Unit(uint bits) => (bits >> 8) * (1f / (1 << 24));
}

/// <summary>The key of one stream of draws: all decisions of one kind in one epoch.</summary>
/// <param name="A">The half that enters before the first round.</param>
/// <param name="B">The half that enters after the first round.</param>
public readonly record struct DrawKey(uint A, uint B)
{
    /// <summary>Derives the key of (<paramref name="seed"/>, <paramref name="epoch"/>, <paramref name="index"/>).</summary>
    public static DrawKey From(ulong seed, int epoch, int index)
    {
        ulong mixed = SplitMix(SplitMix(SplitMix(seed) + (uint)epoch) + (uint)index);
        return new DrawKey((uint)mixed, (uint)(mixed >> 32));
    }

    /// <summary>Returns the 32 random bits of this stream at <paramref name="position"/> (0 or greater).</summary>
    public uint Draw(long position) => CounterRandom.Draw(A, B, (uint)position, (uint)(position >> 32));

    /// <summary>Draws at each of <paramref name="positions"/>, a register at a time; <paramref name="bits"/> has room for as many.</summary>
    public void Draw(ReadOnlySpan<long> positions, Span<uint> bits)
    {
        int i = 0;
        for (; i <= positions.Length - Vector<uint>.Count; i += Vector<uint>.Count)
        {
            Vector<ulong> first = new Vector<long>(positions[i..]).As<long, ulong>();
            Vector<ulong> second = new Vector<long>(positions[(i + Vector<long>.Count)..]).As<long, ulong>();
            Vector<uint> low = Vector.Narrow(first & new Vector<ulong>(uint.MaxValue), second & new Vector<ulong>(uint.MaxValue));
            Draw(low, Vector.Narrow(first >> 32, second >> 32)).CopyTo(bits[i..]);
        }

        for (; i < positions.Length; i++)
            bits[i] = Draw(positions[i]);
    }

    /// <summary>Draws at <paramref name="start"/> and the positions after it, as many as <paramref name="bits"/> has room for.</summary>
    public void DrawRange(long start, Span<uint> bits)
    {
        int i = 0;
        if ((start >> 32) == ((start + bits.Length) >> 32))
        {
            var high = new Vector<uint>((uint)(start >> 32));
            for (; i <= bits.Length - Vector<uint>.Count; i += Vector<uint>.Count)
                Draw(Vector<uint>.Indices + new Vector<uint>((uint)(start + i)), high).CopyTo(bits[i..]);
        }

        for (; i < bits.Length; i++)
            bits[i] = Draw(start + i);
    }

    /// <summary><see cref="CounterRandom.Draw"/>, a register of positions at a time.</summary>
    private Vector<uint> Draw(Vector<uint> low, Vector<uint> high)
    {
        Vector<uint> bits = low ^ new Vector<uint>(A);
        bits ^= bits >> 17;
        bits *= 0xed5ad4bbu;
        bits += new Vector<uint>(B) + high * 0x9e3779b1u;
        bits ^= bits >> 11;
        bits *= 0xac4c1b51u;
        bits ^= bits >> 15;
        bits *= 0x31848babu;
        bits ^= bits >> 14;
        return bits;
    }

    private static ulong SplitMix(ulong state)
    {
        ulong z = state + 0x9e3779b97f4a7c15ul;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ul;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebul;
        return z ^ (z >> 31);
    }
}
