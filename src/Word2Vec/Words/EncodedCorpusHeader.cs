using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Word2Vec.Words;

/// <summary>The first 128 bytes of an encoded corpus; see <see cref="EncodedCorpusFile"/>.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal unsafe struct EncodedCorpusHeader
{
    /// <summary>The header's length in bytes; the ids follow it, so it is a multiple of 64.</summary>
    public const int Size = 128;

    /// <summary>The bytes of an identity.</summary>
    public const int IdentitySize = 32;

    /// <summary>"W2V-IDS" and a line feed.</summary>
    public static ReadOnlySpan<byte> ExpectedMagic => "W2V-IDS\n"u8;

    /// <summary>The version that this code writes and reads.</summary>
    public const int CurrentVersion = 1;

    public fixed byte Magic[8];
    public int Version;
    public uint HeaderChecksum;
    public fixed byte Identity[IdentitySize];
    public long IdCount;
    public long WordCount;
    public long VocabularyLength;
    public long TextTokens;
    public long Tokens;
    public long Sentences;
    public long Types;
    public uint IdsChecksum;
    public uint VocabularyChecksum;
    public fixed byte Reserved[16];

    /// <summary>Puts magic, version and the header's own checksum in and returns the bytes.</summary>
    public byte[] Seal()
    {
        fixed (byte* magic = Magic)
            ExpectedMagic.CopyTo(new Span<byte>(magic, ExpectedMagic.Length));
        Version = CurrentVersion;
        HeaderChecksum = 0;
        HeaderChecksum = Checksum.Of(AsBytes(ref this));
        return AsBytes(ref this).ToArray();
    }

    /// <summary>Reads a header from <see cref="Size"/> bytes; returns what is wrong with it, or null.</summary>
    public static string? Read(ReadOnlySpan<byte> bytes, out EncodedCorpusHeader header)
    {
        header = MemoryMarshal.Read<EncodedCorpusHeader>(bytes);
        if (!bytes.StartsWith(ExpectedMagic))
            return "it does not begin with W2V-IDS";
        if (header.Version != CurrentVersion)
            return $"its version is {header.Version}, not {CurrentVersion}";
        var unsealed = header;
        unsealed.HeaderChecksum = 0;
        return Checksum.Of(AsBytes(ref unsealed)) == header.HeaderChecksum ? null : "the checksum of its header does not fit";
    }

    /// <summary>Whether the corpus is the one of <paramref name="identity"/>.</summary>
    public readonly bool Is(ReadOnlySpan<byte> identity)
    {
        fixed (byte* own = Identity)
            return identity.SequenceEqual(new ReadOnlySpan<byte>(own, IdentitySize));
    }

    /// <summary>Takes <paramref name="identity"/> as the corpus's.</summary>
    public void SetIdentity(ReadOnlySpan<byte> identity)
    {
        fixed (byte* own = Identity)
            identity.CopyTo(new Span<byte>(own, IdentitySize));
    }

    /// <summary>Whether all bytes are those of <paramref name="other"/>, the checksums among them.</summary>
    public bool HasBytesOf(EncodedCorpusHeader other) => AsBytes(ref this).SequenceEqual(AsBytes(ref other));

    /// <summary>SHA-256 of all counts and of the checksums of ids and vocabulary, in hexadecimal digits.</summary>
    public string Fingerprint()
    {
        const int First = 16 + IdentitySize, Behind = 112;
        return Convert.ToHexStringLower(SHA256.HashData(AsBytes(ref this)[First..Behind]));
    }

    private static Span<byte> AsBytes(ref EncodedCorpusHeader header) => MemoryMarshal.AsBytes(MemoryMarshal.CreateSpan(ref header, 1));
}
