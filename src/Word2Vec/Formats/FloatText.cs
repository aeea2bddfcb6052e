using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Word2Vec.Formats;

/// <summary>
/// Reads decimal numbers to the nearest float, as exactly as <see cref="float.Parse(string)"/> and several times as fast.
/// </summary>
internal static class FloatText
{
    private const int EightBytes = sizeof(ulong);

    // Powers of ten that a double holds exactly.
    private static ReadOnlySpan<double> Powers =>
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ];

    private static ReadOnlySpan<ulong> WholePowers =>
    [
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000, 100_000_000_000,
        1_000_000_000_000, 10_000_000_000_000, 100_000_000_000_000, 1_000_000_000_000_000, 10_000_000_000_000_000,
    ];

    /// <summary>
    /// Reads the number that <paramref name="text"/> begins with, up to a space or the end. Returns the number of bytes it took, or 0 if
    /// they are not a finite number.
    /// </summary>
    /// <remarks>
    /// Components are a sign or none, a digit, a point and up to 16 digits: these are read without a branch that depends on them, since half of the
    /// signs would be guessed wrong, each for the time of half a number.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // hot from its first call on: a file is read once
    public static int Parse(ReadOnlySpan<byte> text, out float value)
    {
        const int LongestPrefix = 3, Zero = '0';
        if (text.Length <= LongestPrefix + 2 * EightBytes)
            return ParseAny(text, out value);
        int isNegative = text[0] == '-' ? 1 : 0;
        uint whole = text[isNegative] - (uint)Zero;
        int at = isNegative + 2;
        ulong head = BinaryPrimitives.ReadUInt64LittleEndian(text[at..]) ^ 0x3030303030303030;
        ulong tail = BinaryPrimitives.ReadUInt64LittleEndian(text[(at + EightBytes)..]) ^ 0x3030303030303030;
        int inHead = DigitsAtBegin(head), inTail = DigitsAtBegin(tail) & -(inHead / EightBytes), digits = inHead + inTail;
        at += digits;
        if (whole > 9 || text[isNegative + 1] != '.' || text[at] != ' ')
            return ParseAny(text, out value);
        ulong number = ToNumber(head, inHead) * WholePowers[inTail] + ToNumber(tail, inTail) + whole * WholePowers[digits];
        if (!TryRound(number, -digits, out double magnitude))
            return ParseSlowly(text, out value);
        value = BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits((float)magnitude) | (uint)isNegative << 31);
        return at;
    }

    /// <summary>The same, by the platform's parser.</summary>
    public static int ParseSlowly(ReadOnlySpan<byte> text, out float value)
    {
        int end = text.IndexOf((byte)' ');
        ReadOnlySpan<byte> field = end < 0 ? text : text[..end];
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return float.TryParse(field, Style, CultureInfo.InvariantCulture, out value) && float.IsFinite(value) ? field.Length : 0;
    }

    // Any notation, byte by byte.
    private static int ParseAny(ReadOnlySpan<byte> text, out float value)
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

    // How many of eight bytes, exclusive-ored with '0', are digits before the first that is none. A byte of 10 or more, or of 128 or more, gets its
    // highest bit; what it carries over only reaches bytes behind it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int DigitsAtBegin(ulong eight) =>
        BitOperations.TrailingZeroCount(((eight + 0x7676767676767676) | eight) & 0x8080808080808080) / 8;

    // The number that the first `count` of eight digits are: moved to the end, behind zeros, then added up in pairs, fours and eights.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong ToNumber(ulong eight, int count)
    {
        int half = 4 * (EightBytes - count); // a shift by 64 would be one by 0
        eight = eight << half << half;
        eight = eight * 10 + (eight >> 8);
        ulong first = (eight & 0x000000ff000000ff) * 0x000f424000000064, second = (eight >> 16 & 0x000000ff000000ff) * 0x0000271000000001;
        return (first + second) >> 32;
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
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
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
