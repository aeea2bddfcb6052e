using System.Buffers.Binary;
using Word2Vec.Vectors;
using Word2Vec.Words;

namespace Word2Vec.Formats;

/// <summary>
/// The mark, the version and the arguments of training that a fastText model begins with; those that its vectors depend on.
/// </summary>
/// <param name="Size">Components of each vector.</param>
/// <param name="Buckets">The rows that n-grams share, behind those of the words.</param>
/// <param name="ShortestNgram">The characters of the shortest n-gram.</param>
/// <param name="LongestNgram">The characters of the longest n-gram; 0: words have none.</param>
/// <param name="HasWordOutputs">Whether each row of the outputs belongs to a word, as in word2vec: not in a classifier, nor with a tree.</param>
internal sealed record FastTextHeader(int Size, int Buckets, int ShortestNgram, int LongestNgram, bool HasWordOutputs)
{
    /// <summary>The first four bytes as a number.</summary>
    public const int Magic = 793712314;

    private const int Version = 12, Supervised = 3, HierarchicalSoftmax = 1;

    /// <summary>Reads the header at <paramref name="cursor"/>.</summary>
    /// <exception cref="Word2VecException">It is damaged, or of a version that is not known.</exception>
    public static FastTextHeader Read(FileCursor cursor)
    {
        if (cursor.Int32("its mark") != Magic)
            throw cursor.Error($"does not begin with the mark {Magic} of a fastText model");
        int version = cursor.Int32("its version");
        if (version is not (11 or Version))
            throw cursor.Error($"is of version {version} (byte 4); 11 and {Version} are read. Write it again with fastText 0.9");
        int[] arguments = [.. Enumerable.Range(0, 12).Select(_ => cursor.Int32("its arguments"))];
        _ = cursor.Int64("its subsampling threshold");
        (int size, int loss, int model) = (arguments[0], arguments[6], arguments[7]);
        (int buckets, int shortest, int longest) = (arguments[8], arguments[9], arguments[10]);
        if (size < 1 || buckets < 0 || shortest < 0 || longest is < 0 or > Ngrams.MostCharacters)
            throw cursor.Error($"says vectors of {size} components, {buckets} buckets and n-grams of {shortest} to {longest} characters " +
                $"(bytes 8, 40, 44 and 48); 1 or more, 0 or more, and at most {Ngrams.MostCharacters} were expected. It is damaged");
        // Classifiers of version 11 have n-grams in their arguments that they do not use.
        longest = version == 11 && model == Supervised ? 0 : longest;
        return new FastTextHeader(size, buckets, shortest, longest, model != Supervised && loss != HierarchicalSoftmax);
    }

    /// <summary>
    /// Writes the header of a model of <paramref name="vectors"/>, with n-grams if they have subwords, as if it were trained with negative sampling; as
    /// skip-gram, unless their metadata say CBOW.
    /// </summary>
    public static void Write(Stream stream, WordVectors vectors)
    {
        const int Window = 5, Epochs = 5, MinimumCount = 1, Negatives = 5, WordNgrams = 1;
        const int NegativeSampling = 2, Cbow = 1, SkipGram = 2, UpdateRate = 100;
        const double Subsampling = 1e-4;
        int model = vectors.Metadata.GetValueOrDefault("training.architecture") == "cbow" ? Cbow : SkipGram;
        SubwordVectors? subwords = vectors.Subwords;
        int[] numbers =
        [
            Magic, Version, vectors.Size, Window, Epochs, MinimumCount, Negatives, WordNgrams, NegativeSampling, model,
            subwords?.Buckets ?? 0, subwords?.ShortestNgram ?? 0, subwords?.LongestNgram ?? 0, UpdateRate,
        ];
        Span<byte> bytes = stackalloc byte[sizeof(double)];
        foreach (int number in numbers)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
            stream.Write(bytes[..sizeof(int)]);
        }

        BinaryPrimitives.WriteDoubleLittleEndian(bytes, Subsampling);
        stream.Write(bytes);
    }
}
