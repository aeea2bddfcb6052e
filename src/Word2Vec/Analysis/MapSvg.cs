using System.Globalization;

namespace Word2Vec.Analysis;

/// <summary>Writes a map as SVG: points, labels, legend.</summary>
internal sealed class MapSvg(MapDrawing drawing, MapColors looks)
{
    private const double Side = 1000, Margin = 20, Head = 48, LegendWidth = 240, FontSize = 12, LegendLine = 20;
    // Beyond so many points their words are not worth the bytes; the page shows them.
    private const int MostNamed = 5000;

    private readonly CultureInfo _invariant = CultureInfo.InvariantCulture;

    public void Write(TextWriter writer)
    {
        bool hasLegend = looks.Names.Length > 0;
        double width = Side + (hasLegend ? LegendWidth : 0), height = Math.Max(Side + Head, Head + (looks.Names.Length + 1) * LegendLine + Margin);
        string title = MapText.Escape(drawing.Title);
        writer.Write(string.Create(_invariant,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:0} {height:0}\" role=\"img\" aria-labelledby=\"title desc\">\n"));
        writer.Write($"<title id=\"title\">{title}</title>\n<desc id=\"desc\">{Description()}</desc>\n");
        writer.Write($"<style>{Style()}</style>\n<rect class=\"ground\" width=\"100%\" height=\"100%\"/>\n");
        writer.Write(string.Create(_invariant, $"<text class=\"head\" x=\"{Margin}\" y=\"30\">{title}</text>\n"));
        (double X, double Y)[] places = Array.ConvertAll(drawing.UnitPlaces(), place =>
            (Margin + place.X * (Side - 2 * Margin), Head + Margin + place.Y * (Side - 2 * Margin)));
        WritePoints(writer, places);
        WriteLabels(writer, places);
        if (hasLegend)
            WriteLegend(writer);
        writer.Write("</svg>\n");
    }

    private string Description() => string.Create(_invariant,
        $"{drawing.Map.Count:N0} words; those whose vectors are alike lie near each other.")
        + (looks.Names.Length == 0 ? "" : " Color and shape tell groups apart.");

    private static string Style()
    {
        string Fills(string[] colors) => string.Concat(colors.Select((color, i) => $".c{i}{{fill:{color}}}"));
        return ".ground{fill:#fff}text{font-family:'DejaVu Sans',Verdana,sans-serif;fill:#111}"
            + ".labels text{font-size:12px;paint-order:stroke;stroke:#fff;stroke-width:3px;stroke-linejoin:round}"
            + ".legend text{font-size:13px}.head{font-size:20px;font-weight:bold}" + Fills(MapColors.Light)
            + "@media (prefers-color-scheme:dark){.ground{fill:#14161a}text{fill:#eee}.labels text{stroke:#14161a}" + Fills(MapColors.Dark) + "}";
    }

    private void WritePoints(TextWriter writer, (double X, double Y)[] places)
    {
        double radius = Math.Clamp(90 / Math.Sqrt(Math.Max(1, places.Length)), 1, 5);
        writer.Write("<g class=\"points\" fill-opacity=\"0.75\">\n");
        for (int id = 0; id < places.Length; id++)
        {
            int group = looks.GroupOf[id];
            string name = places.Length <= MostNamed ? $"<title>{MapText.Escape(drawing.Map.Words[id])}</title>" : "";
            writer.Write(string.Create(_invariant,
                $"<path class=\"c{MapColors.ColorOf(group)}\" d=\"M{places[id].X:0.0} {places[id].Y:0.0}{Marker(MapColors.ShapeOf(group), radius)}\""));
            writer.Write(name.Length == 0 ? "/>\n" : $">{name}</path>\n");
        }

        writer.Write("</g>\n");
    }

    // Shapes of about the same area, from their middle on.
    private string Marker(int shape, double r) => shape switch
    {
        0 => string.Create(_invariant, $"m{-r:0.0#} 0a{r:0.0#} {r:0.0#} 0 1 0 {2 * r:0.0#} 0a{r:0.0#} {r:0.0#} 0 1 0 {-2 * r:0.0#} 0z"),
        1 => string.Create(_invariant, $"m{-0.9 * r:0.0#} {-0.9 * r:0.0#}h{1.8 * r:0.0#}v{1.8 * r:0.0#}h{-1.8 * r:0.0#}z"),
        2 => string.Create(_invariant, $"m0 {-1.4 * r:0.0#}l{1.3 * r:0.0#} {2.3 * r:0.0#}h{-2.6 * r:0.0#}z"),
        3 => string.Create(_invariant, $"m0 {-1.4 * r:0.0#}l{1.2 * r:0.0#} {1.4 * r:0.0#}l{-1.2 * r:0.0#} {1.4 * r:0.0#}l{-1.2 * r:0.0#} {-1.4 * r:0.0#}z"),
        _ => string.Create(_invariant, $"m0 {1.4 * r:0.0#}l{1.3 * r:0.0#} {-2.3 * r:0.0#}h{-2.6 * r:0.0#}z"),
    };

    private void WriteLabels(TextWriter writer, (double X, double Y)[] places)
    {
        var placement = new LabelPlacement(Side, Head + Side);
        placement.Reserve(new LabelBox(0, 0, Side, Head - 8));
        int given = 0;
        writer.Write("<g class=\"labels\">\n");
        foreach (int id in drawing.ByImportance())
        {
            if (given >= drawing.Labels)
                break;
            string word = MapText.Clean(drawing.Map.Words[id]);
            if (word.Length == 0 || placement.Place(places[id].X, places[id].Y, FontSize * MapText.Width(word) + 4, FontSize + 4) is not { } box)
                continue;
            given++;
            writer.Write(string.Create(_invariant, $"<text x=\"{box.Left + 2:0.0}\" y=\"{box.Bottom - 5:0.0}\">{MapText.Escape(word)}</text>\n"));
        }

        writer.Write("</g>\n");
    }

    private void WriteLegend(TextWriter writer)
    {
        double y = Head + Margin;
        writer.Write("<g class=\"legend\">\n");
        for (int group = 0; group < looks.Names.Length; group++, y += LegendLine)
        {
            writer.Write(string.Create(_invariant,
                $"<path class=\"c{MapColors.ColorOf(group)}\" d=\"M{Side + 10:0} {y:0}{Marker(MapColors.ShapeOf(group), 6)}\"/>"));
            writer.Write(string.Create(_invariant, $"<text x=\"{Side + 24:0}\" y=\"{y + 4:0}\">{MapText.Escape(Short(looks.Names[group]))}</text>\n"));
        }

        writer.Write("</g>\n");
    }

    private static string Short(string name)
    {
        const int Longest = 28;
        string clean = MapText.Clean(name);
        return clean.Length <= Longest ? clean : string.Concat(clean.AsSpan(0, char.IsHighSurrogate(clean[Longest - 1]) ? Longest - 1 : Longest), "…");
    }
}
