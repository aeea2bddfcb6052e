using ILGPU;

namespace Word2Vec.Kernels.Ilgpu;

/// <summary>What the tile kernel reads and changes.</summary>
internal struct TileArguments
{
    /// <summary>Rows, kept tokens and draws.</summary>
    public SpanArguments Span;

    /// <summary>The two matrices, four floats at a time.</summary>
    public ArrayView<Float4> InputVectors, OutputVectors;

    /// <summary>Where they begin in the device's memory, for <see cref="CardAddition"/>.</summary>
    public long InputAddress, OutputAddress;

    /// <summary>Out: the loss of each group.</summary>
    public ArrayView<float> Losses;

    /// <summary>Out: what each group trained, <see cref="TileTotals.Counts"/> numbers.</summary>
    public ArrayView<int> Totals;

    /// <summary>How many negative samples of a pair each negative of the tile stands for.</summary>
    public float NegativeWeight;

    /// <summary>The tile (see <see cref="TileGeometry"/>).</summary>
    public int Centers, Negatives, ContextSlots, CenterSlots, NegativeSlots;

    /// <summary>One over the pairs of contexts that a block of negatives and one of centers meet, and over the blocks of contexts on tensor cores, as <see cref="Inverse"/> gives it.</summary>
    public uint NegativePairsInverse, CenterPairsInverse, ContextBlocksInverse;

    /// <summary>The bits of a quotient behind the point.</summary>
    public const int InverseShift = 18;

    /// <summary>
    /// The factor that divides by <paramref name="divisor"/>: dividend · factor, shifted right by <see cref="InverseShift"/>, is the quotient for dividends below 2¹⁸ / divisor, which the
    /// blocks of a tile are: 128 slots make fewer than 20,000 with their pairs.
    /// </summary>
    public static uint Inverse(int divisor) => (uint)(((1 << InverseShift) + divisor - 1) / divisor);

    /// <summary>The quotient by the number whose <see cref="Inverse"/> is given: an integer division is twenty instructions, and each thread needs one for a few blocks.</summary>
    public static int Quotient(int dividend, uint inverse) => (int)((uint)dividend * inverse >> InverseShift);
}
