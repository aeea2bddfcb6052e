namespace Word2Vec.Corpora;

/// <summary>Passes a stream on, counts what was read, lets one look at the first bytes, and can append bytes at the end.</summary>
internal sealed class CountingStream(Stream inner) : ForwardStream
{
    private byte[] _head = [];
    private int _headUsed;
    private ReadOnlyMemory<byte> _appendix;

    /// <summary>Bytes read from the inner stream and handed on.</summary>
    public long Count { get; private set; }

    /// <summary>Whether the inner stream has come to its end.</summary>
    public bool AtEnd { get; private set; }

    /// <summary>
    /// Returns the first <paramref name="count"/> bytes (fewer where the stream is shorter) without taking them. Before any read, once.
    /// </summary>
    public ReadOnlySpan<byte> Peek(int count)
    {
        var head = new byte[count];
        int length = inner.ReadAtLeast(head, count, throwOnEndOfStream: false);
        return _head = head[..length];
    }

    /// <summary>Hands on <paramref name="bytes"/> after the end of the inner stream; they are not counted.</summary>
    public void Append(ReadOnlyMemory<byte> bytes) => _appendix = bytes;

    public override int Read(Span<byte> buffer)
    {
        int read;
        if (_headUsed < _head.Length)
        {
            read = Math.Min(buffer.Length, _head.Length - _headUsed);
            _head.AsSpan(_headUsed, read).CopyTo(buffer);
            _headUsed += read;
        }
        else
        {
            read = inner.Read(buffer);
        }

        Count += read;
        return read > 0 || buffer.IsEmpty ? read : ReadAppendix(buffer);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }

    private int ReadAppendix(Span<byte> buffer)
    {
        AtEnd = true;
        int read = Math.Min(buffer.Length, _appendix.Length);
        _appendix.Span[..read].CopyTo(buffer);
        _appendix = _appendix[read..];
        return read;
    }
}
