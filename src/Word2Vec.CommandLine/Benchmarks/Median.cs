namespace Word2Vec.CommandLine.Benchmarks;

/// <summary>The middle of what several rounds measured: one that was disturbed does not move it.</summary>
internal static class Median
{
    public static double Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>The median, or null where a round has no value.</summary>
    public static double? OfSome(IEnumerable<double?> values)
    {
        double?[] all = [.. values];
        return all.Length == 0 || Array.Exists(all, value => value is null) ? null : Of(all.Select(value => value!.Value));
    }
}
