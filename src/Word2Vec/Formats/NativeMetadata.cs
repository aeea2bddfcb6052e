using System.Buffers.Binary;
using System.Text;

namespace Word2Vec.Formats;

/// <summary>Names and values as the bytes of a section of <see cref="NativeFormat"/>.</summary>
internal static class NativeMetadata
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The bytes of <paramref name="entries"/>, in their order.</summary>
    /// <exception cref="Word2VecException">A name or a value is not Unicode.</exception>
    public static byte[] ToBytes(IReadOnlyDictionary<string, string> entries, string path)
    {
        using var bytes = new MemoryStream();
        foreach ((string name, string value) in entries)
        {
            Add(name);
            Add(value);
        }

        return bytes.ToArray();

        void Add(string text)
        {
            try
            {
                byte[] encoded = Utf8.GetBytes(text);
                Span<byte> length = stackalloc byte[sizeof(int)];
                BinaryPrimitives.WriteInt32LittleEndian(length, encoded.Length);
                bytes.Write(length);
                bytes.Write(encoded);
            }
            catch (EncoderFallbackException error)
            {
                throw new Word2VecException(ErrorKind.Output, $"The metadata '{text}' holds half of a surrogate pair and could not be read " +
                    $"back from '{path}'. Leave it out.", error);
            }
        }
    }

    /// <summary>Reads what <see cref="ToBytes"/> wrote; null if it cannot be that.</summary>
    public static Dictionary<string, string>? Read(ReadOnlySpan<byte> bytes)
    {
        var entries = new Dictionary<string, string>();
        while (!bytes.IsEmpty)
        {
            if (!TryTake(ref bytes, out string name) || !TryTake(ref bytes, out string value) || !entries.TryAdd(name, value))
                return null;
        }

        return entries;
    }

    private static bool TryTake(ref ReadOnlySpan<byte> bytes, out string text)
    {
        text = "";
        if (!BinaryPrimitives.TryReadInt32LittleEndian(bytes, out int length) || length < 0 || length > bytes.Length - sizeof(int))
            return false;
        ReadOnlySpan<byte> encoded = bytes.Slice(sizeof(int), length);
        bytes = bytes[(sizeof(int) + length)..];
        if (!System.Text.Unicode.Utf8.IsValid(encoded))
            return false;
        text = Utf8.GetString(encoded);
        return true;
    }
}
