using System.Numerics.Tensors;
using Word2Vec.Numerics;
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
/// Vectors in groups: k-means with k-means++ starts (greedy), local search and Lloyd's rounds, or mini-batches for millions. The same options give the same
/// result, with any number of threads.
/// </summary>
public sealed class Clustering
{
    private const int MiniBatchFrom = 1_000_000;

    private Clustering(ClusterOptions options, PointRows points, CenterSearch search, double inertia)
    {
        (Options, Inertia, Rounds) = (options, inertia, search.Rounds);
        var (distances, silhouettes, numbers) = (new float[points.Count], new float[points.Count], new int[points.Count]);
        points.ForChunks((start, end) =>
        {
            for (int id = start; id < end; id++)
            {
                float square = options.Spherical ? 2 : points.Squares[id];
                distances[id] = Math.Max(0, square - 2 * search.Best[id]);
                double own = Math.Sqrt(distances[id]), other = Math.Sqrt(Math.Max(0, square - 2 * search.Second[id]));
                silhouettes[id] = other > 0 && options.Clusters > 1 ? (float)((other - own) / other) : 0;
            }
        });
        Silhouette = Mean(silhouettes);
        var groups = new RowGroups(options.Clusters);
        groups.Sort(search.Nearest);
        int[] order = [.. Enumerable.Range(0, groups.Count).OrderByDescending(k => groups[k].Length).ThenBy(k => groups[k].IsEmpty ? -1 : groups[k][0])];
        var clusters = new Cluster[groups.Count];
        Parallel.For(0, clusters.Length, points.Parallelism, number =>
        {
            int k = order[number];
            int[] members = Central(groups[k], distances);
            foreach (int id in members)
                numbers[id] = number;
            clusters[number] = new Cluster(number, Center(points, search, k), members, members.Sum(id => (double)distances[id]),
                Mean([.. members.Select(id => silhouettes[id])]));
        });
        Clusters = clusters;
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
    /// Hears, on the calling thread, of the stages of each start, which are its parts: <c>seeding</c> (centers that are drawn), <c>swaps</c> (samples that show which of them are
    /// needed elsewhere), <c>samples</c> (mini-batches) and <c>rounds</c>, which end when the centers stand still.
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
                points, options, start, (stage, done, total) => progress?.Report(new StageProgress(stage, done, total, Part: part, Parts: options.Starts)));
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
            int found = best!.Found();
            if (found < options.Clusters)
                throw new Word2VecException(ErrorKind.Usage, $"{options.Clusters} clusters were asked for, but the {vectors.Count} vectors are only {found} " +
                    $"different ones; ask for {found} clusters or fewer.");
            GC.KeepAlive(vectors);
            return new Clustering(options, points, best, least);
        }
    }

    private static CenterSearch Start(PointRows points, ClusterOptions options, int start, Action<string, int, int> report)
    {
        bool samples = options.MiniBatch ?? points.Count > MiniBatchFrom;
        float[] centers = CenterStart.Find(points, options, start, report);
        if (samples)
            new CenterSamples(points, options, centers).Run(start, report);
        var search = new CenterSearch(points, options, centers);
        search.Run(samples ? 1 : options.Rounds, report);
        // Centers that ran empty may have gone to rows that are the same.
        for (int before = 0, found = search.Found(); samples && before < found && found < options.Clusters; found = search.Found())
        {
            before = found;
            search.Run(search.Rounds + 1, report);
        }

        return search;
    }

    // The nearest first. A distance is not negative, so that its bits are in the order of the numbers.
    private static int[] Central(ReadOnlySpan<int> ids, float[] distances)
    {
        var keys = new ulong[ids.Length];
        for (int i = 0; i < keys.Length; i++)
            keys[i] = ((ulong)BitConverter.SingleToUInt32Bits(distances[ids[i]]) << 32) | (uint)ids[i];
        Array.Sort(keys);
        return Array.ConvertAll(keys, key => (int)(uint)key);
    }

    private static double Mean(float[] values)
    {
        double sum = 0;
        foreach (float value in values)
            sum += value;
        return values.Length == 0 ? 0 : sum / values.Length;
    }

    private static float[] Center(PointRows points, CenterSearch search, int k)
    {
        float[] center = search.Centers[(k * points.Size)..((k + 1) * points.Size)];
        TensorPrimitives.Add(center, points.Mean, center);
        return center;
    }
}
