using System.Buffers.Text;
using System.Text;

namespace Word2Vec.Formats;

/// <summary>
/// What the first bytes of a file of vectors say: its kind, how many words of what size, and where the first word begins.
/// </summary>
/// <param name="IsBinary">Whether the vectors are bytes (true) or decimal digits.</param>
/// <param name="Count">The number of words that a header promises; null without a header (GloVe).</param>
/// <param name="Size">Components of each vector.</param>
/// <param name="Start">The byte at which the first word begins.</param>
internal sealed record VectorLayout(bool IsBinary, long? Count, int Size, long Start);

/// <summary>Recognises a file of vectors by its content, and says what a file is that holds none.</summary>
internal static class FormatDetection
{
    private const int HeaderLimit = 64;
    private const int FastTextMagic = 793712314;

    private static readonly (byte[] Start, string Message)[] Foreign =
    [
        ([0x50, 0x4b, 0x03, 0x04], "is a zip archive; unpack it and open the file of vectors that it holds"),
        ([0x93, .. "NUMPY"u8], "is a NumPy array (.npy) without words; save word2vec text or binary instead"),
        ([0xfd, 0x37, 0x7a, 0x58, 0x5a], "is compressed with xz; unpack it first"),
        ([0x28, 0xb5, 0x2f, 0xfd], "is compressed with zstd; unpack it first"),
        ([0x42, 0x5a, 0x68, 0x39], "is compressed with bzip2; unpack it first"),
        ([0xff, 0xfe], "is text in UTF-16; save it as UTF-8"),
        ([0xfe, 0xff], "is text in UTF-16; save it as UTF-8"),
        ("SQLite format 3"u8.ToArray(), "is an SQLite database; word2vec text or binary was expected"),
        ("PAR1"u8.ToArray(), "is a Parquet file; word2vec text or binary was expected"),
    ];

    /// <summary>Finds out how <paramref name="file"/> is laid out.</summary>
    /// <exception cref="Word2VecException">The file is none that can be read; the message says what it seems to be.</exception>
    public static VectorLayout Detect(MappedFile file)
    {
        RefuseForeign(file);
        bool hasMark = file.From(0).StartsWith(Encoding.UTF8.Preamble);
        long start = hasMark ? Encoding.UTF8.Preamble.Length : 0;
        ReadOnlySpan<byte> head = file.From(start);
        int end = head[..Math.Min(HeaderLimit, head.Length)].IndexOf((byte)'\n');
        ReadOnlySpan<byte> line = (end < 0 ? head[..Math.Min(HeaderLimit, head.Length)] : head[..end]).Trim(" \t\r"u8);
        bool isWhole = end >= 0 || head.Length < HeaderLimit;
        return isWhole && IsInteger(First(line)) && IsInteger(Second(line))
            ? WithHeader(file, line, end < 0 ? file.Length : start + end + 1)
            : new VectorLayout(false, null, HeaderlessText.SizeOf(file, start), start);
    }

    private static void RefuseForeign(MappedFile file)
    {
        ReadOnlySpan<byte> head = file.From(0)[..(int)Math.Min(512, file.Length)];
        foreach ((byte[] magic, string message) in Foreign)
        {
            if (head.StartsWith(magic))
                throw Error(file, message);
        }

        if (head.Length >= 4 && BitConverter.ToInt32(head) == FastTextMagic)
            throw Error(file, "is a fastText model (.bin), not word2vec binary; open the .vec file that fastText writes beside it");
        if (head.Length >= 2 && head[0] == 0x80 && head[1] is >= 2 and <= 5)
            throw Error(file, "is a Python pickle (gensim's .kv or .model), which can run code and is not read; in Python, call " +
                "KeyedVectors.load(…).save_word2vec_format(…, binary=True)");
        string text = Encoding.Latin1.GetString(head).TrimStart('\u00ef', '\u00bb', '\u00bf', ' ', '\t', '\r', '\n');
        string[] pages = ["<!doctype", "<html", "<head", "<?xml"];
        if (pages.Any(page => text.StartsWith(page, StringComparison.OrdinalIgnoreCase)))
            throw Error(file, "is a web page, not vectors; the download gave an error or a log-in page in place of the file");
    }

    private static VectorLayout WithHeader(MappedFile file, ReadOnlySpan<byte> line, long start)
    {
        const string Expected = "the number of words and the vector size, both 1 or more, were expected";
        bool fits = Utf8Parser.TryParse(First(line), out long count, out _) & Utf8Parser.TryParse(Second(line), out long size, out _);
        if (!fits || count < 1 || size < 1)
            throw Error(file, $"begins with the line {ErrorText.Quote(line)}; {Expected}");
        bool isBinary = !LooksLikeText(file, start, size);
        long smallest = isBinary ? 2 : 1, component = isBinary ? sizeof(float) : 2;
        // Before anything is allocated: a record has a word of a byte or none, a space or a line's end, and its components.
        Int128 needed = (Int128)count * ((Int128)size * component + smallest) - 1;
        if (needed > file.Length - start || size > Array.MaxLength)
            throw Error(file, $"promises {count} words of {size} components, which need {needed} bytes or more behind the first line; " +
                $"there are {file.Length - start}. The file is cut short or its first line is wrong");
        return new VectorLayout(isBinary, count, (int)size, start);
    }

    // The line behind the header is a word and exactly `size` numbers; or it looks as a damaged one would: nothing but printable characters
    // behind the word, which begin with a number or are `size` fields. Bytes of floats are neither, but by a chance of a millionth.
    private static bool LooksLikeText(MappedFile file, long start, long size)
    {
        var lines = new TextLines(file, start, 1);
        if (!lines.TryRead(out ReadOnlySpan<byte> line))
            return true;
        if (TextRow.CountNumbersAtEnd(line, looseLimit: size) == size)
            return true;
        ReadOnlySpan<byte> tail = line[(line.IndexOf((byte)' ') + 1)..];
        const int Fewest = 3;
        bool isPrintable = tail.Length >= Fewest && tail.Length < line.Length && !tail.ContainsAnyExceptInRange((byte)' ', (byte)'~');
        return isPrintable && (TextRow.IsNumberLike(tail) || (size > 1 && tail.Count((byte)' ') == size - 1));
    }

    private static ReadOnlySpan<byte> First(ReadOnlySpan<byte> line) => line[..Math.Max(0, line.IndexOfAny((byte)' ', (byte)'\t'))];

    private static ReadOnlySpan<byte> Second(ReadOnlySpan<byte> line) => line[First(line).Length..].TrimStart(" \t"u8);

    private static bool IsInteger(ReadOnlySpan<byte> field)
    {
        ReadOnlySpan<byte> digits = field.Length > 1 && field[0] is (byte)'-' or (byte)'+' ? field[1..] : field;
        return digits.Length > 0 && !digits.ContainsAnyExceptInRange((byte)'0', (byte)'9');
    }

    private static Word2VecException Error(MappedFile file, string what) => new(ErrorKind.Format, $"'{file.Path}' {what}.");
}
