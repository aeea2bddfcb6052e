namespace Word2Vec.Analysis;

/// <summary>
/// A color and a shape for each group, the largest first: eight colors that people with any color vision tell apart (after M. Okabe and K.
/// Ito: Color universal design, 2002; darkened on light ground and lightened on dark ground), with five shapes in turn where there are more
/// groups. What is beyond is one group, "others".
/// </summary>
internal sealed class MapColors
{
    /// <summary>The number of colors; the one behind the last is for words without a group.</summary>
    public const int Colors = 8;

    /// <summary>Groups that have a look of their own.</summary>
    public const int Most = Colors * Shapes - 1;

    private const int Shapes = 5;
    private const string Rest = "others";

    public static readonly string[] Light = ["#0072b2", "#d55e00", "#008a66", "#b8558c", "#a87000", "#2b8cc4", "#6b4fa0", "#555555", "#8a8a8a"];

    public static readonly string[] Dark = ["#5ab4f0", "#ff8f4f", "#2cc79a", "#e79ac5", "#f5b83d", "#9ad6f7", "#b8a3f0", "#d0d0d0", "#8a8a8a"];

    private MapColors(int[] groupOf, string[] names) => (GroupOf, Names) = (groupOf, names);

    /// <summary>The group of each point; -1 for none.</summary>
    public int[] GroupOf { get; }

    /// <summary>The names of the groups.</summary>
    public string[] Names { get; }

    /// <summary>Orders the groups of points by their sizes; null is no group.</summary>
    public static MapColors Of(IReadOnlyList<string?>? groups, int count)
    {
        if (groups is null)
            return new MapColors([.. Enumerable.Repeat(-1, count)], []);
        string[] ordered = [.. groups.OfType<string>().GroupBy(name => name).OrderByDescending(group => group.Count())
            .ThenBy(group => group.Key, StringComparer.Ordinal).Select(group => group.Key)];
        bool isCut = ordered.Length > Most + 1;
        var places = ordered.Select((name, place) => (name, place))
            .ToDictionary(pair => pair.name, pair => isCut ? Math.Min(pair.place, Most) : pair.place);
        return new MapColors([.. groups.Select(name => name is null ? -1 : places[name])], isCut ? [.. ordered.Take(Most), Rest] : ordered);
    }

    /// <summary>The color of a group, 0 to <see cref="Colors"/>.</summary>
    public static int ColorOf(int group) => group < 0 ? Colors : group % Colors;

    /// <summary>The shape of a group: circle, square, triangle, diamond, triangle on its head.</summary>
    public static int ShapeOf(int group) => group < 0 ? 0 : group / Colors;
}
