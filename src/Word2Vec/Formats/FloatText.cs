using System.Globalization;

namespace Word2Vec.Formats;

/// <summary>
/// Reads decimal numbers to the nearest float, as exactly as <see cref="float.Parse(string)"/> and several times as fast.
/// </summary>
internal static class FloatText
{
    // Powers of ten that a double holds exactly.
    private static readonly double[] Powers =
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ];

    /// <summary>
    /// Reads the number that <paramref name="text"/> begins with, up to a space or the end. Returns the number of bytes it took, or 0 if
    /// they are not a finite number.
    /// </summary>
    public static int Parse(ReadOnlySpan<byte> text, out float value)
    {
        int at = text.Length > 0 && text[0] is (byte)'-' or (byte)'+' ? 1 : 0;
        ulong digits = 0;
        int start = at, point = -1;
        for (; at < text.Length; at++)
        {
            uint digit = text[at] - (uint)'0';
            if (digit <= 9)
                digits = digits * 10 + digit;
            else if (text[at] == '.' && point < 0)
                point = at;
            else
                break;
        }

        int count = at - start - (point < 0 ? 0 : 1), exponent = point < 0 ? 0 : point + 1 - at;
        bool readable = count is > 0 and <= 18 && ParseExponent(text, ref at, ref exponent);
        if (readable && TryRound(digits, exponent, out double magnitude))
        {
            value = (float)(text[0] == '-' ? -magnitude : magnitude);
            return at;
        }

        return ParseSlowly(text, out value);
    }

    /// <summary>The same, by the platform's parser.</summary>
    public static int ParseSlowly(ReadOnlySpan<byte> text, out float value)
    {
        int end = text.IndexOf((byte)' ');
        ReadOnlySpan<byte> field = end < 0 ? text : text[..end];
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return float.TryParse(field, Style, CultureInfo.InvariantCulture, out value) && float.IsFinite(value) ? field.Length : 0;
    }

    // Leaves `at` behind the number; false if something else than a space or the end follows.
    private static bool ParseExponent(ReadOnlySpan<byte> text, ref int at, ref int exponent)
    {
        if (at == text.Length || text[at] == ' ')
            return true;
        if ((text[at] | 0x20) != 'e' || ++at == text.Length)
            return false;
        bool negative = text[at] == '-';
        if (text[at] is (byte)'-' or (byte)'+')
            at++;
        int start = at, written = 0;
        for (; at < text.Length && at - start < 4 && text[at] - (uint)'0' <= 9; at++)
            written = written * 10 + (text[at] - '0');
        exponent += negative ? -written : written;
        return at > start && (at == text.Length || text[at] == ' ');
    }

    // Clinger 1990, "How to read floating point numbers accurately", for doubles: an exact integer times or over an exact power of ten is
    // rounded once. Rounding it again to a float gives the float nearest to the decimal unless the double fell on the midpoint of two
    // floats, from which it could have come from either side.
    private static bool TryRound(ulong digits, int exponent, out double magnitude)
    {
        const ulong BelowFloat = (1ul << 29) - 1, Midpoint = 1ul << 28;
        magnitude = digits;
        if (digits == 0)
            return true;
        if (digits > 1ul << 53 || exponent is < -22 or > 22)
            return false;
        magnitude = exponent < 0 ? magnitude / Powers[-exponent] : magnitude * Powers[exponent];
        return (BitConverter.DoubleToUInt64Bits(magnitude) & BelowFloat) != Midpoint && magnitude is >= 1.1754943508222875e-38 and < 3.4e38;
    }
}
