using System.Globalization;
using System.Xml.Linq;

namespace Word2Vec.CommandLine.Benchmarks;

/// <summary>
/// The plot of a benchmark as SVG that needs nothing else: a bar of words a second for each device, and below it a line of quality over seconds of
/// training for each. It takes the reader's light or dark colors; a line is told from another by its dashes too.
/// </summary>
internal static class BenchmarkPlot
{
    private const double Width = 760, Margin = 20, Left = 110, BarRow = 32, BarHeight = 18, ValueWidth = 190, PanelHeight = 170, LegendColumn = 120;
    private const int LegendColumns = 6, Colors = 6;

    private const string Style = """

        text { fill: #1f2328; font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace }
        .page { fill: #ffffff }
        .grid { stroke: #d1d9e0 }
        .spread { stroke: #1f2328; stroke-width: 2 }
        .line { fill: none; stroke-width: 2 }
        .c0 { color: #0969da } .c1 { color: #bc4c00 } .c2 { color: #1a7f37 } .c3 { color: #a0307f } .c4 { color: #7d5c00 } .c5 { color: #6639ba }
        .c1.line { stroke-dasharray: 8 4 } .c2.line { stroke-dasharray: 2 4 } .c3.line { stroke-dasharray: 12 4 2 4 }
        .c4.line { stroke-dasharray: 4 2 } .c5.line { stroke-dasharray: 1 3 }
        .bar, .point { fill: currentColor }
        .line { stroke: currentColor }
        @media (prefers-color-scheme: dark) {
          text { fill: #e6edf3 }
          .page { fill: #0d1117 }
          .grid { stroke: #30363d }
          .spread { stroke: #e6edf3 }
          .c0 { color: #58a6ff } .c1 { color: #f0883e } .c2 { color: #3fb950 } .c3 { color: #f778ba } .c4 { color: #d29922 } .c5 { color: #bc8cff }
        }

        """;

    /// <summary>Draws <paramref name="rows"/> under the lines of <paramref name="subtitles"/>.</summary>
    /// <param name="byEpoch">Whether to draw quality over seconds.</param>
    public static string Draw(IReadOnlyList<BenchmarkRow> rows, bool byEpoch, IReadOnlyList<string> subtitles)
    {
        var content = new List<XElement>();
        double y = Margin + 16;
        content.Add(Svg.Text(Margin, y, "word2vec benchmark", size: 16));
        foreach (string subtitle in subtitles)
            content.Add(Svg.Text(Margin, y += 18, subtitle[..Math.Min(subtitle.Length, 95)]));
        y = Bars(content, rows, y + 30);
        if (byEpoch)
            y = Panels(content, rows, y + 30);
        return Document(rows, byEpoch, y + Margin, content);
    }

    private static string Document(IReadOnlyList<BenchmarkRow> rows, bool byEpoch, double height, List<XElement> content)
    {
        string speeds = string.Join("; ", rows.Select(row => $"{row.Device.Id} {Speed(row, rows[0])}"));
        string qualities = !byEpoch ? "" : string.Concat(Measures(rows).Select(measure => string.Create(CultureInfo.InvariantCulture,
            $" After the last epoch, {measure.Name}: {string.Join("; ", rows.Select(row => Last(row, measure.Value)))}.")));
        XElement svg = Svg.Element("svg",
            new XAttribute("role", "img"), new XAttribute("aria-labelledby", "title description"),
            Svg.At("width", Width), Svg.At("height", height), new XAttribute("viewBox", string.Create(CultureInfo.InvariantCulture, $"0 0 {Width} {height:0.#}")),
            Svg.Element("title", new XAttribute("id", "title"), $"Words a second{(byEpoch ? " and quality over time" : "")} by device"),
            Svg.Element("desc", new XAttribute("id", "description"), $"Words a second and the ratio to {rows[0].Device.Id}: {speeds}.{qualities}"),
            Svg.Element("style", Style),
            Svg.Element("rect", Svg.Class("page"), new XAttribute("width", "100%"), new XAttribute("height", "100%")));
        svg.Add(content);
        return svg + "\n";
    }

    private static double Bars(List<XElement> content, IReadOnlyList<BenchmarkRow> rows, double y)
    {
        int rounds = rows[0].Rounds.Count;
        content.Add(Svg.Text(Margin, y, rounds == 1
            ? "words of text a second, one round"
            : string.Create(CultureInfo.InvariantCulture, $"words of text a second: the median of {rounds} rounds, with the slowest and the fastest"), size: 13));
        double scale = (Width - Margin - ValueWidth - Left) / rows.Max(row => row.HighestWordsPerSecond);
        y += 12;
        for (int i = 0; i < rows.Count; i++, y += BarRow)
        {
            BenchmarkRow row = rows[i];
            double middle = y + BarHeight / 2, lowest = Left + scale * row.LowestWordsPerSecond, highest = Left + scale * row.HighestWordsPerSecond;
            content.Add(Svg.Text(Left - 10, middle + 4, row.Device.Id, "end"));
            content.Add(Svg.Element("rect", Svg.Class($"bar {Color(i)}"), Svg.At("x", Left), Svg.At("y", y),
                Svg.At("width", Math.Max(1, scale * row.WordsPerSecond)), Svg.At("height", BarHeight)));
            if (rounds > 1)
                content.AddRange([Svg.Line("spread", lowest, middle, highest, middle), Tip(lowest, middle), Tip(highest, middle)]);
            content.Add(Svg.Text(highest + 10, middle + 4, Speed(row, rows[0])));
        }

        return y - BarRow + BarHeight;
    }

