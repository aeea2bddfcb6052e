using ILGPU;

namespace Word2Vec.Kernels.Ilgpu;

/// <summary>Four components of a row: what a thread loads and stores at once.</summary>
internal struct Float4
{
    public float X, Y, Z, W;
}

/// <summary>What the tile kernel reads and changes.</summary>
internal struct TileArguments
{
    /// <summary>The two matrices, <see cref="Stride"/> floats a row.</summary>
    public ArrayView<float> Input, Output;

    /// <summary>The same four floats at a time.</summary>
    public ArrayView<Float4> InputVectors, OutputVectors;

    /// <summary>The factor of each row's changes (see <see cref="ConcurrencyPlan"/>).</summary>
    public ArrayView<float> InputScales, OutputScales;

    /// <summary>The kept tokens and sentence ends, where they are in the span, and which of them begin a tile.</summary>
    public ArrayView<int> KeptWords, KeptPositions, Tiles;

    /// <summary>Behind the last run: how many kept tokens and tiles there are.</summary>
    public ArrayView<RunStart> Starts;

    /// <summary>The alias table of the negatives.</summary>
    public ArrayView<uint> AliasThresholds;

    /// <summary>The alias table of the negatives.</summary>
    public ArrayView<int> Aliases;

    /// <summary>The keys of this epoch's draws, A and B in turn: keep, radius, then bucket and fraction of each negative.</summary>
    public ArrayView<uint> Keys;

    /// <summary>Out: the loss of each group.</summary>
    public ArrayView<float> Losses;

    /// <summary>Out: what each group trained, <see cref="TileTotals.Counts"/> numbers.</summary>
    public ArrayView<int> Totals;

    /// <summary>Where the span starts in the corpus.</summary>
    public long SpanStart;

    /// <summary>The learning rate at the span's start, its fall a position, and its floor.</summary>
    public float Rate, RateFall, RateFloor;

    /// <summary>How many negative samples of a pair each negative of the tile stands for.</summary>
    public float NegativeWeight;

    /// <summary>Floats of a row with and without padding; the tile (see <see cref="TileGeometry"/>); runs of the span.</summary>
    public int Stride, Size, Window, Centers, Negatives, ContextSlots, CenterSlots, NegativeSlots, Runs;
}
