using System.Runtime.CompilerServices;

namespace Word2Vec.Corpora;

/// <summary>
/// Reads a corpus block by block as words and sentence ends. A line is a sentence; the end of a file ends one too. Words are the bytes
/// between white space, or, with a <see cref="TextNormalizer"/>, what it makes of the text.
/// </summary>
internal sealed unsafe class TokenReader : IDisposable
{
    /// <summary>Bytes that may be read behind the end of a word.</summary>
    public const int Slack = 64;

    private readonly CorpusSource _source;
    private readonly TextNormalizer? _normalizer;
    private readonly byte[] _raw;
    private readonly byte[] _block;
    private readonly Token[] _tokens;
    private readonly int _blockSize;
    private CorpusStream? _stream;
    private int _nextEntry;
    private int _rawLength;
    private int _wordStart;
    private int _end;
    private int _count;
    private long _bytesBefore;

    /// <summary>Reads <paramref name="source"/> from its first file on.</summary>
    /// <param name="normalizer">What makes words of text; null: bytes between white space are words.</param>
    /// <param name="blockSize">Bytes of text that are read at once, at least 1.</param>
    public TokenReader(CorpusSource source, TextNormalizer? normalizer, int blockSize = 1 << 18)
    {
        (_source, _normalizer, _blockSize) = (source, normalizer, blockSize);
        int rawSize = blockSize + TextNormalizer.LongestRest;
        int room = WordScanner.LongestWord + (normalizer is null ? blockSize : TextNormalizer.TargetSize(rawSize));
        _raw = normalizer is null ? [] : new byte[rawSize];
        // Pinned, so that words can be handed out as pointers.
        _block = GC.AllocateArray<byte>(room + Slack, pinned: true);
        _tokens = GC.AllocateUninitializedArray<Token>(room + 2, pinned: true);
    }

    /// <summary>
    /// What the last <see cref="Read"/> found; a token's start counts from <see cref="Bytes"/>. Valid until the next read.
    /// </summary>
    public ReadOnlySpan<Token> Tokens => _tokens.AsSpan(0, _count);

    /// <summary>The bytes that <see cref="Tokens"/> lie in; <see cref="Slack"/> more may be read behind a word.</summary>
    public byte* Bytes => (byte*)Unsafe.AsPointer(ref _block[0]);

    /// <summary>Bytes of the files read so far, before decompression.</summary>
    public long BytesRead => _bytesBefore + (_stream?.BytesRead ?? 0);

    /// <summary>Whether the last of <see cref="Tokens"/> is the end of a file.</summary>
    public bool EndsFile => _stream is null && _count > 0;

    /// <summary>Reads the next block, which can hold no token; false at the end of the corpus.</summary>
    /// <exception cref="Word2VecException">A file cannot be read or is not text.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // hot from its first call on: a text is read once
    public bool Read()
    {
        _count = 0;
        if (_stream is null && !OpenNext())
            return false;
        byte* bytes = Bytes;
        int rest = _end - _wordStart;
        _block.AsSpan(_wordStart, rest).CopyTo(_block);
        (_wordStart, _end) = (0, rest);
        bool more = Fill();
        var tokens = (Token*)Unsafe.AsPointer(ref _tokens[0]);
        _count = WordScanner.Scan(bytes, rest, _end, ref _wordStart, tokens, 0);
        if (more)
            _count = WordScanner.CutLong(bytes, ref _wordStart, _end, tokens, _count);
        else
            EndFile(bytes, tokens);
        return true;
    }

    public void Dispose() => _stream?.Dispose();

    private bool OpenNext()
    {
        if (_nextEntry == _source.Entries.Count)
            return false;
        _stream = _source.Open(_source.Entries[_nextEntry++]);
        _normalizer?.Reset();
        return true;
    }

    // Returns whether the file may have more.
    private bool Fill()
    {
        if (_normalizer is null)
        {
            int count = _stream!.Read(_block.AsSpan(_end, _blockSize));
            _end += count;
            return count > 0;
        }

        int read = _stream!.Read(_raw.AsSpan(_rawLength, _blockSize));
        _rawLength += read;
        _end += _normalizer.Normalize(_raw.AsSpan(0, _rawLength), last: read == 0, Bytes + _end, out int consumed);
        _raw.AsSpan(consumed, _rawLength - consumed).CopyTo(_raw);
        _rawLength -= consumed;
        return read > 0;
    }

    private void EndFile(byte* bytes, Token* tokens)
    {
        _count = WordScanner.AddWord(bytes, _wordStart, _end, tokens, _count);
        tokens[_count++] = Token.SentenceEnd;
        (_wordStart, _end) = (0, 0);
        _bytesBefore += _stream!.BytesRead;
        _stream.Dispose();
        _stream = null;
    }
}
