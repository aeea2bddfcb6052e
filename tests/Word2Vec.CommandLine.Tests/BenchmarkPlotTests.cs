using System.Globalization;
using System.Xml.Linq;
using Word2Vec.CommandLine.Benchmarks;
using Word2Vec.Training;
using Word2Vec.Vectors;
using Word2Vec.Words;

namespace Word2Vec.CommandLine.Tests;

public class BenchmarkPlotTests
{
    private const double Width = 760;

    private static readonly string[] Subtitles = ["size 100, window 5", new string('x', 300), "word2vec 0.1.0, 2026-01-01"];

    [Theory]
    [InlineData(1, 1, 1.0)]
    [InlineData(2, 5, 1.5)]
    [InlineData(3, 5, 1000.0)]
    [InlineData(8, 20, 7.0)]
    public void Every_device_has_its_bar_and_every_epoch_its_point_and_no_text_covers_another(int devices, int epochs, double slower)
    {
        XElement svg = Draw(Rows(devices, epochs, slower), byEpoch: true);
        Assert.Equal(devices, Of(svg, "rect").Count(rect => Class(rect).StartsWith("bar ", StringComparison.Ordinal)));
        Assert.Equal(2 * devices * epochs, Of(svg, "circle").Count());
        Assert.Equal(2 * devices, Of(svg, "polyline").Count());
        AssertApart(svg);
    }

    [Fact]
    public void Bars_are_as_long_as_devices_are_fast()
    {
        double[] widths = [.. Of(Draw(Rows(3, 1, 4), byEpoch: false), "rect").Where(rect => Class(rect) != "page").Select(rect => Number(rect, "width"))];
        Assert.Equal(widths[0] / 4, widths[1], 0.1);
        Assert.Equal(widths[0] / 16, widths[2], 0.1);
    }

    [Fact]
    public void Points_lie_in_the_order_of_their_seconds_and_of_their_quality()
    {
        XElement[] points = [.. Of(Draw(Rows(1, 5, 1), byEpoch: true), "circle").Take(5)];
        double[] x = [.. points.Select(point => Number(point, "cx"))], y = [.. points.Select(point => Number(point, "cy"))];
        Assert.Equal(x.Order().Distinct(), x);
        Assert.Equal(y.OrderDescending().Distinct(), y);
        Assert.Equal("device:0, epoch 1: 10 after 1 s", points[0].Value);
    }

    [Fact]
    public void The_plot_stands_alone_and_says_what_it_shows()
    {
        XElement svg = Draw(Rows(2, 3, 2), byEpoch: true);
        string text = svg.ToString();
        Assert.Equal("img", svg.Attribute("role")!.Value);
        Assert.Equal(["title", "description"], svg.Attribute("aria-labelledby")!.Value.Split(' ').Where(id => svg.Elements().Any(part => part.Attribute("id")?.Value == id)));
        Assert.Contains("device:1 500,000 (0.50×)", Of(svg, "desc").Single().Value, StringComparison.Ordinal);
        Assert.Contains("device:1 27.2727 after 6 s", Of(svg, "desc").Single().Value, StringComparison.Ordinal);
        Assert.Contains("prefers-color-scheme: dark", text, StringComparison.Ordinal);
        foreach (string outside in (string[])["href", "url(", "@import", "<script", "<image"])
            Assert.DoesNotContain(outside, text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Where_nothing_was_asked_the_lines_are_those_of_the_loss()
    {
        XElement svg = Draw(Rows(2, 3, 2, asked: false), byEpoch: true);
        Assert.Equal(2 * 3, Of(svg, "circle").Count());
        Assert.Contains(Of(svg, "text"), text => text.Value.StartsWith("loss", StringComparison.Ordinal));
    }

    private static XElement Draw(IReadOnlyList<BenchmarkRow> rows, bool byEpoch) => XElement.Parse(BenchmarkPlot.Draw(rows, byEpoch, Subtitles));

    /// <summary>Devices of which each is <paramref name="slower"/> times slower than the one before; two rounds, the second a tenth slower.</summary>
    private static List<BenchmarkRow> Rows(int devices, int epochs, double slower, bool asked = true)
    {
        using var vectors = new WordVectors(WordIndex.From(["a"]), 1, [1]);
        var nothing = Evaluations.Of(vectors, [], [], 0);
        var rows = new List<BenchmarkRow>();
        for (int i = 0; i < devices; i++)
        {
            var row = new BenchmarkRow(new FakeGpu(FormattableString.Invariant($"device:{i}"), _ => throw new InvalidOperationException()));
            double factor = Math.Pow(slower, i);
            foreach (double seconds in (double[])[0.95 * factor, 1.05 * factor])
            {
                var summary = new TrainingSummary([new TrainingLoss(2, 1)], TimeSpan.FromSeconds(epochs * factor), (long)(1e6 * epochs), "a test");
                QualityPoint[] points =
                [
                    .. Enumerable.Range(1, epochs).Select(epoch => new QualityPoint(
                        epoch, epoch * seconds, 2.0 / epoch, asked ? 0.1 * epoch / (1 + 0.05 * (epoch - 1)) : null, asked ? 0.6 + 0.01 * epoch : null)),
                ];
                row.Add(new BenchmarkRound(summary, 1, new Dictionary<string, double>(), points), nothing);
            }

            rows.Add(row);
        }

        return rows;
    }

    /// <summary>No text reaches over the page's edge or into another one, in a font whose characters are 0.61 of its size wide.</summary>
    private static void AssertApart(XElement svg)
    {
        (string Text, double Left, double Right, double Top, double Bottom)[] boxes = [.. Of(svg, "text").Select(Box)];
        Assert.True(boxes.Length > 10);
        foreach (var box in boxes)
        {
            Assert.True(box.Left >= 0 && box.Right <= Width && box.Bottom <= Number(svg, "height"), box.ToString());
            foreach (var other in boxes.Where(other => other != box))
                Assert.False(box.Left < other.Right && other.Left < box.Right && box.Top < other.Bottom && other.Top < box.Bottom, $"{box} covers {other}");
        }
    }

    private static (string Text, double Left, double Right, double Top, double Bottom) Box(XElement text)
    {
        double size = Number(text, "font-size"), width = 0.61 * size * text.Value.Length, x = Number(text, "x"), y = Number(text, "y");
        double left = text.Attribute("text-anchor")!.Value switch { "end" => x - width, "middle" => x - width / 2, _ => x };
        return (text.Value, left, left + width, y - size, y + 0.25 * size);
    }

    private static IEnumerable<XElement> Of(XElement svg, string name) => svg.Descendants().Where(element => element.Name.LocalName == name);

    private static string Class(XElement element) => element.Attribute("class")!.Value;

    private static double Number(XElement element, string attribute) => double.Parse(element.Attribute(attribute)!.Value, CultureInfo.InvariantCulture);
}
