using System.Globalization;

namespace Word2Vec.CommandLine.Benchmarks;

/// <summary>An axis of a plot: where a value lies, and the round values that are written along it.</summary>
internal sealed class PlotAxis
{
    private const int MostTicks = 6;

    // Beyond this ratio the smaller of two values would lie in a corner of a linear axis.
    private const double WidestLinear = 10;

    private readonly double _low, _high, _start, _end;

    private PlotAxis(double low, double high, double start, double end, bool logarithmic)
    {
        (_low, _high, _start, _end, IsLogarithmic) = (low, high, start, end, logarithmic);
        Ticks = logarithmic ? Powers(low, high) : Steps(low, high);
    }

    public bool IsLogarithmic { get; }

    /// <summary>Round values from one end to the other.</summary>
    public IReadOnlyList<double> Ticks { get; }

    /// <summary>An axis for <paramref name="values"/> from the coordinate <paramref name="start"/> to <paramref name="end"/>.</summary>
    public static PlotAxis For(IReadOnlyCollection<double> values, double start, double end)
    {
        double low = values.Min(), high = values.Max();
        double step = Step(low == high ? Math.Max(1e-3, Math.Abs(low)) : high - low);
        return new PlotAxis(Math.Floor(low / step) * step, Math.Max(Math.Floor(low / step) + 1, Math.Ceiling(high / step)) * step, start, end, false);
    }

    /// <summary>An axis for times: from zero, or by powers of ten where they differ much.</summary>
    public static PlotAxis ForSeconds(IReadOnlyCollection<double> values, double start, double end)
    {
        double low = Math.Max(1e-6, values.Min()), high = Math.Max(1e-6, values.Max());
        return high / low <= WidestLinear
            ? For([0, high], start, end)
            : new PlotAxis(Math.Pow(10, Math.Floor(Math.Log10(low))), Math.Pow(10, Math.Ceiling(Math.Log10(high))), start, end, true);
    }

    /// <summary>The coordinate of <paramref name="value"/>.</summary>
    public double At(double value)
    {
        double share = IsLogarithmic ? Math.Log(Math.Max(value, _low) / _low) / Math.Log(_high / _low) : (value - _low) / (_high - _low);
        return _start + share * (_end - _start);
    }

    public static string Text(double tick) => tick.ToString("#,0.######", CultureInfo.InvariantCulture);

    private static double Step(double range)
    {
        double rough = range / (MostTicks - 2), power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        return rough / power <= 1 ? power : rough / power <= 2 ? 2 * power : rough / power <= 5 ? 5 * power : 10 * power;
    }

    private static double[] Steps(double low, double high)
    {
        double step = Step(high - low);
        int count = (int)Math.Round((high - low) / step);
        return [.. Enumerable.Range(0, count + 1).Select(i => low + i * step)];
    }

    private static double[] Powers(double low, double high)
    {
        int first = (int)Math.Round(Math.Log10(low)), last = (int)Math.Round(Math.Log10(high)), every = (last - first + MostTicks - 1) / MostTicks;
        return [.. Enumerable.Range(first, last - first + 1).Where(power => (power - first) % every == 0).Select(power => Math.Pow(10, power))];
    }
}
