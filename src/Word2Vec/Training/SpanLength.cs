namespace Word2Vec.Training;

/// <summary>
/// How many positions a backend takes at once: between two spans alone a training can stop or be kept, so a span must be short in time, and wide
/// vectors and windows make a position cost more.
/// </summary>
internal static class SpanLength
{
    // Components · pairs of a window · samples of a pair, at the defaults.
    private const double UsualWork = 100.0 * 6 * 6;

    /// <summary>
    /// The positions that take about as long as <paramref name="usual"/> do with the default options, but not more of them. It depends on options alone,
    /// so that where a span ends is the same on every machine.
    /// </summary>
    public static int For(TrainingOptions options, int usual, int shortest)
    {
        double work = (double)options.VectorSize * (options.HasTiles ? (options.Window + 1) * (options.Negatives + 1) : WorkOfWindow(options));
        return Math.Max(shortest, (int)(usual * Math.Min(1, UsualWork / work)));
    }

    // A window's inputs times its targets, and the rows that the inputs are made of.
    private static double WorkOfWindow(TrainingOptions options)
    {
        const int UsualTurns = 14, UsualNgrams = 20;
        var shape = WindowShape.Of(options);
        bool isOneInput = shape.CenterIsInput || options.Architecture == TrainingArchitecture.Cbow;
        int predicted = shape.CenterIsInput ? options.Window + 1 : 1, inputs = isOneInput ? 1 : options.Window + 1;
        int targets = options.OutputLayer == OutputLayer.HierarchicalSoftmax ? UsualTurns * predicted : predicted + shape.Negatives;
        int words = shape.CenterIsInput ? 1 : options.Window + 1;
        return inputs * targets + words * (options.Subwords is null ? 1 : UsualNgrams);
    }
}
