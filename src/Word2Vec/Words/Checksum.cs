using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Word2Vec.Words;

/// <summary>CRC-32C (Castagnoli) as iSCSI and ext4 use it: start with all ones, reflected, inverted at the end.</summary>
internal struct Checksum
{
    private uint _inverted;

    /// <summary>The checksum of all bytes so far.</summary>
    public readonly uint Value => _inverted;

    /// <summary>Returns the checksum of <paramref name="bytes"/>.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var checksum = default(Checksum);
        checksum.Append(bytes);
        return checksum.Value;
    }

    /// <summary>Goes on over <paramref name="bytes"/>; the split into calls does not matter.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // hot from its first call on: a file is read once
    public void Append(ReadOnlySpan<byte> bytes)
    {
        uint state = ~_inverted;
        int whole = bytes.Length & ~(sizeof(ulong) - 1);
        foreach (ulong eight in MemoryMarshal.Cast<byte, ulong>(bytes[..whole]))
            state = BitOperations.Crc32C(state, eight);
        foreach (byte one in bytes[whole..])
            state = BitOperations.Crc32C(state, one);
        _inverted = ~state;
    }
}
