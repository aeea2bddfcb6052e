namespace Word2Vec.Tests.Corpora;

/// <summary>A stream that is made while it is read and never stored: <paramref name="length"/> bytes, the same piece again and again.</summary>
/// <param name="most">The most bytes that a read gives.</param>
internal sealed class Trickle(byte[] piece, long length, int most = int.MaxValue) : Stream
{
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        int count = (int)Math.Min(Math.Min(buffer.Length, most), length - _position);
        for (int done = 0; done < count;)
        {
            int from = (int)(_position % piece.Length), part = Math.Min(count - done, piece.Length - from);
            piece.AsSpan(from, part).CopyTo(buffer[done..]);
            done += part;
            _position += part;
        }

        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
