namespace Word2Vec.Analysis;

/// <summary>How <see cref="WordMap.Find"/> makes a map; the defaults are those of scikit-learn's TSNE and of umap-learn.</summary>
public sealed record MapOptions
{
    private const int MostDimensions = 3, MostNeighbors = 1000, MostPoints = 2_000_000;

    /// <summary>t-SNE by default.</summary>
    public MapMethod Method { get; init; } = MapMethod.Tsne;

    /// <summary>
    /// Coordinates of a point, 1 to 3 and no more than the vectors have for <see cref="MapMethod.Pca"/>; 2 by default. t-SNE compares all
    /// pairs unless it is 2.
    /// </summary>
    public int Dimensions { get; init; } = 2;

    /// <summary>
    /// True, the default, compares directions: vectors count at length 1, which is what the cosine says. False takes vectors as they are
    /// and their Euclidean distances.
    /// </summary>
    public bool Spherical { get; init; } = true;

    /// <summary>
    /// t-SNE: how many neighbours a point has, smoothly counted, 1 or more; 30 by default. A third of the other points is the most that is
    /// used.
    /// </summary>
    public double Perplexity { get; init; } = 30;

    /// <summary>
    /// t-SNE: what attraction is multiplied by for the first quarter of the iterations, 250 at most, 1 or more; 12 by default.
    /// </summary>
    public double Exaggeration { get; init; } = 12;

    /// <summary>
    /// t-SNE: the learning rate, above 0; null, the default: the number of points / <see cref="Exaggeration"/> / 4, and 50 at least.
    /// </summary>
    public double? LearningRate { get; init; }

    /// <summary>UMAP: neighbours of a point, itself counted, 2 to 1000; 15 by default.</summary>
    public int Neighbors { get; init; } = 15;

    /// <summary>UMAP: how near points of a group come to each other, 0 to <see cref="Spread"/>; 0.1 by default.</summary>
    public double MinimumDistance { get; init; } = 0.1;

    /// <summary>UMAP: the scale of the map, above 0; 1 by default.</summary>
    public double Spread { get; init; } = 1;

    /// <summary>UMAP: points that a point is pushed away from for each that it is drawn to, 1 to 100; 5 by default.</summary>
    public int NegativeSamples { get; init; } = 5;

    /// <summary>
    /// Iterations, 1 or more; null, the default: 1000 for t-SNE, and for UMAP 500 up to 10,000 points and 200 beyond.
    /// </summary>
    public int? Iterations { get; init; }

    /// <summary>Every random decision follows from it; 1 by default.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The most threads; all processors by default. The result does not depend on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    internal int IterationsFor(int points) => Iterations ?? (Method == MapMethod.Tsne ? 1000 : points <= 10_000 ? 500 : 200);

    internal void Check(int points, int size)
    {
        OptionCheck.Range("dimensions", Dimensions, 1, Method == MapMethod.Pca ? Math.Min(size, MostDimensions) : MostDimensions);
        OptionCheck.Range("perplexity", Perplexity, 1, MostNeighbors / 3);
        OptionCheck.Range("exaggeration", Exaggeration, 1, 1000);
        OptionCheck.Range("learning-rate", LearningRate ?? 1, double.Epsilon, double.MaxValue);
        OptionCheck.Range("neighbors", Neighbors, 2, MostNeighbors);
        OptionCheck.Range("spread", Spread, 1e-3, 1e3);
        OptionCheck.Range("min-dist", MinimumDistance, 0, Spread);
        OptionCheck.Range("negative-samples", NegativeSamples, 1, 100);
        OptionCheck.Range("iterations", Iterations ?? 1, 1, 1_000_000);
        OptionCheck.Range("threads", Threads, 1, int.MaxValue);
        if (points > MostPoints)
            throw new Word2VecException(ErrorKind.Usage, string.Create(System.Globalization.CultureInfo.InvariantCulture,
                $"A map of {points:N0} vectors was asked for; {MostPoints:N0} are the most. Take the first ones only."));
    }
}
