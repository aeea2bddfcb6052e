using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Word2Vec.CommandLine;

/// <summary>JSON for programs: words stay readable, numbers are written with the digits that read back exactly.</summary>
internal static class Json
{
    /// <summary>Returns what <paramref name="write"/> writes, on one line or indented.</summary>
    public static string Write(bool indented, Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        var options = new JsonWriterOptions { Indented = indented, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var writer = new Utf8JsonWriter(stream, options))
            write(writer);
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    /// <summary>Writes a number, or null where there is none: JSON knows no NaN.</summary>
    public static void WriteFinite(this Utf8JsonWriter writer, string name, double value)
    {
        if (double.IsFinite(value))
            writer.WriteNumber(name, value);
        else
            writer.WriteNull(name);
    }

    /// <summary>Writes a number with a float's digits, or null.</summary>
    public static void WriteFinite(this Utf8JsonWriter writer, string name, float value)
    {
        if (float.IsFinite(value))
            writer.WriteNumber(name, value);
        else
            writer.WriteNull(name);
    }

    /// <summary>Writes an array of strings.</summary>
    public static void WriteStrings(this Utf8JsonWriter writer, string name, IEnumerable<string> values)
    {
        writer.WriteStartArray(name);
        foreach (string value in values)
            writer.WriteStringValue(value);
        writer.WriteEndArray();
    }
}
