using System.Numerics.Tensors;
using Word2Vec.Numerics;
using Word2Vec.Queries;
using Word2Vec.Vectors;

namespace Word2Vec.Evaluation;

/// <summary>What vectors lost when they were stored with fewer bits.</summary>
/// <param name="MeanError">The length of what changed over the length of the vector, the mean over all vectors that are not zero.</param>
/// <param name="LargestError">The largest of these.</param>
/// <param name="LowestCosine">The lowest cosine of a vector with what it was stored as.</param>
/// <param name="Words">Words whose nearest ones were compared.</param>
/// <param name="KeptNeighbors">The share of their nearest words that are the nearest still, 0 … 1.</param>
public sealed record StorageLoss(double MeanError, double LargestError, double LowestCosine, int Words, double KeptNeighbors)
{
    private const int MostWords = 100, Nearest = 10;

    /// <summary>
    /// Compares all vectors of <paramref name="stored"/> with those of <paramref name="original"/>, which are of the same words, and the ten nearest
    /// of up to 100 words, taken at even distances from the list of words.
    /// </summary>
    /// <exception cref="ArgumentException">They are not as many, or not of the same size.</exception>
    public static StorageLoss Between(WordVectors original, WordVectors stored)
    {
        if ((original.Count, original.Size) != (stored.Count, stored.Size))
            throw new ArgumentException($"{original.Count} × {original.Size} vectors cannot be compared with {stored.Count} × {stored.Size}.",
                nameof(stored));
        double sum = 0, largest = 0, lowest = 1;
        int measured = 0;
        for (int id = 0; id < original.Count; id++)
        {
            float norm = VectorMath.Norm(original[id]);
            if (norm == 0)
                continue;
            double error = TensorPrimitives.Distance(original[id], stored[id]) / norm;
            // The sine is no more than the error, so the cosine falls short of 1 by no more than its square; only larger errors are worth the time.
            if (!(error < 1 && error * error <= 1 - lowest))
                lowest = Math.Min(lowest, PlainVectorMath.Cosine(original[id], stored[id]));
            sum += error;
            largest = Math.Max(largest, error);
            measured++;
        }

        int words = Math.Min(MostWords, original.Count);
        return new StorageLoss(measured == 0 ? 0 : sum / measured, largest, lowest, words, Kept(original, stored, words));
    }

    private static double Kept(WordVectors original, WordVectors stored, int words)
    {
        int[] ids = [.. Enumerable.Range(0, words).Select(i => (int)((long)i * original.Count / words))];
        int[][] before = NearestOf(original, ids), after = NearestOf(stored, ids);
        int all = before.Sum(list => list.Length);
        int kept = before.Zip(after, (a, b) => a.Intersect(b).Count()).Sum();
        return all == 0 ? 1 : (double)kept / all;
    }

    private static int[][] NearestOf(WordVectors vectors, int[] ids)
    {
        var queries = new float[ids.Length * vectors.Size];
        for (int i = 0; i < ids.Length; i++)
            vectors[ids[i]].CopyTo(queries.AsSpan(i * vectors.Size));
        Hit[][] found = new VectorIndex(vectors).Search(queries, Nearest, Array.ConvertAll(ids, id => new[] { id }));
        return Array.ConvertAll(found, hits => Array.ConvertAll(hits, hit => hit.Id));
    }
}
