using System.Text;

namespace Word2Vec.Analysis;

/// <summary>Words in pictures: words come from files that anybody wrote.</summary>
internal static class MapText
{
    private const char Unknown = '\ufffd';

    /// <summary>
    /// The text without what no document may hold: control characters, halves of pairs and code points that are no characters become
    /// U+FFFD.
    /// </summary>
    public static string Clean(string text)
    {
        if (text.All(c => c is >= ' ' and < '\x7f'))
            return text;
        var clean = new StringBuilder(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
            clean.Append(Rune.IsControl(rune) || (rune.Value & 0xfffe) == 0xfffe || IsSteering(rune.Value) ? Unknown.ToString() : rune.ToString());
        return clean.ToString();
    }

    /// <summary><see cref="Clean"/>, with what means something in XML and HTML replaced.</summary>
    public static string Escape(string text) => Clean(text).Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal);

    /// <summary>No less than the width of the text in a sans-serif font, in parts of its size.</summary>
    public static double Width(string text)
    {
        double width = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            width += rune.Value switch
            {
                'i' or 'j' or 'l' or '.' or ',' or '\'' or '|' or ':' or ';' or '!' => 0.36,
                'm' or 'w' or 'M' or 'W' or '@' or '%' => 1,
                _ when rune.IsAscii => Rune.IsUpper(rune) ? 0.8 : 0.64,
                < 0x1100 => 0.8,
                _ => 1.1,
            };
        }

        return width;
    }

    // Characters that turn the direction of what follows, and separators that end a line in a script.
    private static bool IsSteering(int code) => code is (>= 0x202a and <= 0x202e) or (>= 0x2066 and <= 0x2069) or 0x2028 or 0x2029;
}
