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

    /// <summary>The most negatives of a tile.</summary>
    public const int MostNegatives = 256;

    // Up to here a tile of DefaultCenters learns as window by window does; beyond it the sum of its changes overshoots.
    private const double DefaultLearningRate = 0.025, WidestWindow = 10, MostOfPair = 5;

    /// <summary>The tile that <paramref name="options"/> ask for; <paramref name="mostCenters"/> is what the device likes best.</summary>
    public static TileShape Of(TrainingOptions options, int mostCenters = DefaultCenters)
    {
        double whole = Math.Max(mostCenters, DefaultCenters) * MostOfPair / Math.Max(MostOfPair, options.Negatives);
        double ofWindow = Math.Min(1, (WidestWindow + 1) / (options.Window + 1));
        double most = Math.Min(Math.Min(mostCenters, whole) * ofWindow, options.LargestTile);
        int centers = options.Tile != 0 ? options.Tile : Math.Clamp((int)(most * OfRate(options)), 1, mostCenters);
        int negatives = centers == 1 ? options.Negatives : options.TileNegatives != 0 ? options.TileNegatives : NegativesFor(centers, options.Negatives);
        return new TileShape(centers, negatives, (float)options.Negatives / negatives);
    }

    /// <summary>
    /// With windows of 5 a context is seen from (centers + 8) / centers tiles in the mean. So many negatives let it meet five sixths of the different ones
    /// that its six windows would bring it one by one.
    /// </summary>
    private static int NegativesFor(int centers, int ofPair) => Math.Min(MostNegatives, ((5 * ofPair * centers / (centers + 8)) + 3) / 4 * 4);

    /// <summary>
    /// All changes of a tile come from the values before it. At a higher learning rate, or where a wide window makes more of them, fewer centers share
    /// an update, so that the sum stays as large as it is at the defaults. More negatives of a pair do so, too: a context is changed by all of them for
    /// each center that sees it. This is what the learning rate leaves.
    /// </summary>
    private static double OfRate(TrainingOptions options)
    {
        double rate = Math.Min(1, DefaultLearningRate / options.LearningRate);
        return rate * Math.Sqrt(rate);
    }
}
