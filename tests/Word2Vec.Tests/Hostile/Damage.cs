using System.Buffers.Binary;
using System.Text;

namespace Word2Vec.Tests.Hostile;

/// <summary>The ways in which a good file is made a bad one, each with a name to find it again.</summary>
internal static class Damage
{
    // Of a header or a footer; what lies behind is rows.
    private const int Described = 256;

    /// <summary>Numbers that break sums and allocations: at, below and beyond what 32 and 64 bits hold.</summary>
    private static readonly long[] Numbers = [-1, 0, 1, int.MaxValue, 1L << 31, (1L << 31) + 1, 1L << 32, 1L << 40, long.MaxValue];

    /// <summary>Every length, and so every end of a section and the bytes around it.</summary>
    public static IEnumerable<(string What, byte[] Content)> Cuts(byte[] whole)
    {
        // Where there is a page of rows or of nothing, the lengths in the middle are all alike.
        const int Near = 1024, Step = 37;
        for (int length = 0; length < whole.Length; length += length < Near || whole.Length - length <= Near ? 1 : Step)
            yield return ($"the first {length} of {whole.Length} bytes", whole[..length]);
    }

    /// <summary>Every number at every place where a header or a footer may have one, as 32 and 64 bits.</summary>
    public static IEnumerable<(string What, byte[] Content)> Numbered(byte[] whole, bool isBig)
    {
        foreach (int place in Places(whole.Length))
        {
            foreach (int width in new[] { sizeof(int), sizeof(long) })
            {
                foreach (long number in Numbers)
                {
                    if (place + width <= whole.Length && (width == sizeof(long) || number <= uint.MaxValue))
                        yield return ($"{number} in {width} bytes at {place}", With(whole, place, number, width, isBig));
                }
            }
        }
    }

    /// <summary>The same at two places at once, <paramref name="count"/> times.</summary>
    public static IEnumerable<(string What, byte[] Content)> Crossed(byte[] whole, bool isBig, Random random, int count)
    {
        int[] places = [.. Places(whole.Length)];
        for (int i = 0; i < count; i++)
        {
            (int first, int second) = (places[random.Next(places.Length)], places[random.Next(places.Length)]);
            (long a, long b) = (Numbers[random.Next(Numbers.Length)], Numbers[random.Next(Numbers.Length)]);
            byte[] content = With(With(whole, first, a, 4 << random.Next(2), isBig), second, b, 4 << random.Next(2), isBig);
            yield return ($"{a} at {first} and {b} at {second}", content);
        }
    }

    /// <summary>Something behind the end: zeros, text, noise, the file once more.</summary>
    public static IEnumerable<(string What, byte[] Content)> Appended(byte[] whole, Random random)
    {
        var noise = new byte[100];
        random.NextBytes(noise);
        byte[][] tails = [[0], [(byte)'\n'], new byte[4096], Encoding.UTF8.GetBytes("junk 1 2 3\n"), noise, whole];
        return tails.Select(tail => ($"{tail.Length} bytes more", (byte[])[.. whole, .. tail]));
    }

    private static IEnumerable<int> Places(int length)
    {
        int lastFirst = Math.Min(Described, length) / 4 * 4;
        for (int place = 0; place < lastFirst; place += 4)
            yield return place;
        // Counted from the end, since that is how a footer is found.
        for (int place = length - 4; place >= Math.Max(lastFirst, length - Described); place -= 4)
            yield return place;
    }

    private static byte[] With(byte[] whole, int place, long number, int width, bool isBig)
    {
        Span<byte> digits = stackalloc byte[sizeof(long)];
        if (isBig)
            BinaryPrimitives.WriteInt64BigEndian(digits, number);
        else
            BinaryPrimitives.WriteInt64LittleEndian(digits, number);
        digits = isBig ? digits[^width..] : digits[..width];
        byte[] changed = [.. whole];
        digits[..Math.Min(width, whole.Length - place)].CopyTo(changed.AsSpan(place));
        return changed;
    }
}
