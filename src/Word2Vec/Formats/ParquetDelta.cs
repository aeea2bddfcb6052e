namespace Word2Vec.Formats;

/// <summary>The encoding DELTA_BINARY_PACKED as far as lengths need it: integers as differences in blocks, packed bit by bit.</summary>
/// <remarks>Source: https://github.com/apache/parquet-format/blob/master/Encodings.md.</remarks>
internal static class ParquetDelta
{
    private const int WidestNumber = 32;

    /// <summary>Reads <paramref name="target"/>.Length numbers; returns the bytes that they took, or −1 if there are not as many.</summary>
    public static int Read(ReadOnlySpan<byte> source, Span<int> target)
    {
        int at = 0;
        if (!ParquetRuns.TryVarint(source, ref at, out ulong block) || !ParquetRuns.TryVarint(source, ref at, out ulong parts) ||
            !ParquetRuns.TryVarint(source, ref at, out ulong total) || !ParquetRuns.TryVarint(source, ref at, out ulong first))
            return -1;
        // A part holds a multiple of 32 numbers, so that it ends with a byte.
        if (parts is 0 or > 1024 || block is 0 or > 1 << 16 || block % (parts * 32) != 0 || total != (ulong)target.Length)
            return -1;
        long value = ZigZag(first);
        var packed = new int[block / parts];
        for (int written = 0; written < target.Length;)
        {
            if (written == 0)
                target[written++] = (int)value;
            else if (!TryBlock(source, ref at, (int)parts, packed, ref value, target, ref written))
                return -1;
        }

        return at;
    }

    // The smallest difference, the widths of the parts, and the parts; those behind the last number are left out.
    private static bool TryBlock(
        ReadOnlySpan<byte> source, ref int at, int parts, Span<int> packed, ref long value, Span<int> target, ref int written)
    {
        if (!ParquetRuns.TryVarint(source, ref at, out ulong smallest) || source.Length - at < parts)
            return false;
        ReadOnlySpan<byte> widths = source.Slice(at, parts);
        at += parts;
        for (int part = 0; part < parts && written < target.Length; part++)
        {
            long bytes = (long)packed.Length * widths[part] / 8;
            if (widths[part] > WidestNumber || bytes > source.Length - at)
                return false;
            ParquetRuns.Unpack(source[at..], widths[part], packed);
            at += (int)bytes;
            for (int i = 0; i < packed.Length && written < target.Length; i++)
            {
                value += ZigZag(smallest) + (uint)packed[i];
                target[written++] = (int)value;
            }
        }

        return true;
    }

    private static long ZigZag(ulong value) => (long)(value >> 1) ^ -(long)(value & 1);
}
