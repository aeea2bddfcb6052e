using Word2Vec.Corpora;

namespace Word2Vec.Words;

/// <summary>Goes through a corpus several times, sentence by sentence, with the phrases joined that are known by then.</summary>
/// <param name="times">How often, for the progress.</param>
internal sealed class PhrasePasses(
    CorpusSource source, TokenizerKind tokenizer, int times, IProgress<EncodingProgress>? progress, CancellationToken cancellation)
{
    private const long Pause = 1 << 18;

    private readonly SentenceLine _line = new();
    private int _done;
    private long _words;

    /// <summary>Hands each sentence to <paramref name="use"/>, with whether its line ends with it.</summary>
    public void Read(IReadOnlyList<PhraseTable> tables, Action<SentenceLine, bool> use)
    {
        using var reader = new SentenceReader(source, tokenizer);
        long reported = 0, before = _words;
        while (reader.Read(_line))
        {
            _words += _line.Count;
            Phrases.Join(tables, _line);
            use(_line, reader.EndsLine);
            if (reader.BytesRead - reported < Pause)
                continue;
            reported = reader.BytesRead;
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(new EncodingProgress(_done * source.BytesTotal + reported, times * source.BytesTotal, _words));
        }

        source.CheckUnchanged();
        _done++;
        if (_words == before)
            throw new Word2VecException(ErrorKind.Input, $"The corpus {source.Name} is empty or holds no word; name a text with at least one.");
    }

    /// <summary>Writes the sentences to <paramref name="output"/>, a line each.</summary>
    public void Write(IReadOnlyList<PhraseTable> tables, Stream output)
    {
        var buffered = new BufferedStream(output, 1 << 16); // flushed and not disposed: the stream stays open
        Read(tables, (line, endsLine) =>
        {
            buffered.Write(line.Bytes);
            buffered.WriteByte(endsLine ? (byte)'\n' : SentenceLine.Space);
        });
        buffered.Flush();
    }
}
