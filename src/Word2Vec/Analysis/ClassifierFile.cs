using System.Text.Json;

namespace Word2Vec.Analysis;

/// <summary>A <see cref="VectorClassifier"/> as JSON.</summary>
internal static class ClassifierFile
{
    private const string Mark = "word2vec classifier 1";
    private const long LargestFile = 1L << 30;

    public static void Write(VectorClassifier classifier, string path) => AtomicFile.Write(path, stream =>
    {
        using var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" });
        writer.WriteStartObject();
        writer.WriteString("format", Mark);
        writer.WriteNumber("size", classifier.Size);
        writer.WriteNumber("penalty", classifier.Penalty);
        writer.WriteNumber("words", classifier.Words);
        writer.WriteStartArray("labels");
        foreach (string label in classifier.Labels)
            writer.WriteStringValue(label);
        writer.WriteEndArray();
        writer.WriteStartArray("weights");
        foreach (IReadOnlyList<double> row in classifier.Weights)
        {
            writer.WriteStartArray();
            foreach (double weight in row)
                writer.WriteNumberValue(weight);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    public static VectorClassifier Read(string path)
    {
        if (!File.Exists(path))
            throw new Word2VecException(ErrorKind.Input, $"There is no file '{path}'; a classifier that classify wrote was expected. Check the name and the folder.");
        try
        {
            if (new FileInfo(path).Length > LargestFile)
                throw Damaged(path, $"it is larger than {LargestFile} bytes");
            using FileStream stream = File.OpenRead(path);
            using var document = JsonDocument.Parse(stream);
            return Read(path, document.RootElement);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw Damaged(path, error.Message.ReplaceLineEndings(" ").TrimEnd('.'));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new Word2VecException(ErrorKind.Input, $"'{path}' could not be read: {error.Message}", error);
        }
    }

    private static VectorClassifier Read(string path, JsonElement root)
    {
        if (root.GetProperty("format").GetString() != Mark)
            throw Damaged(path, $"its format is not '{Mark}'");
        int size = root.GetProperty("size").GetInt32();
        string[] labels = [.. root.GetProperty("labels").EnumerateArray().Select(label => label.GetString() ?? "")];
        double[][] weights = [.. root.GetProperty("weights").EnumerateArray()
            .Select(row => row.EnumerateArray().Select(weight => weight.GetDouble()).ToArray())];
        if (size < 1 || labels.Length < 2 || weights.Length != labels.Length || weights.Any(row => row.Length != size + 1 || !row.All(double.IsFinite)))
            throw Damaged(path, $"it has {labels.Length} labels, {weights.Length} rows of weights and the size {size}, which do not fit together");
        return new VectorClassifier(labels, weights, root.GetProperty("penalty").GetDouble(), root.GetProperty("words").GetInt32());
    }

    private static Word2VecException Damaged(string path, string found) => new(
        ErrorKind.Format, $"'{path}' is no classifier: {found}. A file that classify wrote was expected.");
}
