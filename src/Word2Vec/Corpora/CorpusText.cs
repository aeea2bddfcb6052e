namespace Word2Vec.Corpora;

/// <summary>The files of a corpus as characters, for what is not read as words alone: documents, tables.</summary>
public static class CorpusText
{
    /// <summary>
    /// Opens <paramref name="entry"/> of <paramref name="source"/>: UTF-8, plain or .gz, without a byte order mark. Bytes that are not UTF-8
    /// are U+FFFD. Its errors, also while it is read, are <see cref="Word2VecException"/>s that name the file.
    /// </summary>
    /// <exception cref="Word2VecException">It cannot be opened, or it is not text.</exception>
    public static StreamReader OpenText(this CorpusSource source, CorpusEntry entry)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new StreamReader(new Adapter(source.Open(entry)));
    }

    private sealed class Adapter(CorpusStream corpus) : ForwardStream
    {
        public override int Read(Span<byte> buffer) => corpus.Read(buffer);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                corpus.Dispose();
            base.Dispose(disposing);
        }
    }
}
