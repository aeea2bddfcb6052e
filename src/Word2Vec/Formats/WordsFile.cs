using System.Buffers.Text;
using System.Text;
using Word2Vec.Vectors;
using Word2Vec.Words;

namespace Word2Vec.Formats;

/// <summary>
/// The text that names the rows of a file without words, a word a line: <c>reviews.words.txt</c> beside <c>reviews.npy</c> and, for the same words,
/// beside <c>reviews.faiss</c>. Where a file of that stem has other words, the second one's are in <c>reviews.faiss.words.txt</c>. A vocabulary with
/// lines <c>word count</c> is read too.
/// </summary>
internal static class WordsFile
{
    private const string Ending = ".words.txt", Expected = "a text with a word a line";

    // The first that is there is taken; .txt comes last because the corpus is often called so.
    private static readonly string[] Endings = [Ending, ".words", ".vocab.txt", ".vocab", ".txt"];

    /// <summary>The texts of words that may be written beside <paramref name="path"/>.</summary>
    public static string[] PathsFor(string path, VectorFormatInfo format) => [Stem(path, format) + Ending, path + Ending];

    /// <summary>
    /// The text of the words of <paramref name="vectors"/>, to be written beside the file that <paramref name="format"/> writes.
    /// </summary>
    public static Companion Beside(WordVectors vectors, WriteTarget target, VectorFormatInfo format)
    {
        string own = target.Path + Ending, shared = Stem(target.Path, format) + Ending;
        bool isTaken = File.Exists(own) || (HasAnotherUser(target.Path, format) && !Holds(shared, vectors));
        string path = isTaken ? own : shared;
        return new Companion(path, stream => Write(vectors, stream, new WriteTarget(path, target.Options)));
    }

    /// <summary>
    /// Reads the words of <paramref name="file"/>'s <paramref name="rows"/> rows, or the first ones if the options limit them.
    /// </summary>
    /// <exception cref="Word2VecException">There is no such text (Input), or it has not a line for each row (Format).</exception>
    public static WordList Read(MappedFile file, VectorFormatInfo format, VectorReadOptions options, int rows)
    {
        string path = options.WordsPath ?? Find(file, format);
        using MappedFile text = MappedFile.Open(path, Expected, file.Cancellation);
        long start = Word2VecHeader.TextStart(text);
        CheckCount(text, start, file, rows);
        int taken = options.Limit == 0 ? rows : Math.Min(options.Limit, rows);
        // Only words are ever written under this name, so that there "route 66" is a word.
        bool canCount = !path.EndsWith(Ending, StringComparison.OrdinalIgnoreCase);
        return canCount && ReadCounted(text, start, taken) is { } counted ? counted : ReadPlain(text, start, taken);
    }

