namespace Word2Vec.Words;

/// <summary>
/// A stream of ids in the order in which words are first seen, written once and read once, before the vocabulary is known: id + 1 (0 for the end
/// of a sentence) in groups of seven bits, lowest first, the top bit set on all bytes but the last. Frequent words come early, so most take one or two bytes.
/// </summary>
internal sealed class ProvisionalIds(Stream stream)
{
    private const int LongestId = 5;

    private readonly byte[] _buffer = new byte[1 << 18];
    private int _start;
    private int _end;

    /// <summary>Bytes written so far.</summary>
    public long Length { get; private set; }

    /// <summary>Appends <paramref name="ids"/>; −1 is the end of a sentence.</summary>
    public void Write(ReadOnlySpan<int> ids)
    {
        foreach (int id in ids)
        {
            if (_end > _buffer.Length - LongestId)
                Flush();
            uint value = (uint)id + 1;
            int end = _end;
            for (; value >= 0x80; value >>= 7)
                _buffer[end++] = (byte)(value | 0x80);
            _buffer[end++] = (byte)value;
            _end = end;
        }
    }

    /// <summary>Ends the writing and goes to the begin.</summary>
    public void Rewind()
    {
        Flush();
        stream.Flush();
        stream.Position = 0;
    }

    /// <summary>Reads up to as many ids as <paramref name="ids"/> has room for; fewer only at the end.</summary>
    public int Read(Span<int> ids)
    {
        int count = 0;
        while (count < ids.Length && (_end - _start >= LongestId || Fill()))
        {
            uint value = _buffer[_start++];
            if (value >= 0x80)
                value = ReadLong(value);
            ids[count++] = (int)value - 1;
        }

        return count;
    }

    private uint ReadLong(uint value)
    {
        value &= 0x7F;
        for (int shift = 7; ; shift += 7)
        {
            uint next = _buffer[_start++];
            value |= (next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }
    }

    private void Flush()
    {
        stream.Write(_buffer, 0, _end);
        Length += _end;
        _end = 0;
    }

    // Returns whether there is an id.
    private bool Fill()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        _end += stream.ReadAtLeast(_buffer.AsSpan(_end), LongestId, throwOnEndOfStream: false);
        return _end > 0;
    }
}
