using System.Globalization;

namespace Word2Vec.CommandLine.Texts;

/// <summary>Makes numbers of times whose order is that of the times: all numbers, or all dates that begin with the year.</summary>
internal sealed class EventTimes
{
    private bool? _areNumbers;

    /// <summary>The key of <paramref name="text"/>, which stands at <paramref name="place"/>.</summary>
    public long Key(string text, string place)
    {
        string time = text.Trim();
        bool isNumber = double.TryParse(time, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number);
        DateTimeOffset date = default;
        // 03/04/2026 is two days, depending on who reads it.
        bool isDate = !isNumber && time.Length >= 8 && time.AsSpan(0, 4).ContainsAnyExceptInRange('0', '9') is false && time[4] is '-' or '/' or '.'
            && DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out date);
        _areNumbers ??= isNumber;
        if (_areNumbers.Value ? !isNumber : !isDate)
            throw new Word2VecException(ErrorKind.Input, $"{place}: the time is '{Shown(time)}'; " +
                $"{(_areNumbers.Value ? "a number, as in the rows before," : "a number or a date such as 2026-03-02T06:05")} was expected. Correct it there.");
        if (!isNumber)
            return date.UtcTicks;
        // The bits of positive numbers are in their order, those of negative ones in the other.
        long bits = BitConverter.DoubleToInt64Bits(number + 0.0);
        return bits < 0 ? long.MinValue - bits : bits;
    }

    private static string Shown(string time) => ResultTable.Printable(time.Length > 60 ? time[..60] + "…" : time);
}
