using System.IO.Compression;

namespace Word2Vec.Corpora;

/// <summary>Reads .gz data of one or several members and knows whether it was complete.</summary>
/// <remarks>
/// GZipStream checks the checksum of each member that it sees to the end, but takes a truncated one for complete. So a small member of
/// known content is appended to the data: it comes out at the end if and only if the data before it ended where a member ends.
/// </remarks>
internal sealed class GzipReader : IDisposable
{
    private static readonly byte[] Marker = [.. "end of the gz data\u0001\u0002\u0003\u0004"u8];
    private static readonly byte[] CompressedMarker = Compress(Marker);

    private readonly string _name;
    private readonly ErrorKind _kind;
    private readonly CountingStream _source;
    private readonly GZipStream _text;
    private readonly byte[] _buffer = new byte[(1 << 16) + Marker.Length];
    private int _start;
    private int _end;
    private bool _complete;

    /// <summary>Reads what <paramref name="source"/> holds compressed; takes it over.</summary>
    /// <param name="name">What messages call it.</param>
    /// <param name="kind">What damaged data is an error of.</param>
    public GzipReader(string name, CountingStream source, ErrorKind kind = ErrorKind.Input)
    {
        (_name, _source, _kind) = (name, source, kind);
        source.Append(CompressedMarker);
        _text = new GZipStream(source, CompressionMode.Decompress);
    }

    /// <summary>Reads into <paramref name="buffer"/>; 0 at the end.</summary>
    /// <exception cref="Word2VecException">The data is damaged or incomplete.</exception>
    public int Read(Span<byte> buffer)
    {
        // What could be the marker is held back until more has come or the end has.
        while (_end - _start <= Marker.Length && !_complete)
            Fill();
        int read = Math.Min(buffer.Length, _end - _start - Marker.Length);
        _buffer.AsSpan(_start, read).CopyTo(buffer);
        _start += read;
        return read;
    }

    public void Dispose() => _text.Dispose();

    private void Fill()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        int read;
        try
        {
            read = _text.Read(_buffer, _end, _buffer.Length - _end);
        }
        catch (InvalidDataException e)
        {
            throw _source.AtEnd ? Incomplete(e) : new Word2VecException(_kind,
                $"The .gz data of {_name} is damaged before byte {_source.Count}; get the file anew (gzip -t checks one).", e);
        }

        _end += read;
        if (read > 0)
            return;
        if (!_buffer.AsSpan(0, _end).SequenceEqual(Marker))
            throw Incomplete(null);
        _complete = true;
    }

    private Word2VecException Incomplete(Exception? e) => new(_kind,
        $"The .gz data of {_name} is cut off at byte {_source.Count} or followed by something else; "
        + "get the file anew (gzip -t checks one).", e);

    private static byte[] Compress(byte[] content)
    {
        using var result = new MemoryStream();
        using (var stream = new GZipStream(result, CompressionLevel.NoCompression))
            stream.Write(content);
        return result.ToArray();
    }
}
