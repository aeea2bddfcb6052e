using System.Runtime.CompilerServices;

namespace Word2Vec.Words;

/// <summary>
/// A stream of ids in the order in which words are first seen, written once and read once, before the vocabulary is known; see
/// <see cref="ProvisionalCode"/> for its bytes.
/// </summary>
internal sealed unsafe class ProvisionalIds(Stream stream)
{
    private const int BufferSize = 1 << 18;

    // A short id, too, is written and read as four bytes, of which two count.
    private readonly byte[] _buffer = new byte[BufferSize + ProvisionalCode.LongestId];
    private int _start;
    private int _end;
    private bool _allRead;

    /// <summary>Bytes written so far.</summary>
    public long Length { get; private set; }

    /// <summary>Appends <paramref name="ids"/>; −1 is the end of a sentence.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // hot from its first call on: a text is read once
    public void Write(ReadOnlySpan<int> ids)
    {
        while (!ids.IsEmpty)
        {
            if (_end > BufferSize - ProvisionalCode.LongestId)
                Flush();
            var part = ids[..Math.Min(ids.Length, (BufferSize - _end) / ProvisionalCode.LongestId)];
            fixed (byte* target = _buffer)
                _end += ProvisionalCode.Write(part, target + _end);
            ids = ids[part.Length..];
        }
    }

    /// <summary>Ends the writing and goes to the begin.</summary>
    public void Rewind()
    {
        Flush();
        stream.Flush();
        stream.Position = 0;
    }

    /// <summary>Reads up to as many ids as <paramref name="ids"/> has room for; 0 only at the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Read(Span<int> ids)
    {
        if (_end - _start < ProvisionalCode.LongestId && !_allRead)
            Fill();
        // Only what is followed by three more bytes is sure to be whole, unless no more will come.
        int end = _allRead ? _end : _end - ProvisionalCode.LongestId + 1;
        fixed (byte* source = _buffer)
            return ProvisionalCode.Read(source, ref _start, end, ids);
    }

    private void Flush()
    {
        stream.Write(_buffer, 0, _end);
        Length += _end;
        _end = 0;
    }

    private void Fill()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        int read = stream.ReadAtLeast(_buffer.AsSpan(_end, BufferSize - _end), ProvisionalCode.LongestId, throwOnEndOfStream: false);
        _allRead = read < ProvisionalCode.LongestId;
        _end += read;
    }
}
