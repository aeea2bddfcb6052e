using Word2Vec.Vectors;

namespace Word2Vec.Analysis;

/// <summary>
/// A picture of a map: a point for each word, colors and shapes by group, and labels that do not overlap. It needs no network, no script
/// from elsewhere and no fonts of its own, follows the light or dark ground that the reader prefers, and takes words as text, whatever they
/// hold.
/// </summary>
public sealed class MapDrawing
{
    /// <summary>Draws <paramref name="map"/>, vectors of two components such as <see cref="WordMap.Vectors"/>.</summary>
    /// <exception cref="Word2VecException">The vectors have another size than 2 (Usage).</exception>
    public MapDrawing(WordVectors map)
    {
        ArgumentNullException.ThrowIfNull(map);
        if (map.Size != 2)
            throw new Word2VecException(ErrorKind.Usage, $"A picture of vectors of {map.Size} components was asked for; it takes 2. Make a map of two " +
                "dimensions first.");
        Map = map;
    }

    /// <summary>The places of the words.</summary>
    public WordVectors Map { get; }

    /// <summary>What stands above the picture.</summary>
    public string Title { get; init; } = "Map of words";

    /// <summary>
    /// The name of each word's group, in the order of their ids; null for none. Null, the default: there are no groups. Beyond the 39
    /// largest there is one for all others.
    /// </summary>
    public IReadOnlyList<string?>? Groups { get; init; }

    /// <summary>The most labels of the SVG, 0 or more; 300 by default. The HTML shows as many as fit, more the nearer one looks.</summary>
    public int Labels { get; init; } = 300;

    /// <summary>Writes a picture that any browser and drawing program shows.</summary>
    /// <exception cref="Word2VecException">There are not as many groups as words (Usage).</exception>
    public void WriteSvg(TextWriter writer) => new MapSvg(this, Looks()).Write(writer);

    /// <summary>Writes a page that can be moved and zoomed, shows a word below the pointer and its neighbours, and finds words.</summary>
    /// <exception cref="Word2VecException">There are not as many groups as words (Usage).</exception>
    public void WriteHtml(TextWriter writer) => MapPage.Write(this, Looks(), writer);

    /// <summary>
    /// The ids in the order in which labels are given: by count where counts are known, otherwise by id, which follows frequency in most
    /// files.
    /// </summary>
    internal int[] ByImportance() => Map.Counts is { } counts
        ? [.. Enumerable.Range(0, Map.Count).OrderByDescending(id => counts[id]).ThenBy(id => id)]
        : [.. Enumerable.Range(0, Map.Count)];

    /// <summary>The places between 0 and 1, at one scale for both axes, the narrower one in the middle; y grows downwards.</summary>
    internal (double X, double Y)[] UnitPlaces()
    {
        var places = new (double X, double Y)[Map.Count];
        for (int id = 0; id < places.Length; id++)
            places[id] = (Map[id][0], -Map[id][1]);
        GC.KeepAlive(Map);
        if (places.Length == 0)
            return places;
        (double left, double right) = (places.Min(place => place.X), places.Max(place => place.X));
        (double top, double bottom) = (places.Min(place => place.Y), places.Max(place => place.Y));
        double extent = Math.Max(right - left, bottom - top), scale = extent > 0 ? 1 / extent : 0;
        (double middleX, double middleY) = ((left + right) / 2, (top + bottom) / 2);
        return Array.ConvertAll(places, place => (0.5 + (place.X - middleX) * scale, 0.5 + (place.Y - middleY) * scale));
    }

    private MapColors Looks()
    {
        if (Groups is not null && Groups.Count != Map.Count)
            throw new Word2VecException(ErrorKind.Usage, $"A picture of {Map.Count} words with {Groups.Count} groups was asked for; give a group, or " +
                "null, for each word.");
        OptionCheck.Range("labels", Labels, 0, int.MaxValue);
        return MapColors.Of(Groups, Map.Count);
    }
}
