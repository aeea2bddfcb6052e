using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Word2Vec.Analysis;
using Word2Vec.Vectors;
using Word2Vec.Words;

namespace Word2Vec.Tests.Analysis;

public partial class MapDrawingTests
{
    private static readonly string[] Hostile =
    [
        "</script><script>alert(1)</script>", "\"onload=\"x", "]]>", "<!--", "&amp;", "a\u0001b\u0007", "\u202eevil", "{{data}}", "{{title}}", "\ufffe", "\u2028", "'", "😀", "日本語",
        "word", "",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(300)]
    [InlineData(2500)]
    public void Labels_do_not_overlap_and_the_first_words_have_them(int count)
    {
        WordVectors map = Planted.Clouds(Math.Min(count, 5), Math.Max(1, count / 5), 2, 3, 1);
        XElement[] texts = [.. Svg(new MapDrawing(map) { Labels = 400 }).Descendants().Where(element => element.Name.LocalName == "g"
            && (string?)element.Attribute("class") == "labels").Elements()];
        Assert.Equal("w0", texts[0].Value);
        Assert.InRange(texts.Length, Math.Min(count, 40), 400);
        // Verdana, the widest of the fonts that are named, has digits of 0.64 and a w of 0.82 of its size.
        var boxes = texts.Select(text => new LabelBox(Number(text, "x"), Number(text, "y") - 10, 12 * (0.82 + 0.64 * (text.Value.Length - 1)), 12)).ToArray();
        for (int i = 0; i < boxes.Length; i++)
        {
            Assert.InRange(boxes[i].Right, 0, 1000);
            Assert.All(boxes.Take(i), box => Assert.False(box.Overlaps(boxes[i])));
        }
    }

    [Fact]
    public void Where_counts_are_known_the_most_frequent_words_are_labelled()
    {
        var map = new WordVectors(WordIndex.From(["rare", "often", "middling"]), 2, [0, 0, 1, 1, 0, 1]) { Counts = [1, 100, 10] };
        XElement labels = Svg(new MapDrawing(map) { Labels = 2 }).Descendants().Single(element => (string?)element.Attribute("class") == "labels");
        Assert.Equal(["often", "middling"], labels.Elements().Select(text => text.Value));
        Assert.Equal(["often", "middling", "rare"], Data(new MapDrawing(map)).GetProperty("words").EnumerateArray().Select(word => word.GetString()));
    }

