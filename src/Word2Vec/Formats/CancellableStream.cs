namespace Word2Vec.Formats;

/// <summary>A stream to write to that looks for cancellation before every piece, so that no writer of a format needs to.</summary>
internal sealed class CancellableStream : Stream
{
    private readonly Stream _stream;
    private readonly CancellationToken _cancellation;

    private CancellableStream(Stream stream, CancellationToken cancellation) => (_stream, _cancellation) = (stream, cancellation);

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Returns <paramref name="stream"/> itself where nobody can cancel. What is returned is not disposed, or leaves the stream open.</summary>
    public static Stream Over(Stream stream, CancellationToken cancellation) =>
        cancellation.CanBeCanceled ? new CancellableStream(stream, cancellation) : stream;

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        _cancellation.ThrowIfCancellationRequested();
        _stream.Write(buffer);
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void WriteByte(byte value)
    {
        _cancellation.ThrowIfCancellationRequested();
        _stream.WriteByte(value);
    }

    public override void Flush() => _stream.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
