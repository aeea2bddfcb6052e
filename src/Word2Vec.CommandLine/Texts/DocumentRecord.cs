using System.Runtime.InteropServices;
using System.Text.Json;
using Word2Vec.Vectors;
using Word2Vec.Words;

namespace Word2Vec.CommandLine.Texts;

/// <summary>How vectors of texts were made, kept beside them as <c>OUTPUT.json</c>: most formats have no room for it.</summary>
internal static class DocumentRecord
{
    /// <summary>Writes the record in one step, after the vectors.</summary>
    public static void Save(string output, IReadOnlyList<string> texts, IReadOnlyDictionary<string, string> entries) =>
        TextFile.Replace(TrainingRecord.PathFor(output), Json.Write(indented: true, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("tool", $"word2vec {App.Version}");
            writer.WriteString("framework", RuntimeInformation.FrameworkDescription);
            writer.WriteStrings("texts", texts);
            writer.WriteString("output", output);
            writer.WriteStartObject("embedding");
            foreach ((string name, string value) in entries)
                writer.WriteString(name, value);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }) + "\n");

    /// <summary>What <paramref name="documents"/> or the record beside <paramref name="path"/> says of how they were made; null: nothing.</summary>
    public static IReadOnlyDictionary<string, string>? Find(WordVectors documents, string path)
    {
        if (EmbedderRecord.IsIn(documents.Metadata))
            return documents.Metadata;
        return Read(path, root => root.TryGetProperty("embedding", out JsonElement entries)
            ? entries.EnumerateObject().ToDictionary(entry => entry.Name, entry => entry.Value.GetString() ?? "") : null);
    }

    /// <summary>The tokenizer with which <paramref name="vectors"/>, of <paramref name="path"/>, were trained; null where nothing says it.</summary>
    public static TokenizerKind? TokenizerOf(WordVectors vectors, string path)
    {
        string? name = vectors.Metadata.GetValueOrDefault("corpus.tokenizer")
            ?? Read(path, root => root.TryGetProperty("options", out JsonElement options)
                && options.TryGetProperty("tokenizer", out JsonElement value) ? value.GetString() : null);
        return Parse(name);
    }

    public static TokenizerKind? Parse(string? name) =>
        name switch { "text" => TokenizerKind.Text, "whitespace" => TokenizerKind.Whitespace, _ => null };

    // A file of that name that is something else says nothing.
    private static T? Read<T>(string path, Func<JsonElement, T?> read)
        where T : class
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(TrainingRecord.PathFor(path)));
            return read(json.RootElement);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
