using Microsoft.Win32.SafeHandles;
using Word2Vec.Corpora;

namespace Word2Vec.Words;

/// <summary>
/// A corpus that can be read again: what comes from standard input or a pipe is kept, as it comes, in a temporary file when it is read for the first time.
/// </summary>
internal sealed class ReplayedCorpus : IDisposable
{
    private readonly Dictionary<CorpusEntry, FileStream> _copies = [];
    private readonly CancellationToken _cancellation;

    public ReplayedCorpus(CorpusSource source, CancellationToken cancellation) =>
        (Source, _cancellation) = (source.CanBeRecognised ? source : source.With(Open), cancellation);

    /// <summary>The corpus, for one reader at a time.</summary>
    public CorpusSource Source { get; }

    public void Dispose()
    {
        foreach (FileStream copy in _copies.Values)
            copy.Dispose();
    }

    private Stream Open(CorpusEntry entry, Func<CorpusEntry, Stream> open)
    {
        if (entry.Length > 0)
            return open(entry);
        if (!_copies.TryGetValue(entry, out FileStream? copy))
            _copies[entry] = copy = Copy(entry, open);
        // The file has no name any more; its handle is read by a stream that leaves it open.
        var handle = new SafeFileHandle(copy.SafeFileHandle.DangerousGetHandle(), ownsHandle: false);
        return new FileStream(handle, FileAccess.Read, bufferSize: 0) { Position = 0 };
    }

    private FileStream Copy(CorpusEntry entry, Func<CorpusEntry, Stream> open)
    {
        using Stream stream = open(entry);
        FileStream copy = TemporaryFile.Create(Path.GetTempPath());
        try
        {
            var buffer = new byte[1 << 16];
            for (int read = stream.Read(buffer); read > 0; read = stream.Read(buffer))
            {
                _cancellation.ThrowIfCancellationRequested();
                copy.Write(buffer, 0, read);
            }

            copy.Flush();
            return copy;
        }
        catch (Exception e)
        {
            copy.Dispose();
            if (e is not IOException)
                throw;
            throw new Word2VecException(ErrorKind.Output, $"{entry.Name} is read more than once and could not be kept in {Path.GetTempPath()}: " +
                $"{e.Message.ReplaceLineEndings(" ")} Write it to a file and name that.", e);
        }
    }
}