    [Fact]
    public void Hostile_words_are_text_and_nothing_else()
    {
        var map = new WordVectors(WordIndex.From(Hostile), 2, [.. Enumerable.Range(0, 2 * Hostile.Length).Select(i => (float)(i * i % 17))]);
        var drawing = new MapDrawing(map) { Title = "</title>{{data}}<b>\"\u0000", Groups = [.. Hostile.Select((word, i) => i == 3 ? null : word)] };
        XElement svg = Svg(drawing);
        Assert.DoesNotContain(svg.Descendants(), element => element.Name.LocalName is "script" or "b" || element.Attributes().Any(a => a.Name.LocalName.StartsWith("on", StringComparison.Ordinal)));
        Assert.Contains(svg.Descendants(), element => element.Value == "</script><script>alert(1)</script>");
        XElement page = Page(drawing);
        Assert.Equal(2, page.Descendants().Count(element => element.Name.LocalName == "script"));
        string raw = Html(drawing);
        Assert.Equal(2, Regex.Count(raw, "<script"));
        Assert.Equal(2, Regex.Count(raw, "</script"));
        string[] words = [.. Data(drawing).GetProperty("words").EnumerateArray().Select(word => word.GetString()!)];
        Assert.Equal(Hostile.Select(word => MapText.Clean(word)), words);
        Assert.Equal("a\ufffdb\ufffd", words[5]);
        Assert.DoesNotContain(words, word => word.Contains('\u202e', StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_is_fetched_from_elsewhere()
    {
        var drawing = new MapDrawing(Planted.Clouds(3, 30, 2, 3, 1)) { Groups = [.. Enumerable.Range(0, 90).Select(i => $"g{i % 3}")] };
        foreach (string text in (string[])[Html(drawing), SvgText(drawing)])
        {
            Assert.All(Address().Matches(text), match => Assert.StartsWith("http://www.w3.org/", match.Value, StringComparison.Ordinal));
            Assert.DoesNotContain(XElement.Parse(WithoutDoctype(text)).DescendantsAndSelf().Attributes(),
                attribute => attribute.Name.LocalName is "src" or "href" or "data" or "action" || attribute.Value.Contains("url(", StringComparison.Ordinal));
            Assert.DoesNotMatch("@import|url\\(|fetch\\(|XMLHttpRequest|WebSocket", text);
        }

        Assert.Contains("default-src 'none'", Html(drawing), StringComparison.Ordinal);
    }

    [Fact]
    public void Groups_have_colors_and_shapes_that_tell_them_apart_and_a_legend()
    {
        string?[] groups = [.. Enumerable.Range(0, 200).Select(i => i == 7 ? null : $"group {i % 20}")];
        XElement svg = Svg(new MapDrawing(Planted.Clouds(20, 10, 2, 3, 1)) { Groups = groups });
        XElement legend = svg.Descendants().Single(element => (string?)element.Attribute("class") == "legend");
        Assert.Equal(20, legend.Elements().Count(element => element.Name.LocalName == "text"));
        Assert.Equal(20, legend.Elements().Where(element => element.Name.LocalName == "path").Select(path => (path.Attribute("class")!.Value,
            Regex.Replace(path.Attribute("d")!.Value, "^M[^a-z]*", ""))).Distinct().Count());
        Assert.Equal(1, svg.Descendants().Single(element => (string?)element.Attribute("class") == "points").Elements().Count(path => path.Attribute("class")!.Value == "c8"));
        JsonElement many = Data(new MapDrawing(Planted.Clouds(20, 10, 2, 3, 1)) { Groups = [.. Enumerable.Range(0, 200).Select(i => $"{i / 2}")] });
        Assert.Equal((40, "others"), (many.GetProperty("groups").GetArrayLength(), many.GetProperty("groups")[39].GetString()));
        Assert.Equal(200 - 2 * 39, many.GetProperty("group").EnumerateArray().Count(group => group.GetInt32() == 39));
    }

    [Fact]
    public void Points_keep_their_proportions_and_equal_ones_stand_in_the_middle()
    {
        var map = new WordVectors(WordIndex.From(["a", "b", "c"]), 2, [0, 0, 4, 0, 2, 1]);
        JsonElement data = Data(new MapDrawing(map));
        Assert.Equal([0, 65535, 32768], data.GetProperty("x").EnumerateArray().Select(x => x.GetInt32()));
        Assert.Equal([40959, 40959, 24576], data.GetProperty("y").EnumerateArray().Select(y => y.GetInt32()));
        var one = new WordVectors(WordIndex.From(["a", "b"]), 2, [5, 5, 5, 5]);
        Assert.Equal([32768, 32768], Data(new MapDrawing(one)).GetProperty("x").EnumerateArray().Select(x => x.GetInt32()));
    }

    [Fact]
    public void Pictures_of_three_dimensions_and_of_other_groups_are_refused()
    {
        Assert.Equal(ErrorKind.Usage, Assert.Throws<Word2VecException>(() => new MapDrawing(Planted.Clouds(1, 5, 3, 0, 1))).Kind);
        var drawing = new MapDrawing(Planted.Clouds(1, 5, 2, 0, 1)) { Groups = ["a"] };
        Assert.Equal(ErrorKind.Usage, Assert.Throws<Word2VecException>(() => drawing.WriteSvg(TextWriter.Null)).Kind);
    }

    private static double Number(XElement element, string name) => double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);

    private static string SvgText(MapDrawing drawing)
    {
        var text = new StringWriter();
        drawing.WriteSvg(text);
        return text.ToString();
    }

    private static XElement Svg(MapDrawing drawing) => Parse(SvgText(drawing));

    private static string Html(MapDrawing drawing)
    {
        var text = new StringWriter();
        drawing.WriteHtml(text);
        return text.ToString();
    }

    private static XElement Page(MapDrawing drawing) => Parse(WithoutDoctype(Html(drawing)));

    private static string WithoutDoctype(string text) => text.Replace("<!DOCTYPE html>", "", StringComparison.Ordinal);

    private static XElement Parse(string text)
    {
        using var reader = XmlReader.Create(new StringReader(text), new XmlReaderSettings { CheckCharacters = true, DtdProcessing = DtdProcessing.Prohibit });
        return XElement.Load(reader);
    }

    private static JsonElement Data(MapDrawing drawing) =>
        JsonDocument.Parse(Page(drawing).Descendants().Single(element => (string?)element.Attribute("id") == "data").Value).RootElement;

    [GeneratedRegex("https?://[^\"' <]*")]
    private static partial Regex Address();
}
