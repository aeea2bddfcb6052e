using System.Buffers.Text;
using System.Runtime.CompilerServices;

namespace Word2Vec.Formats;

/// <summary>
/// A line of a text of vectors: a word, which may hold spaces (GloVe has such), and as many numbers as a vector has components.
/// </summary>
internal static class TextRow
{
    /// <summary>
    /// Splits <paramref name="line"/> into its <paramref name="word"/> and the numbers of <paramref name="row"/>; only the byte 0x20
    /// separates.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> line, Span<float> row, out ReadOnlySpan<byte> word)
    {
        int space = line.IndexOf((byte)' ');
        word = line[..Math.Max(0, space)];
        if (space >= 0 && TryNumbers(line[(space + 1)..], row))
            return true;
        space = SpaceBeforeLast(line, row.Length);
        word = line[..Math.Max(0, space)];
        return space >= 0 && TryNumbers(line[(space + 1)..], row);
    }

    /// <summary>Says why <paramref name="line"/> is not a row of <paramref name="size"/> components.</summary>
    public static string Complaint(ReadOnlySpan<byte> line, int size)
    {
        int fields = line.Count((byte)' ');
        if (fields != size)
            return $"holds {fields} fields behind the word {ErrorText.Quote(line[..Math.Max(0, line.IndexOf((byte)' '))])}; {size} " +
                "numbers were expected";
        ReadOnlySpan<byte> rest = line;
        for (int i = 1; i <= size; i++)
        {
            rest = rest[(rest.IndexOf((byte)' ') + 1)..];
            if (FloatText.Parse(rest, out _) == 0)
                return $"holds {ErrorText.Quote(Field(rest))} as component {i} of {size}; a finite number was expected";
        }

        return "is damaged";
    }

    /// <summary>
    /// Counts the numbers that <paramref name="line"/> ends with, its first field not counted; stops beyond <paramref name="looseLimit"/>.
    /// Numbers that are not finite count too: the error that names them is better than one about the format.
    /// </summary>
    public static long CountNumbersAtEnd(ReadOnlySpan<byte> line, long looseLimit = long.MaxValue)
    {
        long count = 0;
        for (int space = line.LastIndexOf((byte)' '); space >= 0 && count <= looseLimit; space = line.LastIndexOf((byte)' '))
        {
            if (!IsNumberLike(line[(space + 1)..]))
                break;
            count++;
            line = line[..space];
        }

        return count;
    }

    /// <summary>Whether <paramref name="text"/> begins with a field that is a number, finite or not.</summary>
    public static bool IsNumberLike(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> field = Field(text);
        return FloatText.Parse(field, out _) > 0 || (Utf8Parser.TryParse(field, out double _, out int used) && used == field.Length);
    }

    private static ReadOnlySpan<byte> Field(ReadOnlySpan<byte> text) =>
        text.IndexOf((byte)' ') is >= 0 and int space ? text[..space] : text;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // hot from its first call on: a file is read once
    private static bool TryNumbers(ReadOnlySpan<byte> text, Span<float> row)
    {
        for (int i = 0; i < row.Length; i++)
        {
            int used = FloatText.Parse(text, out row[i]);
            bool isLast = i == row.Length - 1;
            if (used == 0 || (used == text.Length) != isLast)
                return false;
            text = isLast ? [] : text[(used + 1)..];
        }

        return true;
    }

    private static int SpaceBeforeLast(ReadOnlySpan<byte> line, int fields)
    {
        int space = line.Length;
        for (int i = 0; i < fields && space >= 0; i++)
            space = line[..space].LastIndexOf((byte)' ');
        return space;
    }
}
