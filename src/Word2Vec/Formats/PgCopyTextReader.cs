using System.Buffers;
using System.Globalization;
using Word2Vec.Vectors;

namespace Word2Vec.Formats;

/// <summary>Reads PostgreSQL's COPY text: one column of vectors, and the first other one that is not all integers as the words.</summary>
internal sealed class PgCopyTextReader(MappedFile file)
{
    private const int LinesLookedAt = 8;

    // More than a table of PostgreSQL can have, with room for one to say so.
    private const int MostFields = 1602;

    private static readonly SearchValues<byte> VectorBytes = SearchValues.Create("0123456789+-.,eE aifnIN"u8);

    private readonly List<Range> _fields = [];
    private byte[] _word = new byte[256];

    /// <summary>Whether <paramref name="file"/> begins with a row of such text, or has one behind a line of column names.</summary>
    public static bool Finds(MappedFile file)
    {
        var lines = new TextLines(file, 0, 0);
        for (int i = 0; i < 2 && lines.TryRead(out ReadOnlySpan<byte> line) && line.Contains((byte)'\t'); i++)
        {
            var fields = new List<Range>();
            Split(line, fields);
            if (VectorColumn(line, fields) >= 0)
                return true;
        }

        return false;
    }

    public WordVectors Read(int limit)
    {
        (int columns, int word, int vector, int size) = Columns();
        using var rows = new RowBuffer(size);
        var lines = new TextLines(file, 0, 0);
        while ((limit == 0 || rows.Count < limit) && lines.TryRead(out ReadOnlySpan<byte> line) && !IsEnd(line, lines))
        {
            Split(line, _fields);
            if (lines.Number == 1 && VectorColumn(line, _fields) < 0)
                continue;
            if (_fields.Count != columns)
                throw Error(lines.Number, $"has {_fields.Count} fields; {columns} were expected, separated by tabs");
            AddRow(rows, line[_fields[word]], line[_fields[vector]], lines.Number);
        }

        return rows.Build();
    }

    // How many columns there are, and which are the words and the vectors, from the first lines.
    private (int Count, int Word, int Vector, int Size) Columns()
    {
        int count = 0, vector = -1, size = 0;
        var isText = new List<bool>();
        var lines = new TextLines(file, 0, 0);
        for (int seen = 0; seen < LinesLookedAt && lines.TryRead(out ReadOnlySpan<byte> line) && !IsEnd(line, lines); seen++)
        {
            Split(line, _fields);
            if (vector < 0 && VectorColumn(line, _fields) is >= 0 and int found)
            {
                (vector, count, size) = (found, _fields.Count, line[_fields[found]].Count((byte)',') + 1);
                isText.AddRange(Enumerable.Repeat(false, count));
            }

            for (int i = 0; vector >= 0 && i < Math.Min(count, _fields.Count); i++)
                isText[i] |= i != vector && !IsIntegerOrNull(line[_fields[i]]);
        }

        if (vector < 0 || count < 2)
            throw new Word2VecException(ErrorKind.Format, $"'{file.Path}' begins with {ErrorText.Quote(file.From(0))}; lines of COPY " +
                "text with a word and a vector '[1,2.5]', separated by a tab, were expected.");
        int word = isText.IndexOf(true);
        return (count, word >= 0 ? word : vector == count - 1 ? count - 2 : count - 1, vector, size);
    }

    private void AddRow(RowBuffer rows, ReadOnlySpan<byte> field, ReadOnlySpan<byte> vector, long line)
    {
        if (field.SequenceEqual("\\N"u8))
            throw Error(line, "has NULL (\\N) in place of a word; leave such rows out");
        int length = Unescape(field, line);
        if (!rows.HasRoom(length))
            throw Error(line, $"has a word that makes more than {Array.MaxLength} bytes of words");
        bool isWhole = vector.Length > 2 && vector[0] == '[' && vector[^1] == ']';
        int size = isWhole ? vector.Count((byte)',') + 1 : 0;
        if (size != rows.Size)
            throw Error(line, $"has {(isWhole ? $"{size} components" : ErrorText.Quote(vector))} in place of a vector '[…]' of " +
                $"{rows.Size}");
        Span<float> row = rows.Add(_word.AsSpan(0, length));
        ReadOnlySpan<byte> rest = vector[1..^1];
        for (int i = 0; i < row.Length; i++)
        {
            int comma = rest.IndexOf((byte)',');
            ReadOnlySpan<byte> number = (comma < 0 ? rest : rest[..comma]).Trim((byte)' ');
            int used = FloatText.Parse(number, out row[i]);
            if (used == 0 || used < number.Length)
                throw Error(line, $"holds {ErrorText.Quote(number)} as component {i + 1} of {row.Length}; a finite number was expected");
            rest = rest[(comma + 1)..];
        }
    }

