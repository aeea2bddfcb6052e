using System.Text;

namespace Word2Vec.Formats;

/// <summary>
/// The file by which TensorBoard finds tables, <c>projector_config.pbtxt</c>: a block for each table of the folder. What stands in it of
/// other tables stays.
/// </summary>
internal static class ProjectorConfiguration
{
    private const string Name = "projector_config.pbtxt";
    private const long Longest = 16 << 20;

    /// <summary>The configuration in the folder of <paramref name="target"/>, with a block for it.</summary>
    public static Companion Beside(WriteTarget target, VectorFormatInfo format)
    {
        string path = Path.Combine(Path.GetDirectoryName(target.Path) ?? "", Name);
        return new Companion(path, stream => stream.Write(With(Existing(path), target, format)));
    }

    // What others wrote is kept byte by byte, whatever its encoding.
    private static byte[] With(byte[] existing, WriteTarget target, VectorFormatInfo format)
    {
        string table = $"tensor_path: {Quote(Path.GetFileName(target.Path))}", block = $$"""
            embeddings {
              tensor_name: {{Quote(Path.GetFileName(WordsFile.Stem(target.Path, format)))}}
              {{table}}
              metadata_path: {{Quote(Path.GetFileName(ProjectorMetadata.PathFor(target.Path, format)))}}
            }

            """;
        if (existing.AsSpan().IndexOf(Encoding.UTF8.GetBytes(table)) >= 0)
            return existing;
        bool isOpen = existing.Length > 0 && existing[^1] != (byte)'\n';
        return [.. existing, .. isOpen ? "\n"u8 : [], .. Encoding.UTF8.GetBytes(block)];
    }

    private static byte[] Existing(string path)
    {
        try
        {
            var file = new FileInfo(path);
            if (file.Exists && file.Length > Longest)
                throw new IOException($"{path} has {file.Length} bytes; a configuration of at most {Longest} was expected, to which a table could be added");
            return file.Exists ? File.ReadAllBytes(path) : [];
        }
        catch (UnauthorizedAccessException error)
        {
            throw new IOException(error.Message, error);
        }
    }

    private static string Quote(string text) => $"\"{text.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n")}\"";
}
