using System.Buffers.Binary;
using System.Text;

namespace Word2Vec.Tests.Shared;

/// <summary>Random damage to a file's bytes.</summary>
internal static class Mutation
{
    /// <summary>Numbers that break sums and allocations: at, below and beyond what 32 and 64 bits hold.</summary>
    private static readonly long[] Numbers = [-1, 0, 1, 2, int.MaxValue - 1, int.MaxValue, 1L << 31, uint.MaxValue, 1L << 32, 1L << 40, long.MaxValue];

    /// <summary>Returns <paramref name="original"/> with one to three changes.</summary>
    public static byte[] Of(byte[] original, Random random)
    {
        var bytes = new List<byte>(original);
        for (int edits = random.Next(1, 4); edits > 0 && bytes.Count > 16; edits--)
            Change(bytes, random);
        return [.. bytes];
    }

    private static void Change(List<byte> bytes, Random random)
    {
        // Half of the damage hits the beginning, where it does most, and some the end, where some formats have their description.
        int place = random.Next(8) switch
        {
            < 4 => random.Next(Math.Min(bytes.Count, 64)),
            4 => bytes.Count - 1 - random.Next(Math.Min(bytes.Count, 64)),
            _ => random.Next(bytes.Count),
        };
        switch (random.Next(7))
        {
            case 0:
                bytes[place] = (byte)random.Next(256);
                break;
            case 1:
                bytes.RemoveAt(place);
                break;
            case 2:
                bytes.InsertRange(place, Encoding.ASCII.GetBytes(random.Next(3) switch { 0 => "9999999", 1 => "-", _ => "\n" }));
                break;
            case 3:
                int cut = random.Next(bytes.Count / 2);
                bytes.RemoveRange(bytes.Count - cut, cut);
                break;
            case 4:
                Overwrite(bytes, place, Numbers[random.Next(Numbers.Length)], random.Next(2) == 0 ? sizeof(int) : sizeof(long));
                break;
            case 5:
                bytes.RemoveRange(place, random.Next(bytes.Count - place));
                break;
            default:
                bytes[place] = (byte)(bytes[place] ^ (1 << random.Next(8)));
                break;
        }
    }

    private static void Overwrite(List<byte> bytes, int place, long number, int width)
    {
        Span<byte> digits = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(digits, number);
        for (int i = 0; i < width && place + i < bytes.Count; i++)
            bytes[place + i] = digits[i];
    }
}
