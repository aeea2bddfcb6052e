using System.Text;

namespace Word2Vec.Formats;

/// <summary>Shows bytes of a file, which may be anything, within one line of an error.</summary>
internal static class ErrorText
{
    private const int Longest = 40, MostLengths = 8;

    /// <summary>Returns <paramref name="text"/> with a mark for each character that would end the line or cannot be shown.</summary>
    public static string OneLine(string text) =>
        string.Concat(text.EnumerateRunes().Select(rune => Rune.IsControl(rune) ? "\ufffd" : rune.ToString()));

    /// <summary>Returns the first lengths of <paramref name="shape"/> in parentheses; a header may have millions.</summary>
    public static string Shape(IReadOnlyList<long> shape) =>
        $"({string.Join(", ", shape.Take(MostLengths))}{(shape.Count > MostLengths ? ", …" : "")})";

    /// <summary>Returns up to 40 bytes of <paramref name="bytes"/> in quotes, with a mark for each that cannot be shown.</summary>
    public static string Quote(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder("'");
        foreach (Rune rune in Encoding.UTF8.GetString(bytes[..Math.Min(Longest, bytes.Length)]).EnumerateRunes())
            text.Append(Rune.IsControl(rune) ? "\ufffd" : rune.ToString());
        return text.Append(bytes.Length > Longest ? "…'" : "'").ToString();
    }
}
