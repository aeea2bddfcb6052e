using System.Globalization;
using System.Runtime.CompilerServices;

namespace Word2Vec.Formats;

/// <summary>Writes floats with the shortest digits that read back to the same bits, as the platform does, and faster.</summary>
/// <remarks>
/// A float x from 1e-4 to 1e6 is 24 bits times a power of two, and 10^p is 28 bits times a power of two up to p = 12, so that x · 10^p, and half
/// the distance to the next float times 10^p, are exact as 64-bit floats. With p such that the product has nine digits before the point, the
/// shortest number that reads back is the multiple of the greatest power of ten that lies nearer to it than that half.
/// </remarks>
internal static class FloatDigits
{
    /// <summary>The longest that <see cref="Write"/> makes.</summary>
    public const int Longest = 16;

    private const int LastDigit = 8;
    private const int ExponentBits = 0xff, MantissaBits = 23;

    // 10^p for p = 12 … 3, where x begins at 1e-4, 1e-3 …
    private static ReadOnlySpan<double> Powers => [1e12, 1e11, 1e10, 1e9, 1e8, 1e7, 1e6, 1e5, 1e4, 1e3];

    private static ReadOnlySpan<uint> WholePowers =>
        [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000];

    /// <summary>Writes <paramref name="value"/>, which is finite, to <paramref name="target"/>; returns the number of bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // hot from its first call on: a file is written once
    public static int Write(float value, Span<byte> target)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        double magnitude = Math.Abs(value);
        // The floats below a power of two lie closer than those above; few components are one.
        bool isPower = (bits & ((1u << MantissaBits) - 1)) == 0;
        if (isPower || !(magnitude >= 1e-4 && magnitude < 1e6) || !TryShorten(magnitude, bits, out uint digits, out int count, out int point))
            return WriteSlowly(value, target);
        target[0] = (byte)'-';
        int sign = (int)(bits >> 31);
        return sign + WriteDigits(digits, count, point, target[sign..]);
    }

    /// <summary>The same, by the platform.</summary>
    public static int WriteSlowly(float value, Span<byte> target) =>
        value.TryFormat(target, out int written, default, CultureInfo.InvariantCulture)
            ? written
            : throw new ArgumentException($"{target.Length} bytes are too few for a number.", nameof(target));

    // Finds the digits, their number, and how many of them stand behind the point, which may be fewer than none; false in the rare cases that are
    // ties.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryShorten(double magnitude, uint bits, out uint digits, out int count, out int behindPoint)
    {
        int decade = Count(magnitude >= 1e-3) + Count(magnitude >= 1e-2) + Count(magnitude >= 1e-1) + Count(magnitude >= 1) + Count(magnitude >= 10)
            + Count(magnitude >= 1e2) + Count(magnitude >= 1e3) + Count(magnitude >= 1e4) + Count(magnitude >= 1e5);
        double power = Powers[decade], scaled = magnitude * power;
        double half = power * BitConverter.Int64BitsToDouble((long)(((bits >> MantissaBits) & ExponentBits) - 127 - MantissaBits - 1 + 1023) << 52);
        uint whole = (uint)scaled;
        double fraction = scaled - whole;
        digits = fraction >= 0.5 ? whole + 1 : whole;
        int zeros = 0;
        bool isTie = fraction == 0.5;
        for (; zeros <= LastDigit; zeros++)
        {
            uint unit = WholePowers[zeros + 1], down = whole % unit;
            double below = down + fraction, above = unit - below, nearest = Math.Min(below, above);
            if (nearest >= half)
            {
                isTie |= nearest == half;
                break;
            }

            isTie = below == above;
            digits = below < above ? whole - down : whole - down + unit;
        }

        // Rounding up may have made it the power of ten behind the nine digits.
        count = LastDigit + 1 - zeros + Count(digits == WholePowers[LastDigit + 1]);
        digits /= WholePowers[zeros];
        behindPoint = Powers.Length + 2 - decade - zeros;
        return !isTie;
    }

    // Digits that stand on both sides of the point are written one place too far to the right, and those before it moved back.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int WriteDigits(uint digits, int count, int behindPoint, Span<byte> target)
    {
        for (; behindPoint < 0; behindPoint++, count++)
            digits *= 10;
        int before = count - behindPoint;
        if (before <= 0)
        {
            "0.0000"u8.CopyTo(target);
            WritePlain(digits, target.Slice(2 - before, count));
            return 2 + behindPoint;
        }

        WritePlain(digits, target.Slice(behindPoint > 0 ? 1 : 0, count));
        if (behindPoint == 0)
            return count;
        for (int i = 0; i < before; i++)
            target[i] = target[i + 1];
        target[before] = (byte)'.';
        return count + 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WritePlain(uint digits, Span<byte> target)
    {
        for (int i = target.Length - 1; i >= 0; i--)
        {
            uint rest = digits / 10;
            target[i] = (byte)('0' + digits - 10 * rest);
            digits = rest;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Count(bool condition) => condition ? 1 : 0;
}
