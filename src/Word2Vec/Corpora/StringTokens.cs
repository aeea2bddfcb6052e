using System.Buffers;
using System.Text.Unicode;

namespace Word2Vec.Corpora;

/// <summary>
/// Reads a string block by block as words and sentence ends, exactly as <see cref="TokenReader"/> reads the same text from a file. Half a
/// surrogate pair counts as U+FFFD.
/// </summary>
internal sealed unsafe class StringTokens : IDisposable
{
    private readonly string _text;
    private readonly TextNormalizer? _normalizer;
    private readonly int _blockSize;
    private readonly byte[] _raw;
    private readonly byte[] _block;
    private readonly Token[] _tokens;
    private int _next;
    private int _rawLength;
    private int _wordStart;
    private int _end;
    private int _count;

    /// <summary>Reads <paramref name="text"/> from its beginning.</summary>
    /// <param name="normalizer">What makes words of text; null: bytes between white space are words.</param>
    /// <param name="blockSize">Bytes of text that are read at once, at least 4: those of one character.</param>
    public StringTokens(string text, TextNormalizer? normalizer, int blockSize = 4096)
    {
        _blockSize = (int)Math.Clamp(3L * text.Length, 4, blockSize);
        int rawSize = _blockSize + TextNormalizer.LongestRest;
        int room = WordScanner.LongestWord + (normalizer is null ? _blockSize : TextNormalizer.TargetSize(rawSize));
        (_text, _normalizer) = (text, normalizer);
        _raw = ArrayPool<byte>.Shared.Rent(rawSize);
        _block = ArrayPool<byte>.Shared.Rent(room);
        _tokens = ArrayPool<Token>.Shared.Rent(room + 2);
    }

    /// <summary>What the last <see cref="Read"/> found; valid until the next one.</summary>
    public ReadOnlySpan<Token> Tokens => _tokens.AsSpan(0, _count);

    /// <summary>The bytes of a word of <see cref="Tokens"/>.</summary>
    public ReadOnlySpan<byte> Bytes(Token word) => _block.AsSpan(word.Start, word.Length);

    /// <summary>Reads the next block, which can hold no token; false at the end of the text.</summary>
    public bool Read()
    {
        _count = 0;
        if (_next == _text.Length)
            return false;
        int rest = _end - _wordStart;
        _block.AsSpan(_wordStart, rest).CopyTo(_block);
        (_wordStart, _end) = (0, rest);
        fixed (byte* bytes = _block)
        fixed (Token* tokens = _tokens)
        {
            Fill(bytes);
            _count = WordScanner.Scan(bytes, rest, _end, ref _wordStart, tokens, 0);
            _count = _next == _text.Length
                ? WordScanner.AddWord(bytes, _wordStart, _end, tokens, _count)
                : WordScanner.CutLong(bytes, ref _wordStart, _end, tokens, _count);
        }

        return true;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_raw);
        ArrayPool<byte>.Shared.Return(_block);
        ArrayPool<Token>.Shared.Return(_tokens);
    }

    private void Fill(byte* bytes)
    {
        if (_normalizer is null)
        {
            _end += Encode(_block.AsSpan(_end, _blockSize));
            return;
        }

        _rawLength += Encode(_raw.AsSpan(_rawLength, _blockSize));
        _end += _normalizer.Normalize(_raw.AsSpan(0, _rawLength), last: _next == _text.Length, bytes + _end, out int consumed);
        _raw.AsSpan(consumed, _rawLength - consumed).CopyTo(_raw);
        _rawLength -= consumed;
    }

    // As many whole characters as there is room for.
    private int Encode(Span<byte> target)
    {
        Utf8.FromUtf16(_text.AsSpan(_next), target, out int read, out int written, replaceInvalidSequences: true, isFinalBlock: true);
        _next += read;
        return written;
    }
}
