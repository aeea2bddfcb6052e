namespace Word2Vec.Analysis;

/// <summary>What the draws of a start of k-means are for: the third number of their keys. No two may be the same.</summary>
internal static class CenterDraws
{
    /// <summary>The first centers.</summary>
    public const int Seeding = 0;

    /// <summary>The rows that they are drawn from.</summary>
    public const int Sample = 1;

    /// <summary>The rows of mini-batches.</summary>
    public const int Batches = 2;

    /// <summary>The rows that show which centers are needed elsewhere.</summary>
    public const int Steps = 3;

    /// <summary>Where else: this and the number of the step.</summary>
    public const int Swaps = 4;
}
