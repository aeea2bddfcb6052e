using System.Globalization;
using System.Text.Json;
using Word2Vec.Queries;

namespace Word2Vec.CommandLine;

/// <summary>Shows the words that a query found.</summary>
internal static class Neighbors
{
    public static void WriteTable(Terminal terminal, IReadOnlyList<Neighbor> neighbors)
    {
        var table = new ResultTable("word", "#similarity");
        foreach (Neighbor neighbor in neighbors)
            table.Add(neighbor.Word, Text(neighbor.Similarity));
        table.Write(terminal);
    }

    /// <summary>Writes <c>query, tab, word, tab, similarity</c> a line.</summary>
    public static void WriteLines(TextWriter writer, string query, IReadOnlyList<Neighbor> neighbors)
    {
        foreach (Neighbor neighbor in neighbors)
            writer.WriteLine($"{ResultTable.Printable(query)}\t{ResultTable.Printable(neighbor.Word)}\t{Text(neighbor.Similarity)}");
    }

    public static void WriteJson(Utf8JsonWriter writer, IReadOnlyList<Neighbor> neighbors)
    {
        writer.WriteStartArray("neighbors");
        foreach (Neighbor neighbor in neighbors)
        {
            writer.WriteStartObject();
            writer.WriteString("word", neighbor.Word);
            writer.WriteFinite("similarity", neighbor.Similarity);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    public static string Text(float similarity) => similarity.ToString("F4", CultureInfo.InvariantCulture);
}
