namespace Word2Vec.Corpora;

/// <summary>
/// Where text comes from: files, folders (all their files, in the order of their names), or standard input; each plain or .gz.
/// </summary>
/// <remarks>
/// A folder stands for all files below it; in each folder files and folders go in the order of their names (by code unit, not by language).
/// Names that begin with a dot, hidden files and links to folders are left out. Whether a file is .gz is seen from its first two bytes.
/// </remarks>
public sealed class CorpusSource
{
    private readonly Func<CorpusEntry, Stream> _open;
    private readonly string? _name;

    private CorpusSource(IReadOnlyList<CorpusEntry> entries, bool canBeRecognised, Func<CorpusEntry, Stream> open, string? name = null)
    {
        (Entries, CanBeRecognised, _open, _name) = (entries, canBeRecognised, open, name);
        BytesTotal = canBeRecognised ? entries.Sum(entry => entry.Length) : 0;
    }

    /// <summary>The files, in the order in which they are read.</summary>
    public IReadOnlyList<CorpusEntry> Entries { get; }

    /// <summary>Bytes of all files, before decompression; 0 where it cannot be known (standard input, a pipe).</summary>
    public long BytesTotal { get; }

    /// <summary>Whether the entries tell a later run that the text is still the same; not so for standard input and pipes.</summary>
    public bool CanBeRecognised { get; }

    /// <summary>What messages call this corpus: its file, or its first file and how many more there are.</summary>
    public string Name => _name is not null ? _name : Entries.Count == 1 ? Entries[0].Name : $"{Entries[0].Name} and {Entries.Count - 1} more";

    /// <summary>Makes a source of <paramref name="paths"/>; <c>-</c> is standard input. Nothing is read yet.</summary>
    /// <exception cref="Word2VecException">A path does not exist or a folder holds no file.</exception>
    public static CorpusSource From(params IReadOnlyList<string> paths) => From(paths, Console.OpenStandardInput);

    /// <summary>
    /// Makes a source of random walks through <paramref name="graph"/>: a walk is a sentence, its nodes the words. They are made while they are read, by several threads, and
    /// stand nowhere.
    /// </summary>
    /// <param name="options">How they go; null: the defaults.</param>
    /// <exception cref="Word2VecException">An option is outside its range (<see cref="ErrorKind.Usage"/>).</exception>
    public static CorpusSource Walks(Graph graph, WalkOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(graph);
        WalkOptions chosen = options ?? new WalkOptions();
        chosen.Validate();
        return new CorpusSource([new CorpusEntry(CorpusEntry.StandardInput, 0, default)], false, _ => new WalkStream(graph, chosen), "walks through a graph");
    }

    /// <summary>As the public one, with the stream that stands for standard input.</summary>
    internal static CorpusSource From(IReadOnlyList<string> paths, Func<Stream> standardInput)
    {
        if (paths.Count == 0)
            throw new Word2VecException(ErrorKind.Usage, "No corpus was named; name a text file, a folder, or - for standard input.");
        if (paths.Count(path => path == CorpusEntry.StandardInput) > 1)
            throw new Word2VecException(ErrorKind.Usage, "Standard input (-) was named twice as a corpus; it can be read once.");
        var entries = new List<CorpusEntry>();
        bool canBeRecognised = true;
        foreach (string path in paths)
        {
            int first = entries.Count;
            Add(path, entries);
            // A pipe (as the shell's <(…) makes one) has no length; an empty file is as quickly read as recognised.
            canBeRecognised &= Directory.Exists(path) || entries[first].Length > 0;
        }

        return new CorpusSource(entries, canBeRecognised, entry => entry.IsStandardInput ? standardInput() : OpenFile(entry.Path));
    }

    /// <summary>Opens <paramref name="entry"/> for reading.</summary>
    /// <exception cref="Word2VecException">It cannot be opened, or it is not text.</exception>
    internal CorpusStream Open(CorpusEntry entry) => new(entry, _open);

    /// <summary>The same corpus, whose files <paramref name="open"/> opens; it gets what opens them otherwise.</summary>
    internal CorpusSource With(Func<CorpusEntry, Func<CorpusEntry, Stream>, Stream> open) =>
        new(Entries, CanBeRecognised, entry => open(entry, _open), _name);

    /// <summary>Looks at the files again after they were read; what was read of one that changed meanwhile is neither the old text nor the new one.</summary>
    /// <exception cref="Word2VecException">A file changed, or is gone.</exception>
    internal void CheckUnchanged()
    {
        foreach (CorpusEntry entry in Entries.Where(entry => entry.Length > 0))
        {
            List<CorpusEntry> now = [];
            Add(entry.Path, now);
            if (now[0] == entry)
                continue;
            string found = now[0].Length == entry.Length ? "it was written to" : $"it had {entry.Length} bytes and has {now[0].Length}";
            throw new Word2VecException(
                ErrorKind.Input, $"The corpus {entry.Name} changed while it was read: {found}. Wait until nothing writes to it, or train on a copy.");
        }
    }

    private static FileStream OpenFile(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);

    private static void Add(string path, List<CorpusEntry> entries)
    {
        if (path.Length == 0)
            throw new Word2VecException(
                ErrorKind.Input, "The name of a corpus is empty; name a text file, a folder, or - for standard input.");
        if (path == CorpusEntry.StandardInput)
        {
            entries.Add(new CorpusEntry(path, 0, default));
            return;
        }

        try
        {
            if (!Directory.Exists(path))
                entries.Add(Entry(new FileInfo(path), path));
            else if (!AddFolder(new DirectoryInfo(path), entries))
                throw new Word2VecException(ErrorKind.Input, $"The corpus folder {path} holds no file; name a folder with text files.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new Word2VecException(ErrorKind.Input, $"Cannot read the corpus {path}: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }

    private static CorpusEntry Entry(FileInfo file, string path)
    {
        if (!file.Exists)
            throw new Word2VecException(
                ErrorKind.Input, $"The corpus {path} does not exist; name a text file, a folder, or - for standard input.");

        if (file.LinkTarget is null)
            return new CorpusEntry(file.FullName, file.Length, file.LastWriteTimeUtc);
        // Length and time of a link are its own; what is read is the file that it leads to, or a pipe without either (/dev/fd/63 leads to "pipe:[…]").
        return file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo { Exists: true } target
            ? new CorpusEntry(file.FullName, target.Length, target.LastWriteTimeUtc)
            : new CorpusEntry(file.FullName, 0, default);
    }

    private static bool AddFolder(DirectoryInfo folder, List<CorpusEntry> entries)
    {
        int before = entries.Count;
        var children = folder.GetFileSystemInfos();
        Array.Sort(children, static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        foreach (var child in children)
        {
            if (child.Name.StartsWith('.') || child.Attributes.HasFlag(FileAttributes.Hidden))
                continue;
            if (child is FileInfo file)
                entries.Add(Entry(file, file.FullName));
            else if (child.LinkTarget is null)
                AddFolder((DirectoryInfo)child, entries);
        }

        return entries.Count > before;
    }
}
