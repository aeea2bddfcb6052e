namespace Word2Vec.Evaluation;

/// <summary>Spearman's rank correlation: Pearson's correlation of the ranks, equal values sharing the mean of their ranks.</summary>
internal static class RankCorrelation
{
    /// <summary>
    /// Returns the correlation of <paramref name="a"/> with <paramref name="b"/>, −1 … 1; 0 for fewer than three pairs and where one side
    /// is constant.
    /// </summary>
    public static double Spearman(IReadOnlyList<double> a, IReadOnlyList<double> b)
    {
        if (a.Count != b.Count)
            throw new ArgumentException($"There are {a.Count} and {b.Count} values; as many of one as of the other are needed.", nameof(b));
        if (a.Count < 3)
            return 0;
        double[] x = Ranks(a), y = Ranks(b);
        double mean = (a.Count + 1) / 2.0, xy = 0, xx = 0, yy = 0;
        for (int i = 0; i < x.Length; i++)
        {
            xy += (x[i] - mean) * (y[i] - mean);
            xx += (x[i] - mean) * (x[i] - mean);
            yy += (y[i] - mean) * (y[i] - mean);
        }

        return xx == 0 || yy == 0 ? 0 : xy / Math.Sqrt(xx * yy);
    }

    private static double[] Ranks(IReadOnlyList<double> values)
    {
        int[] order = [.. Enumerable.Range(0, values.Count).OrderBy(i => values[i])];
        var ranks = new double[values.Count];
        for (int start = 0, end; start < order.Length; start = end)
        {
            end = start + 1;
            while (end < order.Length && values[order[end]] == values[order[start]])
                end++;
            for (int i = start; i < end; i++)
                ranks[order[i]] = (start + 1 + end) / 2.0;
        }

        return ranks;
    }
}
