namespace Word2Vec.Formats;

/// <summary> What columns of words and vectors are called in tables, in lower case; one of these is taken before others that would do.
/// </summary>
internal static class ColumnNames
{
    public const string Count = "count";

    public static IReadOnlyList<string> Words { get; } = ["word", "token", "term", "text", "name"];

    public static IReadOnlyList<string> Vectors { get; } = ["vector", "embedding"];
}
