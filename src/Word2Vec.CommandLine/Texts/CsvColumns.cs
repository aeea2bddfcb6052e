using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace Word2Vec.CommandLine.Texts;

/// <summary>Columns of a table by their names in its first row, as RFC 4180 has it: fields in quotes may hold commas, quotes and lines.</summary>
internal static class CsvColumns
{
    private const string Gzip = ".gz";

    /// <summary>What stands between the fields of the file <paramref name="path"/>.</summary>
    public static string Delimiter(string path) => Ending(path) == ".tsv" ? "\t" : ",";

    /// <summary>Whether the file <paramref name="path"/> is a table by its name.</summary>
    public static bool IsTable(string path) => Ending(path) is ".csv" or ".tsv";

    /// <summary>Whether the file <paramref name="path"/> is a table with commas by its name.</summary>
    public static bool IsCsv(string path) => Ending(path) == ".csv";

    /// <summary>
    /// Reads the rows of <paramref name="file"/>, whose errors name it <paramref name="name"/>: for each the number of its line and the fields of
    /// <paramref name="columns"/>, each a column and the option that names it.
    /// </summary>
    public static IEnumerable<(int Line, string[] Fields)> Read(
        TextReader file, string name, string delimiter, IReadOnlyList<(string Column, string Option)> columns)
    {
        using CsvParser parser = Parser(file, delimiter);
        string[] header = parser.Read() ? parser.Record! : [];
        int[] places = [.. columns.Select(column => Find(header, column.Column, column.Option, name))];
        while (parser.Read())
        {
            string[] row = parser.Record!;
            CheckLength(row, places.Max(), header, name, parser.RawRow);
            yield return (parser.RawRow, Array.ConvertAll(places, place => row[place]));
        }
    }

    // Quotes in the middle of a field without quotes around it are taken as they are: 5" screen.
    public static CsvParser Parser(TextReader file, string delimiter) => new(
        file, new CsvConfiguration(CultureInfo.InvariantCulture) { Delimiter = delimiter, BadDataFound = null }, leaveOpen: true);

    public static void CheckLength(string[] row, int place, string[] header, string name, int line)
    {
        if (row.Length <= place)
            throw new Word2VecException(ErrorKind.Input, string.Create(CultureInfo.InvariantCulture,
                $"{name}, line {line}: there are {row.Length} fields where the first row names {header.Length}; correct it there."));
    }

    /// <summary>The place of <paramref name="column"/> in the first row.</summary>
    public static int Find(string[] header, string column, string option, string name)
    {
        int place = Array.FindIndex(header, title => title.Trim() == column);
        if (place < 0)
            place = Array.FindIndex(header, title => title.Trim().Equals(column, StringComparison.OrdinalIgnoreCase));
        return place >= 0 ? place : throw new Word2VecException(ErrorKind.Input,
            $"{name} has no column '{column}' in its first row; it has {string.Join(", ", header.Take(20).Select(title => $"'{Shown(title)}'"))}. " +
            $"Name one with {option}.");
    }

    private static string Shown(string title) => ResultTable.Printable(title.Trim().Length > 60 ? title.Trim()[..60] + "…" : title.Trim());

    private static string Ending(string path) =>
        Path.GetExtension(path.EndsWith(Gzip, StringComparison.OrdinalIgnoreCase) ? path[..^Gzip.Length] : path).ToLowerInvariant();
}
