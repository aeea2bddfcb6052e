using System.Numerics.Tensors;
using Word2Vec.Vectors;

namespace Word2Vec.Analysis;

/// <summary>A cluster: its number, its members from the most central on, and how well they hang together.</summary>
/// <param name="Number">From 0, the largest cluster first.</param>
/// <param name="Center">Its center: <see cref="WordVectors.Size"/> floats, of length 1 where directions were compared.</param>
/// <param name="Members">The ids of its words, the nearest to the center first.</param>
/// <param name="Inertia">The sum of the squared distances of its vectors to the center.</param>
/// <param name="Silhouette">The mean of its words' simplified silhouettes; see <see cref="Clustering.Silhouette"/>.</param>
public sealed record Cluster(int Number, IReadOnlyList<float> Center, IReadOnlyList<int> Members, double Inertia, double Silhouette);

/// <summary>
/// Vectors in groups: k-means with k-means++ starts (greedy) and Lloyd's rounds, or mini-batches for millions. The same options give the same result,
/// with any number of threads.
/// </summary>
public sealed class Clustering
{
    private const int MiniBatchFrom = 1_000_000;

    private Clustering(WordVectors vectors, ClusterOptions options, PointRows points, CenterSearch search, double inertia)
    {
        (Options, Inertia, Rounds) = (options, inertia, search.Rounds);
        var distances = new float[points.Count];
        var silhouettes = new float[points.Count];
        for (int id = 0; id < points.Count; id++)
        {
            float square = options.Spherical ? 2 : points.Squares[id];
            distances[id] = Math.Max(0, square - 2 * search.Best[id]);
            double own = Math.Sqrt(distances[id]), other = Math.Sqrt(Math.Max(0, square - 2 * search.Second[id]));
            silhouettes[id] = other > 0 && options.Clusters > 1 ? (float)((other - own) / other) : 0;
        }

        Silhouette = silhouettes.Average(x => (double)x);
        int[][] members = new int[options.Clusters][];
        ILookup<int, int> byCenter = Enumerable.Range(0, points.Count).ToLookup(id => search.Nearest[id]);
        for (int k = 0; k < members.Length; k++)
            members[k] = [.. byCenter[k].OrderBy(id => distances[id])];
        int[] order = [.. Enumerable.Range(0, members.Length).OrderByDescending(k => members[k].Length).ThenBy(k => members[k].DefaultIfEmpty(-1).Min())];
        Clusters = [.. order.Select((k, number) => new Cluster(number, Center(points, search, k), members[k],
            members[k].Sum(id => (double)distances[id]), members[k].Select(id => (double)silhouettes[id]).DefaultIfEmpty(0).Average()))];
        int[] numbers = new int[vectors.Count];
        foreach (Cluster cluster in Clusters)
        {
            foreach (int id in cluster.Members)
                numbers[id] = cluster.Number;
        }

        Assignments = numbers;
    }

    /// <summary>How they were found.</summary>
    public ClusterOptions Options { get; }

    /// <summary>The clusters, the largest first.</summary>
    public IReadOnlyList<Cluster> Clusters { get; }

    /// <summary>The number of the cluster of each word.</summary>
    public IReadOnlyList<int> Assignments { get; }

    /// <summary>
    /// The sum of the squared distances of all vectors to their centers; where directions are compared, of the vectors at length 1 to centers of length 1,
    /// which is twice the sum of 1 − cosine.
    /// </summary>
    public double Inertia { get; }

    /// <summary>
    /// The mean of the words' simplified silhouettes, 0 … 1: (b − a) / b with the distance a to the word's own center and b to the nearest other one. 0 for
    /// a word as near to another cluster as to its own (Hruschka et al. 2006). All words count; with one cluster it is 0.
    /// </summary>
    public double Silhouette { get; }

    /// <summary>The rounds of the start that was kept.</summary>
    public int Rounds { get; }

    /// <summary>Finds groups among <paramref name="vectors"/>.</summary>
    /// <param name="progress">
    /// Hears, on the calling thread, of the stages of each start, which are its parts: <c>seeding</c> (centers that are drawn), <c>samples</c> (mini-batches) and <c>rounds</c>,
    /// which end when the centers stand still.
    /// </param>
    /// <exception cref="Word2VecException">An option is out of its range, or there are fewer different vectors than clusters (Usage).</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static Clustering Find(
        WordVectors vectors, ClusterOptions? options = null, IProgress<StageProgress>? progress = null, CancellationToken cancellation = default)
    {
        options ??= new ClusterOptions();
        options.Check(vectors.Count);
        using var points = new PointRows(vectors, options.Spherical, options.Threads, cancellation);
        CenterSearch? best = null;
        double least = double.PositiveInfinity;
        for (int start = 0; start < options.Starts; start++)
        {
            int part = start + 1;
            CenterSearch search = Start(
                vectors, points, options, start, (stage, done, total) => progress?.Report(new StageProgress(stage, done, total, Part: part, Parts: options.Starts)));
            double inertia = search.Inertia();
            if (inertia < least || best is null)
            {
                best?.Dispose();
                (best, least) = (search, inertia);
            }
            else
            {
                search.Dispose();
            }
        }

        using (best)
        {
            int found = best!.Nearest.Distinct().Count();
            if (found < options.Clusters)
                throw new Word2VecException(ErrorKind.Usage, $"{options.Clusters} clusters were asked for, but the {vectors.Count} vectors are only {found} " +
                    $"different ones; ask for {found} clusters or fewer.");
            GC.KeepAlive(vectors);
            return new Clustering(vectors, options, points, best, least);
        }
    }

    private static CenterSearch Start(WordVectors vectors, PointRows points, ClusterOptions options, int start, Action<string, int, int> report)
    {
        bool samples = options.MiniBatch ?? points.Count > MiniBatchFrom;
        float[] centers = samples ? CenterSamples.Find(vectors, points, options, start, report) : CenterSeeding.Draw(points, options, start, report);
        var search = new CenterSearch(points, options, centers);
        search.Run(samples ? 1 : options.Rounds, report);
        return search;
    }

    private static float[] Center(PointRows points, CenterSearch search, int k)
    {
        float[] center = search.Centers[(k * points.Size)..((k + 1) * points.Size)];
        TensorPrimitives.Add(center, points.Mean, center);
        return center;
    }
}
