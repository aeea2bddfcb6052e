using System.Numerics;
using Word2Vec.Numerics;
using Word2Vec.Vectors;

namespace Word2Vec.Analysis;

/// <summary>
/// Whether neighbours on a map are neighbours in fact: 1 where every one of a point's k nearest on the map is among its k nearest vectors,
/// about 0.5 for a map drawn at random (Venna and Kaski: Neighborhood preservation in nonlinear projection methods, ICANN 2001).
/// </summary>
public static unsafe class Trustworthiness
{
    /// <summary>
    /// Measures <paramref name="map"/> against <paramref name="vectors"/>: 1 − 2 / (n · k · (2n − 3k − 1)) · Σ (rank − k) over the points
    /// that come among a point's k nearest only on the map. Of several equally far vectors each has the best rank that one of them may
    /// have.
    /// </summary>
    /// <param name="vectors">The vectors, n of them.</param>
    /// <param name="map">The places of the same words.</param>
    /// <param name="neighbors">k, 1 or more; less than half of the points is the most that is used. 10 by default.</param>
    /// <param name="spherical">Whether vectors count at length 1, as <see cref="MapOptions.Spherical"/> says. On the map distances always
    /// are Euclidean.</param>
    /// <param name="sample">The most points that are asked for their neighbours, drawn evenly; 0, the default: all.</param>
    /// <param name="threads">The most threads; 0, the default: all processors. The result does not depend on it.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="Word2VecException">The map has another number of words, or an option is out of its range (Usage).</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static double Of(
        WordVectors vectors, WordVectors map, int neighbors = 10, bool spherical = true, int sample = 0, int threads = 0,
        CancellationToken cancellation = default)
    {
        OptionCheck.Range("neighbors", neighbors, 1, int.MaxValue);
        OptionCheck.Range("sample", sample, 0, int.MaxValue);
        OptionCheck.Range("threads", threads, 0, int.MaxValue);
        if (map.Count != vectors.Count)
            throw new Word2VecException(ErrorKind.Usage, $"A map of {map.Count} points was measured against {vectors.Count} vectors; give the vectors " +
                "that it shows.");
        int n = vectors.Count, k = Math.Min(neighbors, (n - 1) / 2);
        if (k < 1)
            return 1;
        int asked = sample == 0 ? n : Math.Min(sample, n);
        using var rows = new PointRows(vectors, spherical, threads == 0 ? -1 : threads, cancellation);
        using var places = new PointRows(map, spherical: false, threads == 0 ? -1 : threads, cancellation);
        NeighborLists near = NeighborSearch.Find(places, k);
        long beyond = Beyond(rows, near, asked);
        return 1 - 2.0 / ((double)asked * k * (2.0 * n - 3.0 * k - 1)) * beyond;
    }

    // The sum of what the ranks of the neighbours on the map lie beyond k, for as many points as are asked.
    private static long Beyond(PointRows rows, NeighborLists near, int asked)
    {
        const int Tile = MatrixTile<float>.Rows;
        using var panels = new PointPanels(rows);
        long total = 0;
        Parallel.For(0, Multiples.RoundUp(asked, Tile) / Tile, rows.Parallelism, tile =>
        {
            int width = PointPanels.Width, stride = panels.Count * width;
            long rowBytes = sizeof(float) * (long)Tile * panels.Depth, scoreBytes = sizeof(float) * (long)Tile * stride;
            long productBytes = sizeof(float) * Tile * width;
            using var memory = new ScratchMemory(rowBytes + scoreBytes + productBytes, 3);
            float* row = (float*)memory.Take(rowBytes), scores = (float*)memory.Take(scoreBytes), products = (float*)memory.Take(productBytes);
            int count = Math.Min(Tile, asked - tile * Tile);
            for (int i = 0; i < count; i++)
                panels.Load(Id(tile * Tile + i, asked, rows.Count), 1, row + (long)i * panels.Depth);
            for (int panel = 0; panel < panels.Count; panel++)
            {
                panels.Multiply(row, panel, products);
                for (int i = 0; i < count; i++)
                    new ReadOnlySpan<float>(products + i * width, width).CopyTo(new Span<float>(scores + (long)i * stride + panel * width, width));
            }

            for (int i = 0; i < count; i++)
            {
                var all = new Span<float>(scores + (long)i * stride, rows.Count);
                Interlocked.Add(ref total, Beyond(all, near, Id(tile * Tile + i, asked, rows.Count)));
            }
        });
        return total;
    }

    private static int Id(int place, int asked, int count) => (int)((long)place * count / asked);

    private static long Beyond(Span<float> scores, NeighborLists near, int id)
    {
        long beyond = 0;
        // Its own score, the largest of all, would count as one that is nearer.
        scores[id] = float.NegativeInfinity;
        for (int i = 0; i < near.Size; i++)
        {
            float score = scores[near.Ids[id * near.Size + i]];
            beyond += Math.Max(0, 1 + Above(scores, score) - near.Size);
        }

        return beyond;
    }

    private static int Above(ReadOnlySpan<float> scores, float score)
    {
        Vector<int> counts = Vector<int>.Zero;
        int i = 0;
        // A lane in which it is so is -1.
        for (; i <= scores.Length - Vector<float>.Count; i += Vector<float>.Count)
            counts -= Vector.GreaterThan(new Vector<float>(scores[i..]), new Vector<float>(score));
        int above = Vector.Sum(counts);
        for (; i < scores.Length; i++)
            above += scores[i] > score ? 1 : 0;
        return above;
    }
}
