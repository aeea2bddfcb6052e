namespace Word2Vec.Corpora;

/// <summary>The bytes of one file of a corpus, decompressed, without a byte order mark.</summary>
internal sealed class CorpusStream : IDisposable
{
    private const int HeadSize = 1 << 16;

    private readonly CorpusEntry _entry;
    private readonly CountingStream _source;
    private readonly GzipReader? _gzip;
    private readonly byte[] _head = new byte[HeadSize];
    private readonly int _headLength;
    private int _headUsed;

    /// <summary>Opens <paramref name="entry"/> and looks at its first 64 KB.</summary>
    /// <exception cref="Word2VecException">It cannot be opened, or it is not text.</exception>
    public CorpusStream(CorpusEntry entry, Func<CorpusEntry, Stream> open)
    {
        _entry = entry;
        _source = new CountingStream(Guarded(() => open(entry)));
        try
        {
            ReadOnlySpan<byte> magic = Guarded(() => _source.Peek(2).ToArray());
            if (magic.SequenceEqual((ReadOnlySpan<byte>)[0x1F, 0x8B]))
                _gzip = new GzipReader(entry.Name, _source);
            for (int read = 1; read > 0 && _headLength < HeadSize; _headLength += read)
                read = ReadText(_head.AsSpan(_headLength));
            CheckHead(_head.AsSpan(0, _headLength));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Bytes consumed of the file as it lies on the disk.</summary>
    public long BytesRead => _source.Count;

    /// <summary>Reads into <paramref name="buffer"/>; 0 at the end.</summary>
    /// <exception cref="Word2VecException">The file cannot be read on, or its .gz data is damaged or incomplete.</exception>
    public int Read(Span<byte> buffer)
    {
        if (_headUsed == _headLength)
            return ReadText(buffer);
        int read = Math.Min(buffer.Length, _headLength - _headUsed);
        _head.AsSpan(_headUsed, read).CopyTo(buffer);
        _headUsed += read;
        return read;
    }

    public void Dispose()
    {
        _gzip?.Dispose();
        _source.Dispose();
    }

    private void CheckHead(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            throw new Word2VecException(ErrorKind.Input,
                $"The corpus {_entry.Name} is UTF-16 (byte order mark at byte 0); convert it to UTF-8 (iconv -f UTF-16 -t UTF-8).");
        }

        int zero = head.IndexOf((byte)0);
        if (zero >= 0)
        {
            throw new Word2VecException(ErrorKind.Input,
                $"The corpus {_entry.Name} looks binary: byte {zero} of its {(_gzip is null ? "" : "decompressed ")}text is 0; "
                + "give UTF-8 text, plain or .gz.");
        }

        if (head.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            _headUsed = 3;
    }

    private int ReadText(Span<byte> buffer)
    {
        try
        {
            int read = _gzip is null ? _source.Read(buffer) : _gzip.Read(buffer);
            return read > 0 || buffer.IsEmpty || _source.Count >= _entry.Length ? read : throw Shortened();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(e);
        }
    }

    private T Guarded<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(e);
        }
    }

    private Word2VecException Shortened() => new(ErrorKind.Input,
        $"The corpus {_entry.Name} was shortened while it was read: it had {_entry.Length} bytes and now ends at byte {_source.Count}; "
        + "train again when nobody changes it.");

    private Word2VecException Unreadable(Exception e)
    {
        string where = _source is { Count: > 0 } ? $" at byte {_source.Count}" : "";
        string reason = e.Message.ReplaceLineEndings(" ");
        return new Word2VecException(ErrorKind.Input, $"Cannot read the corpus {_entry.Name}{where}: {reason}", e);
    }
}
