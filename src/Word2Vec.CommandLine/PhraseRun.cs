using System.IO.Compression;
using Word2Vec.Corpora;
using Word2Vec.Words;

namespace Word2Vec.CommandLine;

/// <summary>Finds phrases or opens them, and writes a text with them joined.</summary>
internal sealed class PhraseRun(Host host, ProgressView progress, CancellationToken cancellation)
{
    /// <summary>
    /// Finds phrases by <paramref name="options"/>, or opens <paramref name="file"/> where these are null; and writes <paramref name="inputs"/> to
    /// <paramref name="output"/>, if that is not null.
    /// </summary>
    public Phrases Run(string[] inputs, PhraseOptions? options, string? file, string? output)
    {
        try
        {
            if (output is null)
                return options is null ? Phrases.Read(file!) : Phrases.Learn(CorpusSource.From(inputs), options, progress, cancellation);
            Phrases? opened = options is null ? Phrases.Read(file!) : null;
            var source = CorpusSource.From(inputs);
            Phrases? used = null;
            Write(output, stream => used = Join(source, stream, options, opened));
            return used!;
        }
        finally
        {
            progress.Clear();
        }
    }

    private Phrases Join(CorpusSource source, Stream stream, PhraseOptions? options, Phrases? opened)
    {
        if (options is not null)
            return Phrases.LearnAndJoin(source, stream, options, progress, cancellation);
        opened!.Join(source, stream, progress, cancellation);
        return opened;
    }

    private void Write(string output, Action<Stream> write)
    {
        if (output == VectorOutput.StandardOutput)
        {
            write(host.Terminal.OutBytes);
            return;
        }

        AtomicFile.Write(output, stream =>
        {
            if (!output.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
            {
                write(stream);
                return;
            }

            using var packed = new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true);
            write(packed);
        });
    }
}
