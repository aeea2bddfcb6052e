using System.Buffers.Binary;
using Word2Vec.Vectors;
using Word2Vec.Words;

namespace Word2Vec.Formats;

/// <summary>The words of a fastText model, without the labels of a classifier.</summary>
/// <param name="Words">The words and counts, as many as were asked for.</param>
/// <param name="Count">The words that there are; so many rows begin the matrix.</param>
/// <param name="HasNgrams">Whether the rows of n-grams were kept.</param>
internal sealed record FastTextDictionary(WordList Words, int Count, bool HasNgrams)
{
    private const byte Word = 0, Label = 1;

    // A byte that ends the word, its count and its kind.
    private const int SmallestEntry = 1 + sizeof(long) + 1;

    /// <summary>
    /// Reads the dictionary at <paramref name="cursor"/>, and of its words the first <paramref name="limit"/> if that is not 0.
    /// </summary>
    /// <exception cref="Word2VecException">It is damaged; the message names the word or the byte.</exception>
    public static FastTextDictionary Read(FileCursor cursor, int limit)
    {
        long start = cursor.Position;
        int entries = cursor.Int32("its dictionary's size");
        int words = cursor.Int32("its number of words"), labels = cursor.Int32("its number of labels");
        _ = cursor.Int64("its number of tokens");
        long pruned = cursor.Int64("its number of pruned n-grams");
        if (words < 1 || labels < 0 || (long)words + labels != entries || (long)entries * SmallestEntry > cursor.Left)
            throw cursor.Error($"promises {words} words and {labels} labels in {entries} entries (byte {start}), and {cursor.Left} " +
                "bytes follow; it is cut short or damaged");
        if (pruned > 0)
            throw cursor.Error($"kept only {pruned} of its n-grams when it was quantized (byte {start + 20}), which is not read; open " +
                "the model as it was before");
        var kept = new WordIndex.Builder();
        var counts = new long[limit == 0 ? words : Math.Min(limit, words)];
        for (int id = 0; id < entries; id++)
        {
            long count = ReadEntry(cursor, id, isWord: id < words, kept, counts.Length);
            if (id < counts.Length)
                counts[id] = count;
        }

        // A writer that knows no counts puts 1 for each.
        bool isCounted = Array.Exists(counts, count => count != 1);
        return new FastTextDictionary(new WordList(kept.Build(), isCounted ? counts : null), words, pruned < 0);
    }

    /// <summary>Writes the words of <paramref name="vectors"/>, each with a count of 1 where no counts are known.</summary>
    /// <exception cref="Word2VecException">A word holds a byte of 0, which would end it.</exception>
    public static void Write(WordVectors vectors, Stream stream, WriteTarget target)
    {
        Span<byte> bytes = stackalloc byte[28];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, vectors.Count);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[4..], vectors.Count);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[8..], 0);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[12..], Tokens(vectors));
        BinaryPrimitives.WriteInt64LittleEndian(bytes[20..], -1);
        stream.Write(bytes);
        Span<byte> entry = bytes[..SmallestEntry];
        entry.Clear();
        for (int id = 0; id < vectors.Count; id++)
        {
            WordCheck.NoZero(vectors, id, target);
            BinaryPrimitives.WriteInt64LittleEndian(entry[1..], vectors.Counts?[id] ?? 1);
            stream.Write(vectors.Words.Bytes(id));
            stream.Write(entry);
        }
    }

    // Counts of someone else's file may be anything; fastText only prints the sum.
    private static long Tokens(WordVectors vectors) =>
        vectors.Counts?.Aggregate(0L, (sum, count) => unchecked(sum + count)) ?? vectors.Count;

    private static long ReadEntry(FileCursor cursor, int id, bool isWord, WordIndex.Builder kept, int limit)
    {
        long start = cursor.Position;
        ReadOnlySpan<byte> word = cursor.Text($"entry {id + 1}");
        long count = cursor.Int64("an entry's count");
        byte kind = cursor.Byte("an entry's kind");
        if (count < 0 || kind != (isWord ? Word : Label))
            throw cursor.Error($"has {ErrorText.Quote(word)} with the count {count} and the kind {kind} as entry {id + 1} of its " +
                $"dictionary (byte {start}); a count of 0 or more and the kind {(isWord ? Word : Label)} were expected. It is damaged");
        if (id < limit && !kept.TryAdd(word))
            throw cursor.Error($"holds words of more than {Array.MaxLength} bytes up to byte {start}; it is damaged");
        return count;
    }
}
