namespace Word2Vec.Formats;

/// <summary> The encoding RLE, a mixture of runs and of numbers packed bit by bit, in which levels and the places in a dictionary are
/// written.
/// </summary>
/// <remarks>Source: https://github.com/apache/parquet-format/blob/master/Encodings.md.</remarks>
internal static class ParquetRuns
{
    private const int WidestNumber = 32;

    /// <summary>Reads <paramref name="target"/>.Length numbers of <paramref name="width"/> bits; false if there are fewer.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, int width, Span<int> target)
    {
        if (width is < 0 or > WidestNumber)
            return false;
        int written = 0, at = 0;
        while (written < target.Length)
        {
            if (!TryVarint(source, ref at, out ulong header))
                return false;
            int left = target.Length - written;
            if ((header & 1) == 0)
            {
                int bytes = (width + 7) / 8;
                if (source.Length - at < bytes)
                    return false;
                int run = (int)Math.Min((ulong)left, header >> 1), value = 0;
                for (int i = bytes - 1; i >= 0; i--)
                    value = value << 8 | source[at + i];
                target.Slice(written, run).Fill(value);
                written += run;
                at += bytes;
                continue;
            }

            ulong numbers = Math.Min((ulong)left, Math.Min(header >> 1, int.MaxValue / 8) * 8), needed = (numbers * (ulong)width + 7) / 8;
            if (needed > (ulong)(source.Length - at))
                return false;
            Unpack(source[at..], width, target.Slice(written, (int)numbers));
            written += (int)numbers;
            at = (int)Math.Min((ulong)source.Length, (ulong)at + Math.Min(header >> 1, int.MaxValue) * (ulong)width);
        }

        return true;
    }

    /// <summary>Reads a number whose bytes hold seven bits each, the lowest first; false if there is none of up to 64 bits.</summary>
    public static bool TryVarint(ReadOnlySpan<byte> source, ref int at, out ulong value)
    {
        value = 0;
        for (int shift = 0; shift < 64 && at < source.Length; shift += 7)
        {
            byte next = source[at++];
            value |= (next & 0x7ful) << shift;
            if (next < 0x80)
                return true;
        }

        return false;
    }

    /// <summary>Unpacks <paramref name="target"/>.Length numbers of <paramref name="width"/> bits, the lowest bit first.</summary>
    public static void Unpack(ReadOnlySpan<byte> source, int width, Span<int> target)
    {
        ulong bits = 0, mask = (1ul << width) - 1;
        int held = 0, at = 0;
        for (int i = 0; i < target.Length; i++)
        {
            for (; held < width; held += 8)
                bits |= (ulong)source[at++] << held;
            target[i] = (int)(bits & mask);
            bits >>= width;
            held -= width;
        }
    }
}
