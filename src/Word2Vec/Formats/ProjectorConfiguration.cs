using System.Text;

namespace Word2Vec.Formats;

/// <summary>
/// The file by which TensorBoard finds tables, <c>projector_config.pbtxt</c>: a block for each table of the folder. What stands in it of
/// other tables stays.
/// </summary>
internal static class ProjectorConfiguration
{
    private const string Name = "projector_config.pbtxt";

    /// <summary>The configuration in the folder of <paramref name="target"/>, with a block for it.</summary>
    public static Companion Beside(WriteTarget target, VectorFormatInfo format)
    {
        string path = Path.Combine(Path.GetDirectoryName(target.Path) ?? "", Name);
        return new Companion(path, stream => stream.Write(Encoding.UTF8.GetBytes(With(Existing(path), target, format))));
    }

    private static string With(string existing, WriteTarget target, VectorFormatInfo format)
    {
        string table = Quote(Path.GetFileName(target.Path)), block = $$"""
            embeddings {
              tensor_name: {{Quote(Path.GetFileName(WordsFile.Stem(target.Path, format)))}}
              tensor_path: {{table}}
              metadata_path: {{Quote(Path.GetFileName(ProjectorMetadata.PathFor(target.Path, format)))}}
            }

            """;
        if (existing.Contains($"tensor_path: {table}", StringComparison.Ordinal))
            return existing;
        return existing.Length == 0 || existing.EndsWith('\n') ? existing + block : $"{existing}\n{block}";
    }

    private static string Existing(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllText(path) : "";
        }
        catch (UnauthorizedAccessException error)
        {
            throw new IOException(error.Message, error);
        }
    }

    private static string Quote(string text) => $"\"{text.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n")}\"";
}
