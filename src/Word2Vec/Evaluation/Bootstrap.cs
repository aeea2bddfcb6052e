using Word2Vec.Numerics;

namespace Word2Vec.Evaluation;

/// <summary>
/// How far scores would spread over other questions of the same kind: the questions are drawn again and again, with replacement, and each sample is
/// scored (Efron 1979; percentile intervals, Efron and Tibshirani 1993, section 13.3). Sample and draw decide what is drawn, nothing else.
/// </summary>
internal sealed class Bootstrap(int resamples, ulong seed, CancellationToken cancellation)
{
    private const double Tail = 0.025;

    /// <summary>
    /// The ends of the 95 % intervals of what <paramref name="score"/> makes of samples of <paramref name="count"/> questions, an interval for each of
    /// its values; not a number without samples or questions.
    /// </summary>
    public (double Low, double High)[] Intervals(int count, int values, Action<int[], double[]> score)
    {
        if (resamples == 0 || count == 0)
            return [.. Enumerable.Repeat((double.NaN, double.NaN), values)];
        var found = new double[values][];
        for (int value = 0; value < values; value++)
            found[value] = new double[resamples];
        DrawKey key = DrawKey.From(seed, 0, 0);
        Parallel.For(0, resamples, new ParallelOptions { CancellationToken = cancellation }, () => (new int[count], new double[values]), (sample, _, room) =>
        {
            for (int i = 0; i < count; i++)
                room.Item1[i] = (int)CounterRandom.Below(key.Draw((long)sample * count + i), (uint)count);
            score(room.Item1, room.Item2);
            for (int value = 0; value < values; value++)
                found[value][sample] = room.Item2[value];
            return room;
        }, _ => { });
        return Array.ConvertAll(found, Interval);
    }

    private static (double Low, double High) Interval(double[] values)
    {
        Array.Sort(values);
        return (Quantile(values, Tail), Quantile(values, 1 - Tail));
    }

    // Between two values as far as it lies between their places, as numpy.quantile has it by default.
    private static double Quantile(double[] sorted, double share)
    {
        double place = share * (sorted.Length - 1);
        int below = (int)place;
        return below + 1 >= sorted.Length ? sorted[^1] : sorted[below] + (place - below) * (sorted[below + 1] - sorted[below]);
    }
}
