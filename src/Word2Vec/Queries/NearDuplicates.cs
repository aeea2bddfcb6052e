namespace Word2Vec.Queries;

/// <summary>Two rows that are alike.</summary>
/// <param name="First">The lower id.</param>
/// <param name="Second">The higher id.</param>
/// <param name="Similarity">Their cosine.</param>
public readonly record struct SimilarPair(int First, int Second, float Similarity);

/// <summary>Finds all pairs of vectors that are nearly the same: texts that were copied, products that are listed twice.</summary>
public static class NearDuplicates
{
    private const int Batch = 1024, FewHits = 16;
    // What rounding may take from the cosine of two vectors in the same direction.
    private const float Rounding = 1e-6f;

    /// <summary>
    /// Yields each pair whose cosine is <paramref name="threshold"/> (0.01 to 1) or more, once, as it is found: by the first
    /// vector's id, the most similar first. All pairs are compared, a batch of rows with all behind it; vectors of zeros are like nothing.
    /// </summary>
    /// <param name="progress">Hears, on the thread that asks for pairs, of the stage <c>comparing</c> (pairs of vectors) after each batch.</param>
    /// <exception cref="Word2VecException">The threshold is out of its range.</exception>
    public static IEnumerable<SimilarPair> Find(
        VectorIndex index, float threshold, IProgress<StageProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(index);
        OptionCheck.Range(nameof(threshold), threshold, 0.01f, 1);
        return FindIn(index, threshold - Rounding, progress, cancellation);
    }

    private static IEnumerable<SimilarPair> FindIn(VectorIndex index, float floor, IProgress<StageProgress>? progress, CancellationToken cancellation)
    {
        progress?.Report(new StageProgress("comparing", 0, Pairs(index.Count)));
        for (int start = 0; start < index.Count; start += Batch)
        {
            cancellation.ThrowIfCancellationRequested();
            int[] ids = [.. Enumerable.Range(start, Math.Min(Batch, index.Count - start))];
            var found = new Hit[ids.Length][];
            for (int capacity = FewHits; ids.Length > 0; capacity *= 8)
                ids = Search(index, ids, start, capacity, floor, found);
            // The later a row stands, the fewer are behind it.
            progress?.Report(new StageProgress("comparing", Pairs(index.Count) - Pairs(index.Count - start - found.Length), Pairs(index.Count)));
            for (int i = 0; i < found.Length; i++)
            {
                foreach (Hit hit in found[i])
                {
                    if (hit.Id > start + i)
                        yield return new SimilarPair(start + i, hit.Id, Math.Min(hit.Score, 1));
                }
            }
        }
    }

    private static long Pairs(long count) => count * (count - 1) / 2;

    // Rows that have more hits than were asked for are returned, to be asked again.
    private static int[] Search(VectorIndex index, int[] ids, int start, int capacity, float floor, Hit[][] found)
    {
        Hit[][] hits = index.SearchAbove(ids, start, capacity, floor);
        var again = new List<int>();
        for (int i = 0; i < ids.Length; i++)
        {
            found[ids[i] - start] = hits[i];
            if (hits[i].Length >= capacity && capacity < index.Count)
                again.Add(ids[i]);
        }

        return [.. again];
    }
}
