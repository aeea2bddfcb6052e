using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Word2Vec.Vectors;

namespace Word2Vec.Formats;

/// <summary>The rows of words and n-grams that vectors are means of, for the formats that keep them.</summary>
internal static class SubwordRows
{
    /// <summary>Throws where the subwords of <paramref name="vectors"/>, if they have any, could not be read back with them.</summary>
    /// <exception cref="Word2VecException">They are of other words or another size, or a component is not finite.</exception>
    public static void Check(WordVectors vectors, WriteTarget target)
    {
        if (vectors.Subwords is not { } subwords)
            return;
        if ((subwords.Words.Count, subwords.Size) != (vectors.Count, vectors.Size))
            throw new Word2VecException(ErrorKind.Output, $"There are {vectors.Count} vectors of {vectors.Size} components and {subwords.Words.Count} rows of " +
                $"{subwords.Size} that they are means of, which cannot be written into '{target.Path}' together. Leave the subwords out.");
        for (int id = 0; id < subwords.Words.Count; id++)
        {
            if (!TensorPrimitives.IsFiniteAll(subwords.WordRow(id)))
                throw NotFinite($"The row of the word {ErrorText.Quote(subwords.Words.Bytes(id))} (number {id + 1})", target);
        }

        for (int bucket = 0; bucket < subwords.Buckets; bucket++)
        {
            if (!TensorPrimitives.IsFiniteAll(subwords.BucketRow(bucket)))
                throw NotFinite($"The row of n-grams {bucket + 1}", target);
        }

        GC.KeepAlive(vectors);
    }

    /// <summary>Writes the rows of the words, then those of the buckets, as 32-bit floats without gaps.</summary>
    public static void Write(SubwordVectors subwords, Stream stream)
    {
        for (int id = 0; id < subwords.Words.Count; id++)
            stream.Write(MemoryMarshal.AsBytes(subwords.WordRow(id)));
        for (int bucket = 0; bucket < subwords.Buckets; bucket++)
            stream.Write(MemoryMarshal.AsBytes(subwords.BucketRow(bucket)));
        GC.KeepAlive(subwords);
    }

    private static Word2VecException NotFinite(string row, WriteTarget target) => new(ErrorKind.Output,
        $"{row} holds a component that is infinite or not a number and could not be read back from '{target.Path}'. Train again with a lower learning rate.");
}