    /// <summary>The name without the ending that stands for <paramref name="format"/>, and without a .gz behind that.</summary>
    public static string Stem(string path, VectorFormatInfo format)
    {
        string name = KnownFormats.IsGzip(path) ? path[..^".gz".Length] : path;
        string? ending = format.Endings.FirstOrDefault(ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
        return name[..^(ending?.Length ?? 0)];
    }

    // Whether another file of vectors has its words in the text that stands beside both.
    private static bool HasAnotherUser(string path, VectorFormatInfo format)
    {
        string stem = Stem(path, format);
        return KnownFormats.All.Where(known => known is NumPyArray or FaissFlat)
            .SelectMany(known => known.Info.Endings)
            .SelectMany(ending => new[] { stem + ending, $"{stem}{ending}.gz" })
            .Any(other => !other.Equals(path, StringComparison.OrdinalIgnoreCase) && File.Exists(other) && !File.Exists(other + Ending));
    }

    private static bool Holds(string path, WordVectors vectors)
    {
        if (!File.Exists(path) || new FileInfo(path).Length == 0)
            return false;
        using MappedFile text = MappedFile.Open(path, Expected);
        long at = 0;
        for (int id = 0; id < vectors.Count; id++)
        {
            if (!TryLine(text, ref at, out ReadOnlySpan<byte> line) || !line.SequenceEqual(vectors.Words.Bytes(id)))
                return false;
        }

        return at == text.Length;
    }

    private static string Find(MappedFile file, VectorFormatInfo format)
    {
        string stem = Stem(file.Path, format);
        string[] places = [.. Endings.Select(ending => stem + ending).Prepend(file.Path + Ending).Distinct()];
        return Array.Find(places, File.Exists) ?? throw new Word2VecException(ErrorKind.Input,
            $"The {format.Title} '{file.Path}' holds no words, and none of " +
            $"{string.Join(", ", places.Select(place => $"'{place}'"))} is there; give the text with a word a line " +
            "(VectorReadOptions.WordsPath, convert --words).");
    }

    private static void CheckCount(MappedFile text, long start, MappedFile file, int rows)
    {
        long lines = CountLines(text, start, out long blank);
        if (lines - rows < 0 || lines - rows > blank)
            throw new Word2VecException(ErrorKind.Format, $"'{text.Path}' has {lines} lines and '{file.Path}' has {rows} rows; a line " +
                "with a word for each row was expected. Name the text that belongs to it (VectorReadOptions.WordsPath, convert --words).");
    }

    private static WordList ReadPlain(MappedFile text, long at, int count)
    {
        var words = new WordIndex.Builder();
        while (words.Count < count && TryLine(text, ref at, out ReadOnlySpan<byte> line))
            Add(words, line, text);
        return new WordList(words.Build(), null);
    }

    // Null as soon as a line has no count.
    private static WordList? ReadCounted(MappedFile text, long at, int count)
    {
        var words = new WordIndex.Builder();
        var counts = new List<long>();
        while (words.Count < count && TryLine(text, ref at, out ReadOnlySpan<byte> line))
        {
            int space = line.LastIndexOfAny((byte)' ', (byte)'\t');
            if (space < 1 || !TryCount(line[(space + 1)..], out long number))
                return null;
            Add(words, line[..space], text);
            counts.Add(number);
        }

        return new WordList(words.Build(), [.. counts]);
    }

    /// <summary>Adds <paramref name="word"/>, a line of <paramref name="text"/>.</summary>
    /// <exception cref="Word2VecException">All words together are too long.</exception>
    public static void Add(WordIndex.Builder words, ReadOnlySpan<byte> word, MappedFile text)
    {
        if (!words.TryAdd(word))
            throw new Word2VecException(ErrorKind.Format, $"'{text.Path}' holds words of more than {Array.MaxLength} bytes up to line " +
                $"{words.Count + 1}; {Expected} was expected.");
    }

    /// <summary>Whether <paramref name="digits"/> are a whole number.</summary>
    public static bool TryCount(ReadOnlySpan<byte> digits, out long count) =>
        Utf8Parser.TryParse(digits, out count, out int used) && used == digits.Length && char.IsAsciiDigit((char)digits[0]);

    /// <summary>Counts the lines from byte <paramref name="at"/> on, and of them the last ones that are <paramref name="blank"/>.</summary>
    public static long CountLines(MappedFile text, long at, out long blank)
    {
        long lines = 0;
        for (blank = 0; TryLine(text, ref at, out ReadOnlySpan<byte> line); lines++)
            blank = line.IsEmpty ? blank + 1 : 0;
        return lines;
    }

    /// <summary>Reads the line at byte <paramref name="at"/>. Spaces at its end belong to the word, unlike in a text of vectors.</summary>
    public static bool TryLine(MappedFile text, ref long at, out ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> rest = text.From(at);
        int end = rest.IndexOf((byte)'\n');
        line = end < 0 ? rest : rest[..end];
        at += line.Length + (end < 0 ? 0 : 1);
        bool isLine = end >= 0 || !line.IsEmpty;
        line = line.EndsWith("\r"u8) ? line[..^1] : line;
        return isLine;
    }

    private static void Write(WordVectors vectors, Stream stream, WriteTarget target)
    {
        if (vectors.Words.Bytes(0).StartsWith(Encoding.UTF8.Preamble))
            throw new Word2VecException(ErrorKind.Output, $"The first word begins with a byte order mark, which could not be read back " +
                $"from '{target.Path}'. Leave the word out.");
        for (int id = 0; id < vectors.Count; id++)
        {
            WordCheck.NoLineEnd(vectors, id, target);
            stream.Write(vectors.Words.Bytes(id));
            stream.WriteByte((byte)'\n');
        }
    }
}
