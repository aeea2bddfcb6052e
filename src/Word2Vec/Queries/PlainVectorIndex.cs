using Word2Vec.Numerics;
using Word2Vec.Vectors;

namespace Word2Vec.Queries;

/// <summary>
/// What <see cref="VectorIndex"/> computes, in its simplest form: one query, every cosine in 64 bits, all of them sorted. The yardstick of
/// the tests.
/// </summary>
internal static class PlainVectorIndex
{
    /// <summary>
    /// Returns the <paramref name="count"/> rows of the first <paramref name="restrict"/> with the greatest cosine to
    /// <paramref name="query"/>.
    /// </summary>
    public static Hit[] Nearest(WordVectors vectors, int restrict, ReadOnlySpan<float> query, int count, ReadOnlySpan<int> excluded)
    {
        var hits = new List<Hit>();
        for (int id = 0; id < restrict; id++)
        {
            if (!excluded.Contains(id))
                hits.Add(new Hit(id, PlainVectorMath.Cosine(query, vectors[id])));
        }

        GC.KeepAlive(vectors);
        return [.. hits.OrderByDescending(hit => hit.Score).ThenBy(hit => hit.Id).Take(count)];
    }
}
