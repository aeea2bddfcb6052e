using System.Buffers.Text;
using System.Text;

namespace Word2Vec.Formats;

/// <summary>What the first line of word2vec's formats says.</summary>
/// <param name="IsBinary">Whether the vectors are bytes (true) or decimal digits.</param>
/// <param name="Count">The number of words.</param>
/// <param name="Size">Components of each vector.</param>
/// <param name="Start">The byte at which the first word begins.</param>
internal sealed record Word2VecHeader(bool IsBinary, int Count, int Size, long Start)
{
    private const int Longest = 64;

    /// <summary>
    /// Reads the header of <paramref name="file"/>; null if it has none. Whether text or bytes follow is seen in the first word's line,
    /// unless <paramref name="isBinary"/> says it.
    /// </summary>
    /// <exception cref="Word2VecException">The header cannot be that of this file.</exception>
    public static Word2VecHeader? Find(MappedFile file, bool? isBinary = null)
    {
        long start = TextStart(file);
        ReadOnlySpan<byte> head = file.From(start);
        int end = head[..Math.Min(Longest, head.Length)].IndexOf((byte)'\n');
        ReadOnlySpan<byte> line = (end < 0 ? head[..Math.Min(Longest, head.Length)] : head[..end]).Trim(" \t\r"u8);
        bool isWhole = end >= 0 || head.Length < Longest;
        return isWhole && IsInteger(First(line)) && IsInteger(Second(line))
            ? Parse(file, line, end < 0 ? file.Length : start + end + 1, isBinary)
            : null;
    }

    /// <summary>The same where the format is known to begin with a header.</summary>
    /// <exception cref="Word2VecException">There is none, or it cannot be that of this file.</exception>
    public static Word2VecHeader Require(MappedFile file, bool isBinary) => Find(file, isBinary)
        ?? throw Error(file, $"begins with {ErrorText.Quote(file.From(0))}; a line with the number of words and the vector size was expected");

    /// <summary>The byte behind a byte order mark, or the first one.</summary>
    public static long TextStart(MappedFile file) => file.From(0).StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;

    private static Word2VecHeader Parse(MappedFile file, ReadOnlySpan<byte> line, long start, bool? kind)
    {
        const string Expected = "the number of words and the vector size, both 1 or more, were expected";
        bool fits = Utf8Parser.TryParse(First(line), out long count, out _) & Utf8Parser.TryParse(Second(line), out long size, out _);
        if (!fits || count < 1 || size < 1)
            throw Error(file, $"begins with the line {ErrorText.Quote(line)}; {Expected}");
        bool isBinary = kind ?? !LooksLikeText(file, start, size);
        long smallest = isBinary ? 2 : 1, component = isBinary ? sizeof(float) : 2;
        // Before anything is allocated: a record has a word of a byte or none, a space or a line's end, and its components.
        Int128 needed = (Int128)count * ((Int128)size * component + smallest) - 1;
        if (needed > file.Length - start || size > Array.MaxLength)
            throw Error(file, $"promises {count} words of {size} components, which need {needed} bytes or more behind the first line; " +
                $"there are {file.Length - start}. The file is cut short or its first line is wrong");
        return new Word2VecHeader(isBinary, (int)Math.Min(count, Array.MaxLength), (int)size, start);
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
