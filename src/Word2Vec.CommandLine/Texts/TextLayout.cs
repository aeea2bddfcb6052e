namespace Word2Vec.CommandLine.Texts;

/// <summary>Where the texts are in a file, and what they are called.</summary>
/// <param name="Kind">One of <see cref="Kinds"/>; null: what the file's name says.</param>
/// <param name="Column">The column of a table that has the text; null: <c>text</c>, or the only one.</param>
/// <param name="IdColumn">The column of a table that names each text; null: texts are numbered.</param>
internal sealed record TextLayout(string? Kind, string? Column, string? IdColumn)
{
    public const string Lines = "lines", Files = "files", Csv = "csv", Tsv = "tsv", JsonLines = "jsonl";

    public static readonly string[] Kinds = [Lines, Files, Csv, Tsv, JsonLines];

    /// <summary>How the file <paramref name="path"/> is read; <paramref name="inFolder"/>: it was found in a folder that was named.</summary>
    public string KindOf(string path, bool inFolder)
    {
        string name = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
        return Kind ?? Path.GetExtension(name).ToLowerInvariant() switch
        {
            ".csv" => Csv,
            ".tsv" => Tsv,
            ".jsonl" or ".ndjson" => JsonLines,
            _ => inFolder ? Files : Lines,
        };
    }
}
