namespace Word2Vec.Analysis;

/// <summary>How <see cref="Clustering.Find"/> groups vectors.</summary>
public sealed record ClusterOptions
{
    /// <summary>The number of clusters (k), 1 or more and no more than there are vectors; 20 by default.</summary>
    public int Clusters { get; init; } = 20;

    /// <summary>
    /// True, the default, compares directions: vectors count at length 1, and so do centers (spherical k-means; Dhillon and Modha 2001). False takes
    /// vectors as they are and their Euclidean distances.
    /// </summary>
    public bool Spherical { get; init; } = true;

    /// <summary>How often everything is begun anew, 1 or more; the result with the smallest inertia is kept. 3 by default.</summary>
    public int Starts { get; init; } = 3;

    /// <summary>The most rounds of a start, 1 or more; 300 by default.</summary>
    public int Rounds { get; init; } = 300;

    /// <summary>
    /// A start ends when the squares of what the centers moved sum up to no more than this share of the vectors' mean variance a component, 0 or more;
    /// 1e-5 by default. 0 goes on until no vector changes its cluster.
    /// </summary>
    public double Tolerance { get; init; } = 1e-5;

    /// <summary>
    /// Whether centers are found on small samples (mini-batch k-means; Sculley 2010), one after another, before all vectors are looked at; null, the
    /// default: where there are more than a million.
    /// </summary>
    public bool? MiniBatch { get; init; }

    /// <summary>Every random decision follows from it; 1 by default.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The most threads; all processors by default. The result does not depend on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    internal void Check(int count)
    {
        OptionCheck.Range("clusters", Clusters, 1, count);
        OptionCheck.Range("starts", Starts, 1, 1000);
        OptionCheck.Range("rounds", Rounds, 1, int.MaxValue);
        OptionCheck.Range("tolerance", Tolerance, 0, 1);
        OptionCheck.Range("threads", Threads, 1, int.MaxValue);
    }
}
