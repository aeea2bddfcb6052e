using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using Word2Vec.Vectors;

namespace Word2Vec.CommandLine.Texts;

/// <summary>Texts in a column of a table with names in its first row, as RFC 4180 has it: fields in quotes may hold commas, quotes and lines.</summary>
internal static class CsvTexts
{
    /// <summary>Reads <paramref name="file"/>, whose errors name it <paramref name="name"/>.</summary>
    public static IEnumerable<TextDocument> Read(TextReader file, string name, TextLayout layout, string delimiter)
    {
        // Quotes in the middle of a field without quotes around it are taken as they are: 5" screen.
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture) { Delimiter = delimiter, BadDataFound = null };
        using var parser = new CsvParser(file, configuration, leaveOpen: true);
        string[] header = parser.Read() ? parser.Record! : [];
        int column = TextColumn(header, name, layout.Column), id = layout.IdColumn is { } asked ? Find(header, asked, "--id", name) : -1;
        for (long number = 1; parser.Read(); number++)
        {
            string[] row = parser.Record!;
            if (row.Length <= Math.Max(column, id))
                throw new Word2VecException(ErrorKind.Input, string.Create(CultureInfo.InvariantCulture,
                    $"{name}, line {parser.RawRow}: there are {row.Length} fields where the first row names {header.Length}; correct it there."));
            yield return new TextDocument(id >= 0 ? row[id] : number.ToString(CultureInfo.InvariantCulture), row[column]);
        }
    }

    private static int TextColumn(string[] header, string name, string? asked)
    {
        if (asked is not null)
            return Find(header, asked, "--column", name);
        return header.Length == 1 ? 0 : Find(header, "text", "--column", name);
    }

    private static int Find(string[] header, string column, string option, string name)
    {
        int place = Array.FindIndex(header, title => title.Trim() == column);
        if (place < 0)
            place = Array.FindIndex(header, title => title.Trim().Equals(column, StringComparison.OrdinalIgnoreCase));
        return place >= 0 ? place : throw new Word2VecException(ErrorKind.Input,
            $"{name} has no column '{column}' in its first row; it has {string.Join(", ", header.Select(title => $"'{title.Trim()}'"))}. " +
            $"Name one with {option}.");
    }
}
