namespace Word2Vec.Formats;

/// <summary>Goes through the lines of a mapped text; a line ends with \n, \r\n or the file, and spaces at its end do not count.</summary>
internal ref struct TextLines(MappedFile file, long position, int linesBefore)
{
    /// <summary>The byte at which the next line begins.</summary>
    public long Position { get; private set; } = position;

    /// <summary>The number of the line that was read last, from 1.</summary>
    public long Number { get; private set; } = linesBefore;

    /// <summary>Reads the next line.</summary>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        line = default;
        if (Position >= file.Length)
            return false;
        ReadOnlySpan<byte> rest = file.From(Position);
        int end = rest.IndexOf((byte)'\n');
        if (end < 0 && rest.Length < file.Length - Position)
            throw new Word2VecException(ErrorKind.Format, $"Line {Number + 1} of '{file.Path}' is longer than {int.MaxValue} bytes; this " +
                "is not a text of vectors.");
        line = end < 0 ? rest : rest[..end];
        Position += end < 0 ? rest.Length : end + 1;
        Number++;
        if (line.EndsWith("\r"u8))
            line = line[..^1];
        line = line.TrimEnd((byte)' ');
        return true;
    }

    /// <summary>Counts the lines from here on, a last one without \n included.</summary>
    public readonly long CountRest()
    {
        long count = 0, at = Position;
        while (at < file.Length)
        {
            ReadOnlySpan<byte> part = file.From(at);
            count += part.Count((byte)'\n');
            at += part.Length;
            if (at == file.Length && part[^1] != '\n')
                count++;
        }

        return count;
    }
}
