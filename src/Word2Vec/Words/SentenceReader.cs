using Word2Vec.Corpora;

namespace Word2Vec.Words;

/// <summary>Reads a corpus sentence by sentence.</summary>
internal sealed unsafe class SentenceReader(CorpusSource source, TokenizerKind tokenizer) : IDisposable
{
    private readonly TokenReader _tokens = new(source, tokenizer == TokenizerKind.Text ? new TextNormalizer() : null);
    private int _next;

    /// <summary>Bytes of the files read so far, before decompression.</summary>
    public long BytesRead => _tokens.BytesRead;

    /// <summary>Whether the last sentence ended where its line ends; false for a part of one that was too long.</summary>
    public bool EndsLine { get; private set; }

    /// <summary>Fills <paramref name="line"/> with the next sentence, which may have no word; false at the end of the corpus.</summary>
    public bool Read(SentenceLine line)
    {
        line.Clear();
        EndsLine = true;
        do
        {
            ReadOnlySpan<Token> tokens = _tokens.Tokens;
            while (_next < tokens.Length)
            {
                Token token = tokens[_next];
                EndsLine = token.Length == 0;
                if (!EndsLine && line.IsFull)
                    return true;
                _next++;
                if (!EndsLine)
                    line.Add(new ReadOnlySpan<byte>(_tokens.Bytes + token.Start, token.Length));
                else if (line.Count > 0 || _next < tokens.Length || !_tokens.EndsFile) // a file's end is no line, unless it ends one
                    return true;
            }

            _next = 0;
        }
        while (_tokens.Read());
        return false;
    }

    public void Dispose() => _tokens.Dispose();
}
