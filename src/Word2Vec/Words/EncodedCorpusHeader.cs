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
    public long DroppedTypes;
    public uint MostLost;
    public uint LongWords;

    /// <summary>Magic, version and checksum put in: the bytes.</summary>
    public readonly byte[] Seal() => SealedHeader.Seal(this, ExpectedMagic, CurrentVersion);

    /// <summary>Reads a header from <see cref="Size"/> bytes; returns what is wrong with it, or null.</summary>
    public static string? Read(ReadOnlySpan<byte> bytes, out EncodedCorpusHeader header) =>
        SealedHeader.Read(bytes, ExpectedMagic, CurrentVersion, out header);

    /// <summary>Takes over what was counted while the text was read; the sentences are counted by the writer.</summary>
    public void SetCounts(CorpusCounts text)
    {
        (TextTokens, Types, Tokens, DroppedTypes) = (text.TextTokens, text.Types, text.Tokens, text.DroppedTypes);
        (MostLost, LongWords) = ((uint)Math.Min(text.MostLost, uint.MaxValue), (uint)Math.Min(text.LongWords, uint.MaxValue));
    }

    /// <summary>What was counted while the text was read.</summary>
    public readonly CorpusCounts Counts() => new(TextTokens, Tokens, Sentences, Types)
    {
        DroppedTypes = DroppedTypes,
        MostLost = MostLost,
        LongWords = LongWords,
    };

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

    /// <summary>Whether it says what <paramref name="other"/> says, the checksums of ids and vocabulary among it.</summary>
    public bool SaysTheSameAs(EncodedCorpusHeader other) => AsBytes(ref this)[16..].SequenceEqual(AsBytes(ref other)[16..]);

    /// <summary>SHA-256 of all counts and of the checksums of ids and vocabulary, in hexadecimal digits.</summary>
    public string Fingerprint()
    {
        const int First = 16 + IdentitySize, Behind = 112;
        return Convert.ToHexStringLower(SHA256.HashData(AsBytes(ref this)[First..Behind]));
    }

    private static Span<byte> AsBytes(ref EncodedCorpusHeader header) => MemoryMarshal.AsBytes(MemoryMarshal.CreateSpan(ref header, 1));
}
