using Word2Vec.Vectors;

namespace Word2Vec.Formats;

/// <summary>What PostgreSQL and pgvector can hold.</summary>
internal static class PgVector
{
    /// <summary> Components of pgvector's type <c>vector</c> (VECTOR_MAX_DIM); an index on it takes up to 2,000, on a halfvec up to 4,000.
    /// </summary>
    public const int LargestSize = 16_000;

    /// <exception cref="Word2VecException">pgvector has no type for vectors of this size.</exception>
    public static void CheckSize(WordVectors vectors, WriteTarget target)
    {
        if (vectors.Size > LargestSize)
            throw new Word2VecException(ErrorKind.Output, $"Vectors of {vectors.Size} components cannot be written to '{target.Path}': a " +
                $"vector of pgvector has at most {LargestSize}. Write another format, or train with a smaller vector size.");
    }

    /// <exception cref="Word2VecException">PostgreSQL's text cannot hold word <paramref name="id"/>.</exception>
    public static void CheckWord(WordVectors vectors, int id, WriteTarget target)
    {
        WordCheck.Utf8(vectors, id, target);
        WordCheck.NoZero(vectors, id, target);
    }
}