    private static XElement Tip(double x, double y) => Svg.Line("spread", x, y - 4, x, y + 4);

    private static double Panels(List<XElement> content, IReadOnlyList<BenchmarkRow> rows, double y)
    {
        for (int i = 0; i < rows.Count; i++)
        {
            double x = Margin + i % LegendColumns * LegendColumn, line = y + i / LegendColumns * 20;
            content.Add(Svg.Element("line", Svg.Class($"line {Color(i)}"),
                Svg.At("x1", x), Svg.At("y1", line - 4), Svg.At("x2", x + 24), Svg.At("y2", line - 4)));
            content.Add(Svg.Text(x + 30, line, rows[i].Device.Id));
        }

        y += (rows.Count - 1) / LegendColumns * 20;
        var seconds = PlotAxis.ForSeconds([.. rows.SelectMany(row => row.Points).Select(point => point.Seconds)], Left, Width - Margin - 30);
        foreach ((string name, Func<QualityPoint, double> value) in Measures(rows))
            y = Panel(content, rows, seconds, (name, value), y + 34);
        return y;
    }

    /// <summary>What was asked of the vectors; their loss where nothing was.</summary>
    private static List<(string Name, Func<QualityPoint, double> Value)> Measures(IReadOnlyList<BenchmarkRow> rows)
    {
        List<(string Name, Func<QualityPoint, double> Value)> measures = [];
        if (rows[0].Analogies is not null)
            measures.Add(("analogies, % correct", point => 100 * point.Analogies!.Value));
        if (rows[0].Spearman is not null)
            measures.Add(("similarity, Spearman's correlation", point => point.Spearman!.Value));
        measures.RemoveAll(measure => !rows.SelectMany(row => row.Points).All(point => double.IsFinite(measure.Value(point))));
        return measures.Count > 0 ? measures : [("loss of a pair in the epoch, nats", point => point.Loss)];
    }

    private static double Panel(
        List<XElement> content, IReadOnlyList<BenchmarkRow> rows, PlotAxis x, (string Name, Func<QualityPoint, double> Value) measure, double top)
    {
        double first = top + 14, bottom = first + PanelHeight;
        var y = PlotAxis.For([.. rows.SelectMany(row => row.Points).Select(measure.Value)], bottom, first);
        content.Add(Svg.Text(Margin, top, measure.Name, size: 13));
        foreach (double tick in y.Ticks)
        {
            content.Add(Svg.Line("grid", Left, y.At(tick), x.At(x.Ticks[^1]), y.At(tick)));
            content.Add(Svg.Text(Left - 10, y.At(tick) + 4, PlotAxis.Text(tick), "end"));
        }

        foreach (double tick in x.Ticks)
        {
            content.Add(Svg.Line("grid", x.At(tick), first, x.At(tick), bottom));
            content.Add(Svg.Text(x.At(tick), bottom + 18, PlotAxis.Text(tick), "middle"));
        }

        for (int i = 0; i < rows.Count; i++)
            Line(content, rows[i], Color(i), x, y, measure.Value);
        content.Add(Svg.Text(Left, bottom + 36, x.IsLogarithmic ? "seconds of training, by powers of ten" : "seconds of training"));
        return bottom + 36;
    }

    private static void Line(List<XElement> content, BenchmarkRow row, string color, PlotAxis x, PlotAxis y, Func<QualityPoint, double> value)
    {
        content.Add(Svg.Element("polyline", Svg.Class($"line {color}"), Svg.Points(row.Points.Select(point => (x.At(point.Seconds), y.At(value(point)))))));
        foreach (QualityPoint point in row.Points)
        {
            string title = string.Create(CultureInfo.InvariantCulture, $"{row.Device.Id}, epoch {point.Epoch}: {value(point):0.####} after {point.Seconds:0.###} s");
            content.Add(Svg.Element("circle", Svg.Class($"point {color}"), Svg.At("cx", x.At(point.Seconds)), Svg.At("cy", y.At(value(point))),
                Svg.At("r", 4), Svg.Element("title", title)));
        }
    }

    private static string Last(BenchmarkRow row, Func<QualityPoint, double> value) =>
        string.Create(CultureInfo.InvariantCulture, $"{row.Device.Id} {value(row.Points[^1]):0.####} after {row.Points[^1].Seconds:0.###} s");

    private static string Color(int row) => string.Create(CultureInfo.InvariantCulture, $"c{row % Colors}");

    private static string Speed(BenchmarkRow row, BenchmarkRow first) =>
        string.Create(CultureInfo.InvariantCulture, $"{row.WordsPerSecond:N0} ({BenchmarkTable.Ratio(row, first)}\u00D7)");
}
