using Word2Vec.Numerics;
using Word2Vec.Vectors;

namespace Word2Vec.Analysis;

/// <summary>
/// Vectors laid out in two dimensions (or one, or three), so that what is near in all of them is near on the map. The same options give the
/// same map, with any number of threads.
/// </summary>
public sealed class WordMap
{
    private WordMap(MapOptions options, WordVectors vectors, double loss) => (Options, Vectors, Loss) = (options, vectors, loss);

    /// <summary>How it was made.</summary>
    public MapOptions Options { get; }

    /// <summary>The places: for each word <see cref="MapOptions.Dimensions"/> coordinates. Words, counts and metadata came along.</summary>
    public WordVectors Vectors { get; }

    /// <summary>
    /// t-SNE's loss at the end, the Kullback–Leibler divergence of the neighbourhoods on the map from those of the vectors; NaN for other
    /// methods.
    /// </summary>
    public double Loss { get; }

    /// <summary>Makes a map of <paramref name="vectors"/>.</summary>
    /// <param name="progress">Hears often, from several threads, of the stages <c>neighbors</c> (rows) and <c>layout</c> (iterations).</param>
    /// <exception cref="Word2VecException">An option is out of its range (Usage), or a component is infinite or not a number
    /// (Format).</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static WordMap Find(
        WordVectors vectors, MapOptions? options = null, IProgress<StageProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        options ??= new MapOptions();
        options.Check(vectors.Count, vectors.Size);
        CheckFinite(vectors);
        cancellation.ThrowIfCancellationRequested();
        double loss = double.NaN;
        float[] places = vectors.Count < 2 ? new float[vectors.Count * options.Dimensions] : options.Method switch
        {
            MapMethod.Tsne => Tsne(vectors, options, progress, out loss, cancellation),
            MapMethod.Umap => Umap(vectors, options, progress, cancellation),
            _ => MapStart.Components(vectors, options, cancellation).ToRows(),
        };
        GC.KeepAlive(vectors);
        var map = new WordVectors(vectors.Words.InMemory(), options.Dimensions, places)
        {
            Counts = vectors.Counts?.ToArray(),
            Metadata = vectors.Metadata,
        };
        return new WordMap(options, map, loss);
    }

    private static float[] Tsne(
        WordVectors vectors, MapOptions options, IProgress<StageProgress>? progress, out double loss, CancellationToken cancellation)
    {
        double perplexity = Math.Max(1, Math.Min(options.Perplexity, (vectors.Count - 1) / 3.0));
        int size = Math.Min(vectors.Count - 1, (int)(3 * perplexity + 1));
        var parallelism = new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellation };
        NeighborGraph affinities = Affinities.Of(Neighbors(vectors, options, size, progress, cancellation), perplexity, parallelism);
        MapPoints points = MapStart.WithDeviation(MapStart.Components(vectors, options, cancellation), 1e-4, options.Seed);
        int total = options.IterationsFor(vectors.Count);
        loss = new TsneLayout(affinities, points, options, parallelism)
            .Run((done, measured) => progress?.Report(new StageProgress("layout", done, total, measured)));
        return points.ToRows();
    }

    private static float[] Umap(WordVectors vectors, MapOptions options, IProgress<StageProgress>? progress, CancellationToken cancellation)
    {
        int neighbors = Math.Min(options.Neighbors, vectors.Count);
        var parallelism = new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellation };
        NeighborGraph graph = FuzzyGraph.Of(Neighbors(vectors, options, neighbors - 1, progress, cancellation), neighbors, parallelism);
        MapPoints start = MapStart.WithLargest(MapStart.Components(vectors, options, cancellation), 10, options.Seed);
        int total = options.IterationsFor(vectors.Count);
        return new UmapLayout(graph, start, options, parallelism)
            .Run(done => progress?.Report(new StageProgress("layout", done, total)));
    }

    private static NeighborLists Neighbors(
        WordVectors vectors, MapOptions options, int size, IProgress<StageProgress>? progress, CancellationToken cancellation)
    {
        int found = 0;
        using var points = new PointRows(vectors, options.Spherical, options.Threads, cancellation);
        return NeighborSearch.Find(points, size,
            rows => progress?.Report(new StageProgress("neighbors", Interlocked.Add(ref found, rows), vectors.Count)));
    }

    private static void CheckFinite(WordVectors vectors)
    {
        for (int id = 0; id < vectors.Count; id++)
        {
            if (!VectorMath.IsFinite(vectors[id]))
                throw new Word2VecException(ErrorKind.Format, $"The vector of the word number {id + 1} holds a component that is infinite or not " +
                    "a number; a map needs numbers. Leave the word out or train the vectors anew.");
        }
    }
}
