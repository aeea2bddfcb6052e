using System.CommandLine;
using Word2Vec.Formats;

namespace Word2Vec.CommandLine;

/// <summary>What the options call the formats, and which one a file's name asks for.</summary>
internal static class FormatNames
{
    // Endings of formats of vectors that are not written; giving such a file another content would mislead.
    private static readonly string[] Foreign = [".npz", ".json", ".zip", ".model", ".kv", ".pkl", ".pt", ".h5", ".arrow", ".feather", ".onnx"];

    /// <summary>The names of all formats, as options take them.</summary>
    public static string[] All { get; } = [.. VectorFile.Formats.Select(format => format.Name)];

    /// <summary>An option that takes one of them.</summary>
    public static Option<string?> Option(string name, string description, params string[] aliases)
    {
        var option = new ChoiceOption(name, description, All, standard: null) { HelpName = "FORMAT" };
        foreach (string alias in aliases)
            option.Aliases.Add(alias);
        return option;
    }

    /// <summary>The formats with the endings that stand for them, for the help.</summary>
    public static string Table() => string.Join('\n',
        VectorFile.Formats.Select(format => $"{format.Name,-16} {format.Title} ({string.Join(", ", format.Endings)})").Prepend("Formats:"));

    public static VectorFormat? Parse(string? name) => VectorFile.Formats.FirstOrDefault(format => format.Name == name)?.Format;

    /// <summary>The format to write: the one asked for, or the one that the file's name stands for.</summary>
    public static VectorFormat Choose(string? asked, string path)
    {
        string ending = Path.GetExtension(path).ToLowerInvariant();
        if (asked is null && Foreign.Contains(ending))
            throw new Word2VecException(ErrorKind.Usage,
                $"{path}: vectors are not written as {ending}; take another name, or name the format: {string.Join(", ", All)}.");
        return Parse(asked) ?? VectorFile.FormatOf(path);
    }

    public static string Describe(VectorFormat format) => VectorFile.Formats.First(known => known.Format == format).Title;
}
