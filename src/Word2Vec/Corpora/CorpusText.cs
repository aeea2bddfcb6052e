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

    private sealed class Adapter(CorpusStream corpus) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(Span<byte> buffer) => corpus.Read(buffer);

        public override int Read(byte[] buffer, int offset, int count) => corpus.Read(buffer.AsSpan(offset, count));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                corpus.Dispose();
            base.Dispose(disposing);
        }
    }
}
