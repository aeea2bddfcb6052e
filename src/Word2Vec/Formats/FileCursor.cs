using System.Buffers.Binary;

namespace Word2Vec.Formats;

/// <summary>Reads little-endian numbers of a mapped file one after another; <paramref name="title"/> is what errors call it.</summary>
internal sealed class FileCursor(MappedFile file, string title)
{
    /// <summary>The byte that is read next.</summary>
    public long Position { get; private set; }

    /// <summary>The bytes that are left.</summary>
    public long Left => file.Length - Position;

    /// <summary>Reads <paramref name="what"/>, a byte.</summary>
    public byte Byte(string what) => Take(1, what)[0];

    /// <summary>Reads <paramref name="what"/>, 32 bits.</summary>
    public int Int32(string what) => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int), what));

    /// <summary>Reads <paramref name="what"/>, 64 bits.</summary>
    public long Int64(string what) => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long), what));

    /// <summary>Reads <paramref name="what"/>, the bytes up to one of 0, which is skipped.</summary>
    public ReadOnlySpan<byte> Text(string what)
    {
        ReadOnlySpan<byte> rest = file.From(Position);
        int end = rest.IndexOf((byte)0);
        if (end < 0)
            throw Error($"has no byte of 0, which ends {what}, from byte {Position} on; it is cut short or damaged");
        Position += end + 1;
        return rest[..end];
    }

    /// <summary>Goes on at <paramref name="position"/>, which is in the file or at its end.</summary>
    public void MoveTo(long position) => Position = position;

    /// <summary>An error about this file.</summary>
    public Word2VecException Error(string what) => new(ErrorKind.Format, $"The {title} '{file.Path}' {what}.");

    private ReadOnlySpan<byte> Take(int count, string what)
    {
        if (count > Left)
            throw Error($"ends at byte {file.Length}, in {what} at byte {Position}; it is cut short");
        ReadOnlySpan<byte> bytes = file.From(Position)[..count];
        Position += count;
        return bytes;
    }
}