    // A tab separates unless a backslash stands before it. What stands behind the last field that a table may have is passed over.
    private static void Split(ReadOnlySpan<byte> line, List<Range> fields)
    {
        fields.Clear();
        int start = 0, at = 0;
        for (int next = NextOf(line, at); next >= 0 && fields.Count < MostFields; next = NextOf(line, at))
        {
            bool isEscape = line[next] == '\\';
            at = Math.Min(next + (isEscape ? 2 : 1), line.Length);
            if (isEscape)
                continue;
            fields.Add(start..next);
            start = at;
        }

        fields.Add(start..line.Length);

        static int NextOf(ReadOnlySpan<byte> line, int from) =>
            line[from..].IndexOfAny((byte)'\t', (byte)'\\') is >= 0 and int next ? from + next : -1;
    }

    // The end of the data as psql writes it; a last line that is empty is harmless.
    private bool IsEnd(ReadOnlySpan<byte> line, in TextLines lines) =>
        line.SequenceEqual("\\."u8) || (line.IsEmpty && lines.Position >= file.Length);

    private static bool IsIntegerOrNull(ReadOnlySpan<byte> field) =>
        field.SequenceEqual("\\N"u8) || long.TryParse(field, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);

    // The last field that looks like one: a word may have brackets too.
    private static int VectorColumn(ReadOnlySpan<byte> line, List<Range> fields)
    {
        for (int i = fields.Count - 1; i >= 0; i--)
        {
            ReadOnlySpan<byte> field = line[fields[i]];
            if (field.Length > 2 && field[0] == '[' && field[^1] == ']' && !field[1..^1].ContainsAnyExcept(VectorBytes))
                return i;
        }

        return -1;
    }

    private int Unescape(ReadOnlySpan<byte> field, long line)
    {
        if (_word.Length < field.Length)
            _word = new byte[field.Length];
        int length = 0;
        for (int at = 0; at < field.Length; at++)
        {
            bool isEscape = field[at] == '\\';
            if (isEscape && ++at == field.Length)
                throw Error(line, "has a field that ends with a single backslash, which must be followed by what it escapes");
            _word[length++] = isEscape ? Escaped(field, ref at) : field[at];
        }

        return length;
    }

    // \b \f \n \r \t \v, up to three octal digits, x and up to two hexadecimal ones; anything else stands for itself.
    private static byte Escaped(ReadOnlySpan<byte> field, ref int at)
    {
        int letter = "bfnrtv"u8.IndexOf(field[at]);
        if (letter >= 0)
            return "\b\f\n\r\t\v"u8[letter];
        bool isHex = field[at] == 'x' && at + 1 < field.Length && char.IsAsciiHexDigit((char)field[at + 1]);
        if (!isHex && field[at] is < (byte)'0' or > (byte)'7')
            return field[at];
        int value = 0, most = isHex ? 2 : 3;
        at += isHex ? 1 : 0;
        for (int digits = 0; digits < most && at < field.Length && IsDigit(field[at], isHex); digits++, at++)
            value = value * (isHex ? 16 : 8) + Convert.ToInt32(((char)field[at]).ToString(), 16);
        at--;
        return (byte)value;
    }

    private static bool IsDigit(byte c, bool isHex) => isHex ? char.IsAsciiHexDigit((char)c) : c is >= (byte)'0' and <= (byte)'7';

    private Word2VecException Error(long line, string what) =>
        new(ErrorKind.Format, $"Line {line} of the COPY text '{file.Path}' {what}.");
}
