using ILGPU;

namespace Word2Vec.Kernels.Ilgpu;

/// <summary>What the tile kernel reads and changes.</summary>
internal struct TileArguments
{
    /// <summary>Rows, kept tokens and draws.</summary>
    public SpanArguments Span;

    /// <summary>The two matrices, four floats at a time.</summary>
    public ArrayView<Float4> InputVectors, OutputVectors;

    /// <summary>Out: the loss of each group.</summary>
    public ArrayView<float> Losses;

    /// <summary>Out: what each group trained, <see cref="TileTotals.Counts"/> numbers.</summary>
    public ArrayView<int> Totals;

    /// <summary>How many negative samples of a pair each negative of the tile stands for.</summary>
    public float NegativeWeight;

    /// <summary>The tile (see <see cref="TileGeometry"/>).</summary>
    public int Centers, Negatives, ContextSlots, CenterSlots, NegativeSlots;
}
