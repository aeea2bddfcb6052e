using System.Buffers.Text;
using System.Text;
using Word2Vec.Vectors;
using Word2Vec.Words;

namespace Word2Vec.Formats;

/// <summary>
/// The words of a projector's table: a word a line, or a line <c>word\tcount</c> and below it words and counts, for the projector takes the
/// first line for names as soon as there are two columns. Tab, line feed, carriage return and a backslash before one of their letters are
/// written as in C.
/// </summary>
internal static class ProjectorMetadata
{
    private const string Ending = ".metadata.tsv", Expected = "a table of words";

    private static readonly string[] WordColumns = ["word", "words", "label", "name", "token"];
    private static readonly string[] CountColumns = ["count", "counts", "frequency", "freq"];

    /// <summary>The table of the words that belongs to the one of vectors at <paramref name="path"/>.</summary>
    public static string PathFor(string path, VectorFormatInfo format) => WordsFile.Stem(path, format) + Ending;

    /// <summary>The words of <paramref name="vectors"/>, to be written beside <paramref name="target"/>.</summary>
    public static Companion Beside(WordVectors vectors, WriteTarget target, VectorFormatInfo format)
    {
        string path = PathFor(target.Path, format);
        return new Companion(path, stream => Write(vectors, stream, path));
    }

    /// <summary>
    /// Reads the words of <paramref name="file"/>'s <paramref name="rows"/> rows, or the first ones if the options limit them. One line
    /// more than rows has the columns' names.
    /// </summary>
    /// <exception cref="Word2VecException">There is no such table (Input), or it has not a line for each row (Format).</exception>
    public static WordList Read(MappedFile file, VectorFormatInfo format, VectorReadOptions options, int rows)
    {
        using MappedFile table = MappedFile.Open(options.WordsPath ?? Find(file, format), Expected);
        long at = Word2VecHeader.TextStart(table), count = WordsFile.CountLines(table, at, out long blank);
        bool hasNames = count - blank == rows + 1L;
        if (!hasNames && (count < rows || count - rows > blank))
            throw new Word2VecException(ErrorKind.Format, $"'{table.Path}' has {count - blank} lines and '{file.Path}' has {rows} rows; " +
                "a line with a word for each row, and one above them if it has names of columns, was expected. Name the table that " +
                "belongs to it (VectorReadOptions.WordsPath, " +
                "convert --words).");
        int wordColumn = 0, countColumn = -1;
        if (hasNames && WordsFile.TryLine(table, ref at, out ReadOnlySpan<byte> names))
        {
            string[] columns = Encoding.UTF8.GetString(names).ToLowerInvariant().Split('\t');
            wordColumn = Math.Max(0, Array.FindIndex(columns, WordColumns.Contains));
            countColumn = Array.FindIndex(columns, CountColumns.Contains);
        }

        int taken = options.Limit == 0 ? rows : Math.Min(options.Limit, rows);
        return ReadRows(table, at, taken, wordColumn, countColumn);
    }

    private static string Find(MappedFile file, VectorFormatInfo format)
    {
        string stem = WordsFile.Stem(file.Path, format), folder = Path.GetDirectoryName(file.Path) ?? "";
        // A stream has no folder.
        string[] places = File.Exists(file.Path) ? [stem + Ending, stem + "_metadata.tsv", Path.Combine(folder, "metadata.tsv")] : [];
        return places.FirstOrDefault(File.Exists) ?? throw new Word2VecException(ErrorKind.Input,
            $"The {format.Title} '{file.Path}' holds no words, and there is none of " +
            $"{string.Join(", ", places.Select(place => $"'{place}'"))}; give the table of the words " +
            "(VectorReadOptions.WordsPath, convert --words).");
    }

    private static WordList ReadRows(MappedFile table, long at, int count, int wordColumn, int countColumn)
    {
        var words = new WordIndex.Builder();
        long[]? counts = countColumn < 0 ? null : new long[count];
        while (words.Count < count && WordsFile.TryLine(table, ref at, out ReadOnlySpan<byte> line))
        {
            // Where a count is not a whole number, as in someone else's table, there are no counts.
            if (counts is not null && !WordsFile.TryCount(Field(line, countColumn), out counts[words.Count]))
                counts = null;
            WordsFile.Add(words, Unescape(Field(line, wordColumn)), table);
        }

        return new WordList(words.Build(), counts);
    }

    private static ReadOnlySpan<byte> Field(ReadOnlySpan<byte> line, int column)
    {
        for (; column > 0; column--)
            line = line.IndexOf((byte)'\t') is >= 0 and int tab ? line[(tab + 1)..] : [];
        return line.IndexOf((byte)'\t') is >= 0 and int end ? line[..end] : line;
    }

    private static void Write(WordVectors vectors, Stream stream, string path)
    {
        if (vectors.Counts is not null)
            stream.Write("word\tcount\n"u8);
        Span<byte> digits = stackalloc byte[24];
        for (int id = 0; id < vectors.Count; id++)
        {
            ReadOnlySpan<byte> word = vectors.Words.Bytes(id);
            if (word.Trim(" \t\r\n"u8).IsEmpty || (id == 0 && word.StartsWith(Encoding.UTF8.Preamble)))
                throw new Word2VecException(ErrorKind.Output, $"The word {ErrorText.Quote(word)} (number {id + 1}) is blank or begins " +
                    $"with a byte order mark; the projector would leave it out of '{path}'. Leave the word out.");
            stream.Write(Escape(word));
            if (vectors.Counts is not null)
            {
                digits[0] = (byte)'\t';
                Utf8Formatter.TryFormat(vectors.Counts[id], digits[1..], out int used);
                stream.Write(digits[..(used + 1)]);
            }

            stream.WriteByte((byte)'\n');
        }
    }

    private static ReadOnlySpan<byte> Escape(ReadOnlySpan<byte> word)
    {
        if (!word.ContainsAny("\t\r\n\\"u8))
            return word;
        var escaped = new List<byte>(2 * word.Length);
        for (int i = 0; i < word.Length; i++)
        {
            bool needsMark = word[i] is (byte)'\t' or (byte)'\r' or (byte)'\n'
                || (word[i] == '\\' && i + 1 < word.Length && "tnr\\\t\r\n"u8.Contains(word[i + 1]));
            if (needsMark)
                escaped.Add((byte)'\\');
            escaped.Add(word[i] switch { (byte)'\t' => (byte)'t', (byte)'\r' => (byte)'r', (byte)'\n' => (byte)'n', byte other => other });
        }

        return escaped.ToArray();
    }

    private static ReadOnlySpan<byte> Unescape(ReadOnlySpan<byte> field)
    {
        if (!field.Contains((byte)'\\'))
            return field;
        var word = new List<byte>(field.Length);
        for (int i = 0; i < field.Length; i++)
        {
            byte next = i + 1 < field.Length ? field[i + 1] : (byte)0;
            bool isMark = field[i] == '\\' && "trn\\"u8.Contains(next);
            i += isMark ? 1 : 0;
            byte meant = next switch { (byte)'t' => (byte)'\t', (byte)'r' => (byte)'\r', (byte)'n' => (byte)'\n', _ => next };
            word.Add(isMark ? meant : field[i]);
        }

        return word.ToArray();
    }
}
