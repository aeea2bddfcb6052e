using System.Buffers.Binary;
using Word2Vec.Vectors;
using Word2Vec.Words;

namespace Word2Vec.Formats;

/// <summary>The sections of a <see cref="NativeFormat"/> file that hold what its vectors are means of.</summary>
internal static unsafe class NativeSubwords
{
    /// <summary>Bytes of the section that says which n-grams there are.</summary>
    public const int Bytes = 4 * sizeof(int);

    /// <summary>What that section holds for <paramref name="subwords"/>.</summary>
    public static byte[] ToBytes(SubwordVectors subwords)
    {
        var bytes = new byte[Bytes];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, subwords.ShortestNgram);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), subwords.LongestNgram);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), subwords.Buckets);
        return bytes;
    }

    /// <summary>The subwords of <paramref name="words"/>, which may be the first ones of the file's; null if it has none.</summary>
    /// <exception cref="Word2VecException">The sections do not fit each other.</exception>
    public static SubwordVectors? Open(MappedFile file, NativeHeader header, WordIndex words)
    {
        if (header.Find(NativeKind.Subwords) is not { } section)
            return null;
        ReadOnlySpan<byte> numbers = file.From(section.Start);
        int shortest = BinaryPrimitives.ReadInt32LittleEndian(numbers), longest = BinaryPrimitives.ReadInt32LittleEndian(numbers[4..]);
        int buckets = BinaryPrimitives.ReadInt32LittleEndian(numbers[8..]);
        NativeSection rows = header.Find(NativeKind.SubwordRows)!.Value;
        long count = (long)header.Count + buckets, factors = header.Find(NativeKind.SubwordFactors)?.Length ?? count * sizeof(float);
        if (shortest < 0 || longest is < 1 or > Ngrams.MostCharacters || buckets < 1 || count > Array.MaxLength || factors != count * sizeof(float)
            || rows.Length != (Int128)count * header.Size * header.ComponentBytes)
            throw NativeHeader.Error(file, $"has n-grams of {shortest} to {longest} characters in {buckets} buckets (byte {section.Start}) and " +
                $"{rows.Length} bytes of rows of {header.Count} words and these; 0 or more and 1 to {Ngrams.MostCharacters} characters, 1 bucket or more and " +
                "as many rows were expected. It was not written by this program");
        NativeRows opened = NativeRows.Open(file, header, NativeKind.SubwordRows, (int)count, owned: null);
        long stride = (long)header.Size * sizeof(float);
        return new SubwordVectors(
            words, new Ngrams(shortest, longest, buckets), header.Size, opened.First, opened.First + (long)header.Count * header.Size, stride, opened);
    }
}
