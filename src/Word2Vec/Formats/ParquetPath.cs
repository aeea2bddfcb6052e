namespace Word2Vec.Formats;

/// <summary>
/// The name of an element of a Parquet schema with those of the groups around it. Each name is kept once: a group may have a long one, and any number
/// of columns.
/// </summary>
/// <param name="Group">That of the group around it; null for a child of the root.</param>
/// <param name="Name">Its own name.</param>
internal sealed record ParquetPath(ParquetPath? Group, string Name)
{
    private const int LongestShown = 64;

    /// <summary>The name of the outermost group, or its own if there is none.</summary>
    public string First => Group is null ? Name : Group.First;

    /// <summary>The names from the outermost on, with dots between them, for people: long ones are cut.</summary>
    public override string ToString()
    {
        string own = ErrorText.OneLine(Name.Length <= LongestShown ? Name : $"{Name[..LongestShown]}…");
        return Group is null ? own : $"{Group}.{own}";
    }
}
