namespace Word2Vec.Formats;

/// <summary>Unpacks Snappy's raw format.</summary>
/// <remarks>Source: https://github.com/google/snappy/blob/main/format_description.txt.</remarks>
internal static class Snappy
{
    // A copy of three bytes gives at most 64.
    private const int BestRatio = 22;

    /// <summary> Unpacks <paramref name="packed"/> into exactly <paramref name="length"/> bytes; null if that is not what it holds.
    /// </summary>
    public static byte[]? Unpack(ReadOnlySpan<byte> packed, int length)
    {
        int at = ReadLength(packed, out ulong promised);
        if (at == 0 || promised != (ulong)length || promised > (ulong)packed.Length * BestRatio)
            return null;
        var target = new byte[length];
        int written = 0;
        while (at < packed.Length)
        {
            bool isCopy = (packed[at] & 3) != 0;
            if (!(isCopy ? TryCopy(packed, ref at, target, ref written) : TryLiteral(packed, ref at, target, ref written)))
                return null;
        }

        return written == length ? target : null;
    }

    private static int ReadLength(ReadOnlySpan<byte> packed, out ulong length)
    {
        const int Longest = 5;
        length = 0;
        for (int i = 0; i < Math.Min(Longest, packed.Length); i++)
        {
            length |= (packed[i] & 0x7ful) << (7 * i);
            if (packed[i] < 0x80)
                return i + 1;
        }

        return 0;
    }

    // The tag's upper six bits are the length − 1, or 60 to 63 for a length − 1 in the 1 to 4 bytes behind it.
    private static bool TryLiteral(ReadOnlySpan<byte> packed, ref int at, byte[] target, ref int written)
    {
        int tag = packed[at++] >> 2, extra = tag < 60 ? 0 : tag - 59;
        if (packed.Length - at < extra)
            return false;
        long length = tag;
        if (extra > 0)
        {
            length = 0;
            for (int i = extra - 1; i >= 0; i--)
                length = length << 8 | packed[at + i];
        }

        length++;
        at += extra;
        if (length > packed.Length - at || length > target.Length - written)
            return false;
        packed.Slice(at, (int)length).CopyTo(target.AsSpan(written));
        at += (int)length;
        written += (int)length;
        return true;
    }

    // Tag 1: length 4–11 and an offset of 11 bits; tags 2 and 3: length 1–64 and an offset of 16 or 32.
    private static bool TryCopy(ReadOnlySpan<byte> packed, ref int at, byte[] target, ref int written)
    {
        int tag = packed[at++], extra = (tag & 3) switch { 1 => 1, 2 => 2, _ => 4 };
        if (packed.Length - at < extra)
            return false;
        long offset = 0;
        for (int i = extra - 1; i >= 0; i--)
            offset = offset << 8 | packed[at + i];
        at += extra;
        int length = extra == 1 ? ((tag >> 2) & 7) + 4 : (tag >> 2) + 1;
        offset |= extra == 1 ? (long)(tag >> 5) << 8 : 0;
        if (offset == 0 || offset > written || length > target.Length - written)
            return false;
        // Byte by byte, because what is copied may overlap with where it goes.
        for (int i = 0; i < length; i++, written++)
            target[written] = target[written - (int)offset];
        return true;
    }
}
