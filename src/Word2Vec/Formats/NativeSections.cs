using System.Runtime.InteropServices;
using Word2Vec.Words;

namespace Word2Vec.Formats;

/// <summary>Writes sections of a <see cref="NativeFormat"/> file one after another and keeps their checksums.</summary>
internal sealed class NativeSections(Stream stream)
{
    private const int ChunkElements = 1 << 16;

    private readonly List<uint> _checksums = [];
    private Checksum _checksum;
    private long _written;

    /// <summary>Goes on with the section.</summary>
    public void Write<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        for (; !values.IsEmpty; values = values[Math.Min(ChunkElements, values.Length)..])
        {
            ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(values[..Math.Min(ChunkElements, values.Length)]);
            _checksum.Append(bytes);
            stream.Write(bytes);
            _written += bytes.Length;
        }
    }

    /// <summary>Ends <paramref name="section"/> with zeros up to where the next one begins.</summary>
    public void End(NativeSection section)
    {
        if (_written != section.Length)
            throw new InvalidOperationException($"{_written} bytes of {section.Kind} were written; {section.Length} were laid out.");
        Write<byte>(new byte[section.Next - section.Start - section.Length]);
        _checksums.Add(_checksum.Value);
        (_checksum, _written) = (default, 0);
    }

    /// <summary>Writes the checksums, which end the file.</summary>
    public void WriteChecksums()
    {
        byte[] all = [.. MemoryMarshal.AsBytes<uint>(_checksums.ToArray())];
        stream.Write(all);
        stream.Write(BitConverter.GetBytes(Checksum.Of(all)));
    }
}
