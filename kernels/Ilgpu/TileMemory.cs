using ILGPU;

namespace Word2Vec.Kernels.Ilgpu;

/// <summary>A group's shared memory, as <see cref="TileGeometry"/> counts it.</summary>
internal struct TileMemory
{
    /// <summary>The rows, a slot each: contexts, centers, negatives; four columns for each lane and four of padding.</summary>
    public ArrayView<Float4> Rows;

    /// <summary>The same by columns.</summary>
    public ArrayView<float> Columns;

    /// <summary>Two parts of the dot product of sample j and context c, at j · contexts + c of each half; none where the products need none (<see cref="ITileProducts.DotParts"/>).</summary>
    public ArrayView<float> Dots;

    /// <summary>The same, two contexts at a time.</summary>
    public ArrayView<Float2> DotPairs;

    /// <summary>The gradient of sample j and context c, at j · contexts + c: zero where they do not meet.</summary>
    public ArrayView<float> Gradients;

    /// <summary>The same, two contexts at a time.</summary>
    public ArrayView<Float2> GradientPairs;

    /// <summary>The same, four contexts at a time.</summary>
    public ArrayView<Float4> GradientVectors;

    /// <summary>The word of each slot; −1 where there is none.</summary>
    public ArrayView<int> Words;

    /// <summary>The factor of each slot's changes; 0 where none are made: there is no row, or it is frozen.</summary>
    public ArrayView<float> Scales;

    /// <summary>Of a context the centers that see it, of a negative the centers it is: a bit each.</summary>
    public ArrayView<uint> Bits;

    /// <summary>The first context slot that each center sees, and the one behind the last.</summary>
    public ArrayView<int> Begins, Ends;

    /// <summary>The first slot of the sentence, and the one behind its last.</summary>
    public ArrayView<int> Bounds;

    /// <summary>Lays it out.</summary>
    public static TileMemory Of<TArithmetic, TLanes, TProducts>(TileArguments a)
        where TArithmetic : struct, IDeviceArithmetic
        where TLanes : struct, ILaneCount
        where TProducts : struct, ITileProducts
    {
        ArrayView<Float4> all = default(TArithmetic).Shared();
        int samples = a.CenterSlots + a.NegativeSlots, rows = (a.ContextSlots + samples) * ((1 << default(TLanes).Log) + 1);
        int pairs = samples * a.ContextSlots / 4, parts = default(TProducts).DotParts * pairs;
        ArrayView<Float4> rowVectors = all.SubView(0, rows), dots = all.SubView(rows, parts), gradients = all.SubView(rows + parts, pairs);
        return new TileMemory
        {
            Rows = rowVectors,
            Columns = rowVectors.Cast<float>(),
            Dots = dots.Cast<float>(),
            DotPairs = dots.Cast<Float2>(),
            GradientVectors = gradients,
            GradientPairs = gradients.Cast<Float2>(),
            Gradients = gradients.Cast<float>(),
            Words = SharedMemory.Allocate<int>(TileGeometry.MostSlots),
            Scales = SharedMemory.Allocate<float>(TileGeometry.MostSlots),
            Bits = SharedMemory.Allocate<uint>(TileGeometry.MostSlots),
            Begins = SharedMemory.Allocate<int>(TileGeometry.MostCenters),
            Ends = SharedMemory.Allocate<int>(TileGeometry.MostCenters),
            Bounds = SharedMemory.Allocate<int>(2),
        };
    }
}
