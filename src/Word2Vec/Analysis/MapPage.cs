using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Word2Vec.Analysis;

/// <summary>Writes a map as a page: the template of <c>MapPage.html</c> with the points as JSON in it.</summary>
internal static class MapPage
{
    private const int Steps = 65_535;

    // Letters of all languages as they are; what could end a script is escaped.
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static void Write(MapDrawing drawing, MapColors looks, TextWriter writer)
    {
        string[] parts = Template().Split("{{title}}");
        foreach (string part in parts.SkipLast(1))
        {
            writer.Write(part);
            writer.Write(MapText.Escape(drawing.Title));
        }

        string[] ends = parts[^1].Split("{{data}}");
        writer.Write(ends[0]);
        writer.Write(Data(drawing, looks));
        writer.Write(ends[1]);
    }

    private static string Template()
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Word2Vec.MapPage.html")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static string Data(MapDrawing drawing, MapColors looks)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Writing))
            Write(json, drawing, looks);
        return System.Text.Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    private static void Write(Utf8JsonWriter json, MapDrawing drawing, MapColors looks)
    {
        int[] ids = drawing.ByImportance();
        (double X, double Y)[] places = drawing.UnitPlaces();
        json.WriteStartObject();
        Strings(json, "words", ids.Select(id => drawing.Map.Words[id]));
        Numbers(json, "x", ids.Select(id => (int)Math.Round(places[id].X * Steps)));
        Numbers(json, "y", ids.Select(id => (int)Math.Round(places[id].Y * Steps)));
        Numbers(json, "group", ids.Select(id => looks.GroupOf[id]));
        Strings(json, "groups", looks.Names);
        Numbers(json, "color", looks.Names.Select((_, group) => MapColors.ColorOf(group)));
        Numbers(json, "shape", looks.Names.Select((_, group) => MapColors.ShapeOf(group)));
        Strings(json, "light", MapColors.Light);
        Strings(json, "dark", MapColors.Dark);
        json.WriteEndObject();
    }

    private static void Strings(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (string value in values)
            json.WriteStringValue(MapText.Clean(value));
        json.WriteEndArray();
    }

    private static void Numbers(Utf8JsonWriter json, string name, IEnumerable<int> values)
    {
        json.WriteStartArray(name);
        foreach (int value in values)
            json.WriteNumberValue(value);
        json.WriteEndArray();
    }
}
