using Word2Vec.Formats;

namespace Word2Vec.CommandLine;

/// <summary>What <c>--format</c> calls the formats.</summary>
internal static class FormatNames
{
    // Endings of formats of vectors that are not written; giving such a file another content would mislead.
    private static readonly string[] Foreign = [".safetensors", ".npy", ".npz", ".parquet", ".json", ".gz", ".zip", ".model", ".kv"];

    public static VectorFormat? Parse(string? name) => name switch
    {
        "binary" => VectorFormat.Word2VecBinary,
        "text" => VectorFormat.Word2VecText,
        _ => null,
    };

    /// <summary>The format to write: the one asked for, or the one that the file's name stands for.</summary>
    public static VectorFormat Choose(string? asked, string path)
    {
        string ending = Path.GetExtension(path).ToLowerInvariant();
        if (asked is null && Foreign.Contains(ending))
            throw new Word2VecException(ErrorKind.Usage,
                $"{path}: vectors are written as word2vec binary (.bin) or text (.txt, .vec), not as {ending}; "
                + "take another name, or say --format.");
        return Parse(asked) ?? VectorFile.FormatOf(path);
    }

    public static string Describe(VectorFormat format) => format == VectorFormat.Word2VecText ? "word2vec text" : "word2vec binary";
}
