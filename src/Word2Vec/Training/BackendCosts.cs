namespace Word2Vec.Training;

/// <summary>What a backend spent on a training besides its wall time, and how much work its updates were.</summary>
/// <remarks>
/// The two counts are those of the tile's definition (docs/architecture.md, "The update"), so that backends compare; what a backend does beyond it
/// (padding, products that are masked out, ids, draws, the logistic function) is its own affair. Per tile, with rows of D floats:
/// <list type="bullet">
/// <item>each context, center and negative row is read once and changed once: (contexts + centers + negatives) × D × 4 bytes × 2;</item>
/// <item>each of the (center, context) pairs and of the contexts × negatives is a dot product and two scaled additions of rows, a multiplication and an
/// addition for each component: (pairs + contexts × negatives) × 3 × 2 × D operations.</item>
/// </list>
/// Bytes are counted whether they come from memory or from a cache: a bandwidth made of them may exceed the memory's where the rows stay in a cache.
/// </remarks>
public sealed record BackendCosts
{
    /// <summary>Time in which kernels were compiled; zero where there is nothing to compile.</summary>
    public TimeSpan Compile { get; init; }

    /// <summary>Time in which rows, ids and tables went to the device; zero where they need not.</summary>
    public TimeSpan Upload { get; init; }

    /// <summary>Wall time in which the device trained, which is what bandwidth and operations a second are over; zero where it is not known.</summary>
    public TimeSpan Kernels { get; init; }

    /// <summary>Bytes of rows that the updates read and wrote; 0 where they are not known.</summary>
    public long BytesMoved { get; init; }

    /// <summary>Floating-point operations of the updates, an addition and a multiplication being two; 0 where they are not known.</summary>
    public long FloatingPointOperations { get; init; }

    /// <summary>The bytes and operations of <paramref name="tiles"/> tiles; the times are left at zero.</summary>
    /// <param name="centers">Center words of all the tiles.</param>
    /// <param name="contexts">Context rows of all the tiles; one that several centers of a tile see counts once.</param>
    /// <param name="pairs">(center, context) pairs of all the tiles, as in <see cref="TrainingLoss.Pairs"/>.</param>
    /// <param name="negatives">Negative samples of each tile.</param>
    /// <param name="vectorSize">Components of a row.</param>
    public static BackendCosts Counted(long tiles, long centers, long contexts, long pairs, int negatives, int vectorSize) => new()
    {
        BytesMoved = 2 * sizeof(float) * vectorSize * (contexts + centers + tiles * negatives),
        FloatingPointOperations = 3 * 2 * vectorSize * (pairs + contexts * negatives),
    };
}
