namespace Word2Vec.Training;

/// <summary>The unit of update: consecutive center words of a sentence that share their negative samples.</summary>
/// <remarks>
/// A window by itself moves a row for each of its negatives and each of its contexts; in a tile the windows overlap, so that a context row is read and
/// written once for all the centers that see it, and so is a negative's. What the quality needs is that a context word meets enough different
/// negatives, however many centers share them (docs/decisions/0005-a-tile-of-windows-shares-its-negatives.md).
/// </remarks>
/// <param name="Centers">Center words of a tile, at most.</param>
/// <param name="Negatives">Negative samples of a tile.</param>
/// <param name="NegativeWeight">How many negative samples of a (center, context) pair each of them stands for.</param>
public readonly record struct TileShape(int Centers, int Negatives, float NegativeWeight)
{
    /// <summary>The most centers of a tile where <see cref="TrainingOptions.Tile"/> leaves the choice to the CPU.</summary>
    public const int DefaultCenters = 32;

    // Up to here a tile of DefaultCenters learns as window by window does; beyond it the sum of its changes overshoots.
    private const double DefaultLearningRate = 0.025, WidestWindow = 10;

    /// <summary>The tile that <paramref name="options"/> ask for; <paramref name="mostCenters"/> is what the device likes best.</summary>
    public static TileShape Of(TrainingOptions options, int mostCenters = DefaultCenters)
    {
        int centers = options.Tile != 0 ? options.Tile : Math.Clamp((int)(mostCenters * Damping(options)), 1, mostCenters);
        int negatives = centers == 1 ? options.Negatives
            : options.TileNegatives != 0 ? options.TileNegatives : Math.Max(8, (3 * options.Negatives + 4) / 5 * 4);
        return new TileShape(centers, negatives, (float)options.Negatives / negatives);
    }

    /// <summary>
    /// All changes of a tile come from the values before it. At a higher learning rate, or where a wide window makes more of them, fewer centers share
    /// an update, so that the sum stays as large as it is at the defaults.
    /// </summary>
    private static double Damping(TrainingOptions options) =>
        Math.Min(1, DefaultLearningRate / options.LearningRate) * Math.Min(1, (WidestWindow + 1) / (options.Window + 1));
}
