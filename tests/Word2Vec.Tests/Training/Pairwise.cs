namespace Word2Vec.Tests.Training;

/// <summary>Combinations in which every two values of different options meet at least once.</summary>
internal static class Pairwise
{
    /// <summary>
    /// Chooses a value (its number) for each option, in as many ways as it takes; <paramref name="counts"/> says how many values each option has. Greedy:
    /// each way begins with a pair that was not there yet and takes for the other options what brings most new pairs.
    /// </summary>
    public static List<int[]> Cover(int[] counts)
    {
        HashSet<(int, int, int, int)> missing = [.. Pairs(counts)];
        var ways = new List<int[]>();
        while (missing.Count > 0)
        {
            int[] way = Begin(counts.Length, missing.Min());
            for (int option = 0; option < counts.Length; option++)
                way[option] = way[option] >= 0 ? way[option] : Best(way, option, counts[option], missing);
            ways.Add(way);
            missing.ExceptWith(Met(way));
        }

        return ways;
    }

    /// <summary>The pairs of (option, value, later option, value) that meet in <paramref name="way"/>.</summary>
    public static IEnumerable<(int, int, int, int)> Met(int[] way) =>
        from first in Enumerable.Range(0, way.Length)
        from second in Enumerable.Range(first + 1, way.Length - first - 1)
        where way[first] >= 0 && way[second] >= 0
        select (first, way[first], second, way[second]);

    /// <summary>All pairs that there are.</summary>
    public static IEnumerable<(int, int, int, int)> Pairs(int[] counts) =>
        from first in Enumerable.Range(0, counts.Length)
        from second in Enumerable.Range(first + 1, counts.Length - first - 1)
        from a in Enumerable.Range(0, counts[first])
        from b in Enumerable.Range(0, counts[second])
        select (first, a, second, b);

    private static int[] Begin(int options, (int First, int A, int Second, int B) pair)
    {
        int[] way = [.. Enumerable.Repeat(-1, options)];
        (way[pair.First], way[pair.Second]) = (pair.A, pair.B);
        return way;
    }

    private static int Best(int[] way, int option, int count, HashSet<(int, int, int, int)> missing) =>
        Enumerable.Range(0, count).MaxBy(value =>
        {
            int[] tried = [.. way];
            tried[option] = value;
            return Met(tried).Count(missing.Contains);
        });
}
