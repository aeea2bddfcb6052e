using ILGPU;
using Group = ILGPU.Group;

namespace Word2Vec.Kernels.Ilgpu;

/// <summary>The training kernel: the tile update that the plain backend defines, one tile a group at a time.</summary>
/// <remarks>
/// Launch shape: as many groups as tiles may be in flight, of one or more rows of lanes (<see cref="ILaneCount"/>) each; every group takes a
/// contiguous stretch of the tiles, so that one group alone trains them in the order of the text. Shared memory: the rows of the tile, a slot each, as
/// many columns at a time as four for each lane, one vector of padding behind each row so that rows side by side lie in different banks; the gradients; where
/// dot products are made by 32-bit numbers, two parts of each. Between barriers a thread writes only what is its own: columns of slots while rows are loaded, parts of dot
/// products, gradients. What the tile changes stays in registers and goes to the rows by atomic additions, a warp's lanes side by side.
/// No shuffle but on tensor cores (<see cref="ITileProducts"/>): the same code runs where sub-groups cannot be relied on.
/// </remarks>
internal static class TileKernels
{
    /// <summary>Trains the tiles of a span.</summary>
    public static void Train<TArithmetic, TLanes, TProducts>(TileArguments a)
        where TArithmetic : struct, IDeviceArithmetic
        where TLanes : struct, ILaneCount
        where TProducts : struct, ITileProducts
    {
        var shared = TileMemory.Of<TArithmetic, TLanes, TProducts>(a);
        RunStart all = a.Span.Starts[a.Span.Runs];
        int first = (int)((long)all.Tiles * Grid.IdxX / Grid.DimX), end = (int)((long)all.Tiles * (Grid.IdxX + 1) / Grid.DimX);
        int lastChunk = (a.Span.Size - 1) >> (default(TLanes).Log + 2);
        TileTotals totals = default;
        TileSetup.ClearBounds(a, shared);
        for (int tile = first; tile < end; tile++)
        {
            int start = a.Span.Tiles[tile];
            Group.Barrier();
            TileSetup.TakeContexts(a, shared, start, all.Kept);
            Group.Barrier();
            TileSetup.TakeSamples(a, shared, start, ref totals);
            Group.Barrier();
            TileSetup.TakeBits(a, shared, ref totals);
            float rate = SpanArguments.RateAt(a.Span, start);
            for (int chunk = 0; chunk <= lastChunk; chunk++)
            {
                if (chunk > 0)
                    Group.Barrier();
                TileRowsOnDevice.Load<TLanes>(a, shared, chunk);
                Group.Barrier();
                totals.AddLoss(default(TProducts).Multiply<TArithmetic, TLanes>(a, shared, chunk, chunk == lastChunk, rate));
            }

            for (int chunk = lastChunk; chunk >= 0; chunk--)
            {
                Group.Barrier();
                if (chunk < lastChunk)
                {
                    TileRowsOnDevice.Load<TLanes>(a, shared, chunk);
                    Group.Barrier();
                }

                default(TProducts).Change<TArithmetic, TLanes>(a, shared, chunk);
            }

            TileSetup.ClearBounds(a, shared);
        }

        totals.Write(a, shared);
    }
}
