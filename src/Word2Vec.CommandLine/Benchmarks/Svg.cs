using System.Globalization;
using System.Xml.Linq;

namespace Word2Vec.CommandLine.Benchmarks;

/// <summary>The few elements of SVG that a plot is made of.</summary>
internal static class Svg
{
    private static readonly XNamespace Space = "http://www.w3.org/2000/svg";

    public static XElement Element(string name, params object[] content) => new(Space + name, content);

    /// <summary>An attribute with a coordinate to a tenth of a pixel.</summary>
    public static XAttribute At(string name, double value) => new(name, Number(value));

    public static XAttribute Class(string name) => new("class", name);

    public static XElement Line(string style, double x1, double y1, double x2, double y2) =>
        Element("line", Class(style), At("x1", x1), At("y1", y1), At("x2", x2), At("y2", y2));

    /// <summary>Text on the base line <paramref name="y"/>; <paramref name="anchor"/> says which end of it lies at <paramref name="x"/>.</summary>
    public static XElement Text(double x, double y, string text, string anchor = "start", int size = 12) => Element(
        "text", At("x", x), At("y", y), new XAttribute("font-size", size), new XAttribute("text-anchor", anchor), ResultTable.Printable(text));

    /// <summary>The pixels of a line through <paramref name="points"/>.</summary>
    public static XAttribute Points(IEnumerable<(double X, double Y)> points) =>
        new("points", string.Join(' ', points.Select(point => $"{Number(point.X)},{Number(point.Y)}")));

    private static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
