namespace Word2Vec.Formats;

/// <summary>Numbers of SQLite's file format.</summary>
/// <remarks>Source: https://www.sqlite.org/fileformat2.html, whose names these are.</remarks>
internal static class SqliteFormat
{
    public const int HeaderLength = 100;
    public const int SmallestPage = 512;
    public const int LargestPage = 1 << 16;

    /// <summary>What SQLite refuses to hold in one value unless it is built otherwise (SQLITE_MAX_LENGTH).</summary>
    public const int LongestValue = 1_000_000_000;

    public const byte InteriorIndex = 2;
    public const byte InteriorTable = 5;
    public const byte LeafIndex = 10;
    public const byte LeafTable = 13;

    /// <summary>The first bytes of a database.</summary>
    public static ReadOnlySpan<byte> Magic => "SQLite format 3\0"u8;

    /// <summary>How much of a payload of <paramref name="length"/> bytes lies in the page itself; the rest is on overflow pages.</summary>
    /// <param name="length">Bytes of the payload.</param>
    /// <param name="usable">Bytes of a page that are not reserved (U in the document).</param>
    /// <param name="isIndex">Whether the page belongs to an index, which must hold four cells.</param>
    public static int LocalLength(long length, int usable, bool isIndex)
    {
        int most = isIndex ? (usable - 12) * 64 / 255 - 23 : usable - 35;
        if (length <= most)
            return (int)length;
        int fewest = (usable - 12) * 32 / 255 - 23;
        long filled = fewest + (length - fewest) % (usable - 4);
        return (int)(filled <= most ? filled : fewest);
    }

    /// <summary> Bytes that <paramref name="value"/> takes as a varint: seven bits a byte, most significant first, eight in a ninth.
    /// </summary>
    public static int VarintLength(ulong value)
    {
        int length = 1;
        for (; length < 9 && (value >>= 7) != 0; length++)
        {
        }

        return length;
    }

    /// <summary>Writes <paramref name="value"/>, below 2^56, as a varint; returns its length.</summary>
    public static int WriteVarint(Span<byte> target, ulong value)
    {
        int length = VarintLength(value);
        for (int i = length - 1; i >= 0; i--, value >>= 7)
            target[i] = (byte)(value & 0x7f | (i == length - 1 ? 0u : 0x80u));
        return length;
    }

    /// <summary>Reads a varint; returns its length, or 0 if <paramref name="source"/> ends before it does.</summary>
    public static int ReadVarint(ReadOnlySpan<byte> source, out ulong value)
    {
        value = 0;
        for (int i = 0; i < source.Length; i++)
        {
            if (i == 8)
            {
                value = value << 8 | source[i];
                return 9;
            }

            value = value << 7 | source[i] & 0x7fu;
            if (source[i] < 0x80)
                return i + 1;
        }

        return 0;
    }
}
