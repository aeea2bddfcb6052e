namespace Word2Vec.Numerics;

/// <summary>Sizes in whole blocks, so that what goes through them needs no tails.</summary>
internal static class Multiples
{
    /// <summary>The smallest multiple of <paramref name="block"/> that is no less than <paramref name="count"/>.</summary>
    public static int RoundUp(int count, int block) => (count + block - 1) / block * block;
}
