using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using Word2Vec.Analysis;

namespace Word2Vec.CommandLine.Maps;

/// <summary>The coordinates of a map as a table.</summary>
internal static class MapTable
{
    private static readonly string[] Axes = ["x", "y", "z"];

    /// <summary>
    /// Writes a line of titles and a line for each word: the word, its coordinates, and its group where there are groups.
    /// </summary>
    public static void Write(WordMap map, IReadOnlyList<string?>? groups, string separator, TextWriter writer)
    {
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture) { Delimiter = separator, NewLine = "\n" };
        using var table = new CsvWriter(writer, configuration, leaveOpen: true);
        foreach (string title in (IEnumerable<string>)["word", .. Axes.Take(map.Vectors.Size)])
            table.WriteField(title);
        if (groups is not null)
            table.WriteField("group");
        table.NextRecord();
        for (int id = 0; id < map.Vectors.Count; id++)
        {
            table.WriteField(ResultTable.Printable(map.Vectors.Words[id]));
            foreach (float coordinate in map.Vectors.CopyRow(id))
                table.WriteField(coordinate.ToString("R", CultureInfo.InvariantCulture));
            if (groups is not null)
                table.WriteField(ResultTable.Printable(groups[id] ?? ""));
            table.NextRecord();
        }
    }

    /// <summary>The same as an array of objects.</summary>
    public static string Json(WordMap map, IReadOnlyList<string?>? groups) => CommandLine.Json.Write(indented: false, writer =>
    {
        writer.WriteStartArray();
        for (int id = 0; id < map.Vectors.Count; id++)
        {
            writer.WriteStartObject();
            writer.WriteString("word", map.Vectors.Words[id]);
            float[] row = map.Vectors.CopyRow(id);
            for (int d = 0; d < row.Length; d++)
                writer.WriteNumber(Axes[d], row[d]);
            if (groups?[id] is { } group)
                writer.WriteString("group", group);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });
}
