using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Word2Vec.Words;

/// <summary>
/// What the headers of our files have in common: eight bytes that say what it is, the last of them a line feed, then the version and the checksum
/// (CRC-32C) of the whole header with the checksum's own four bytes as 0, all numbers little-endian.
/// </summary>
internal static class SealedHeader
{
    private const int VersionAt = 8, ChecksumAt = 12, FieldsAt = 16;

    /// <summary>The bytes of <paramref name="header"/> with magic, version and checksum put in.</summary>
    public static byte[] Seal<T>(T header, ReadOnlySpan<byte> magic, int version)
        where T : unmanaged
    {
        byte[] bytes = MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in header)).ToArray();
        magic.CopyTo(bytes.AsSpan(0, VersionAt));
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(VersionAt), version);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(ChecksumAt), ChecksumOf(bytes));
        return bytes;
    }

    /// <summary>Reads a header from <paramref name="bytes"/>, which has its length; returns what is wrong with it, or null.</summary>
    public static string? Read<T>(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> magic, int version, out T header)
        where T : unmanaged
    {
        header = MemoryMarshal.Read<T>(bytes);
        if (!bytes.StartsWith(magic))
            return $"it does not begin with {Encoding.ASCII.GetString(magic).TrimEnd()}";
        int found = BinaryPrimitives.ReadInt32LittleEndian(bytes[VersionAt..]);
        if (found != version)
            return $"its version is {found}, not {version}";
        return ChecksumOf(bytes) == BinaryPrimitives.ReadUInt32LittleEndian(bytes[ChecksumAt..]) ? null : "the checksum of its header does not fit";
    }

    private static uint ChecksumOf(ReadOnlySpan<byte> bytes)
    {
        var checksum = default(Checksum);
        checksum.Append(bytes[..ChecksumAt]);
        checksum.Append([0, 0, 0, 0]);
        checksum.Append(bytes[FieldsAt..]);
        return checksum.Value;
    }
}
