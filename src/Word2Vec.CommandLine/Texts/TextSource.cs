using System.Diagnostics;
using Word2Vec.Corpora;
using Word2Vec.Vectors;

namespace Word2Vec.CommandLine.Texts;

/// <summary>
/// Texts in files, folders and standard input, as a stream that can be gone through again: what can be read only once is copied to a temporary
/// file while it is read for the first time.
/// </summary>
internal sealed class TextSource : IDisposable
{
    private readonly List<TextPart> _parts = [];
    private readonly List<string> _copies = [];
    private readonly TextLayout _layout;
    private readonly IProgress<TextProgress> _progress;
    private CountingStream? _bytes;

    /// <summary>Takes <paramref name="paths"/>, <c>-</c> for <paramref name="input"/>; <paramref name="progress"/> hears of every text.</summary>
    /// <exception cref="Word2VecException">A path does not exist or a folder holds no file.</exception>
    public TextSource(IReadOnlyList<string> paths, TextLayout layout, TextReader input, IProgress<TextProgress> progress)
    {
        (_layout, _progress) = (layout, progress);
        // One that is missing is told before the first is read, and so is standard input that is named twice.
        CorpusSource.From(paths);
        try
        {
            foreach (string path in paths)
                Add(path, input);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>All texts that are not blank, in their order; <paramref name="stage"/> says what is done with them.</summary>
    public IEnumerable<TextDocument> Documents(string stage)
    {
        long begin = Stopwatch.GetTimestamp(), texts = 0, before = 0, total = _parts.Sum(part => part.Bytes);
        foreach (TextPart part in _parts)
        {
            foreach (TextDocument document in Read(part).Where(document => !string.IsNullOrWhiteSpace(document.Text)))
            {
                yield return document;
                _progress.Report(new TextProgress(stage, ++texts, before + _bytes!.Count, total, Stopwatch.GetElapsedTime(begin)));
            }

            before += part.Bytes;
        }
    }

    public void Dispose() => _copies.ForEach(File.Delete);

    private void Add(string path, TextReader input)
    {
        if (path == CorpusEntry.StandardInput)
        {
            _parts.Add(new TextPart(Counted(CorpusSource.From(Copy(input))), 0, "standard input", _layout.Kind ?? TextLayout.Lines));
            return;
        }

        CorpusSource source = Counted(CorpusSource.From(path));
        bool isFolder = Directory.Exists(path);
        for (int i = 0; i < source.Entries.Count; i++)
        {
            string name = isFolder ? Path.GetRelativePath(path, source.Entries[i].Path).Replace('\\', '/') : Path.GetFileName(path);
            string kind = _layout.KindOf(name, isFolder);
            _parts.Add(source.CanBeRecognised ? new TextPart(source, i, name, kind) : new TextPart(Copied(source, i), 0, name, kind));
        }
    }

    private CorpusSource Copied(CorpusSource source, int entry)
    {
        using StreamReader reader = source.OpenText(source.Entries[entry]);
        return Counted(CorpusSource.From(Copy(reader)));
    }

    // The bytes of the file that was opened last.
    private CorpusSource Counted(CorpusSource source) => source.With((entry, open) => _bytes = new CountingStream(open(entry)));

    private string Copy(TextReader reader)
    {
        try
        {
            long begin = Stopwatch.GetTimestamp();
            string path = Path.GetTempFileName();
            _copies.Add(path);
            using var writer = new StreamWriter(path);
            var buffer = new char[1 << 16];
            for (int read = reader.Read(buffer, 0, buffer.Length); read > 0; read = reader.Read(buffer, 0, buffer.Length))
            {
                writer.Write(buffer, 0, read);
                _progress.Report(new TextProgress("copying", 0, writer.BaseStream.Position, 0, Stopwatch.GetElapsedTime(begin)));
            }

            return path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new Word2VecException(ErrorKind.Input,
                $"The texts could not be copied to {Path.GetTempPath()}, to be read again: {e.Message.ReplaceLineEndings(" ")} Give a file.", e);
        }
    }

    private IEnumerable<TextDocument> Read(TextPart part)
    {
        using StreamReader reader = part.Source.OpenText(part.Source.Entries[part.Entry]);
        IEnumerable<TextDocument> documents = part.Kind switch
        {
            TextLayout.Files => [new TextDocument(part.Name, reader.ReadToEnd())],
            TextLayout.Csv => CsvTexts.Read(reader, part.Name, _layout, ","),
            TextLayout.Tsv => CsvTexts.Read(reader, part.Name, _layout, "\t"),
            TextLayout.JsonLines => JsonLinesTexts.Read(reader, part.Name, _layout),
            _ => Lines(reader),
        };

        // Numbers are of a file, so that with several of them its name must tell them apart.
        bool isNumbered = part.Kind != TextLayout.Files && (_layout.IdColumn is null || part.Kind == TextLayout.Lines) && _parts.Count > 1;
        foreach (TextDocument document in documents)
            yield return isNumbered ? document with { Id = $"{part.Name}:{document.Id}" } : document;
    }

    private static IEnumerable<TextDocument> Lines(StreamReader reader)
    {
        long number = 0;
        while (reader.ReadLine() is { } line)
            yield return new TextDocument(FormattableString.Invariant($"{++number}"), line);
    }

    private sealed record TextPart(CorpusSource Source, int Entry, string Name, string Kind)
    {
        public long Bytes => Source.Entries[Entry].Length;
    }
}
