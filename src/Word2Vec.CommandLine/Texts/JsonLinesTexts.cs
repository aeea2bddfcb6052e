using System.Globalization;
using System.Text.Json;
using Word2Vec.Vectors;

namespace Word2Vec.CommandLine.Texts;

/// <summary>Texts in a property of objects in JSON, one a line.</summary>
internal static class JsonLinesTexts
{
    /// <summary>Reads <paramref name="file"/>, whose errors name it <paramref name="name"/>.</summary>
    public static IEnumerable<TextDocument> Read(TextReader file, string name, TextLayout layout)
    {
        long number = 0;
        while (file.ReadLine() is { } line)
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line))
                yield return Parse(line, name, number, layout);
        }
    }

    private static TextDocument Parse(string line, string name, long number, TextLayout layout)
    {
        string place = string.Create(CultureInfo.InvariantCulture, $"{name}, line {number}");
        try
        {
            using JsonDocument json = JsonDocument.Parse(line);
            JsonElement root = json.RootElement;
            if (root.ValueKind is not JsonValueKind.Object)
                throw new Word2VecException(ErrorKind.Input, $"{place}: this is no object; a line such as {{\"text\": \"…\"}} was expected.");
            string id = layout.IdColumn is { } asked ? Value(root, asked, place, "--id") : number.ToString(CultureInfo.InvariantCulture);
            return new TextDocument(id, Value(root, layout.Column ?? "text", place, "--column"));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new Word2VecException(ErrorKind.Input, $"{place}: this is no JSON; an object on a line of its own was expected.", e);
        }
    }

    // What is null has no text; numbers may name a text.
    private static string Value(JsonElement root, string property, string place, string option)
    {
        if (!root.TryGetProperty(property, out JsonElement value))
            throw new Word2VecException(ErrorKind.Input, $"{place}: there is no \"{property}\"; it has " +
                $"{string.Join(", ", root.EnumerateObject().Take(20).Select(known => $"\"{known.Name}\""))}. Name one with {option}.");
        return value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Null => "",
            JsonValueKind.Number => value.GetRawText(),
            _ => throw new Word2VecException(ErrorKind.Input, $"{place}: \"{property}\" is {value.ValueKind}; a string was expected."),
        };
    }
}
