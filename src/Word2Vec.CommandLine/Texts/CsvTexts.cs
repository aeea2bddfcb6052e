using System.Globalization;
using CsvHelper;
using Word2Vec.Vectors;

namespace Word2Vec.CommandLine.Texts;

/// <summary>Texts in a column of a table with names in its first row, as RFC 4180 has it: fields in quotes may hold commas, quotes and lines.</summary>
internal static class CsvTexts
{
    /// <summary>Reads <paramref name="file"/>, whose errors name it <paramref name="name"/>.</summary>
    public static IEnumerable<TextDocument> Read(TextReader file, string name, TextLayout layout, string delimiter)
    {
        using CsvParser parser = CsvColumns.Parser(file, delimiter);
        string[] header = parser.Read() ? parser.Record! : [];
        int column = TextColumn(header, name, layout.Column), id = layout.IdColumn is { } asked ? CsvColumns.Find(header, asked, "--id", name) : -1;
        for (long number = 1; parser.Read(); number++)
        {
            string[] row = parser.Record!;
            CsvColumns.CheckLength(row, Math.Max(column, id), header, name, parser.RawRow);
            yield return new TextDocument(id >= 0 ? row[id] : number.ToString(CultureInfo.InvariantCulture), row[column]);
        }
    }

    private static int TextColumn(string[] header, string name, string? asked)
    {
        if (asked is not null)
            return CsvColumns.Find(header, asked, "--column", name);
        return header.Length == 1 ? 0 : CsvColumns.Find(header, "text", "--column", name);
    }
}
