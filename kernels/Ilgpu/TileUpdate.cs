using ILGPU;
using ILGPU.Runtime;
using Word2Vec.Training;

namespace Word2Vec.Kernels.Ilgpu;

/// <summary>Tiles of windows: <see cref="TileKernels"/>.</summary>
internal sealed class TileUpdate : UpdateKernel
{
    private readonly Action<AcceleratorStream, KernelConfig, TileArguments> _kernel;
    private readonly TileGeometry _tile;
    private MemoryBuffer1D<float, Stride1D.Dense>? _losses;
    private MemoryBuffer1D<int, Stride1D.Dense>? _pairs;

    private TileUpdate(Action<AcceleratorStream, KernelConfig, TileArguments> kernel, TileGeometry tile, LaunchShape shape, ConcurrencyPlan plan)
        : base(shape, plan, tile.Tile.Centers)
    {
        (_kernel, _tile) = (kernel, tile);
    }

    public override long Bytes => 3L * sizeof(float) * Threads;

    private long Threads => (long)Plan.Groups * Shape.GroupSize;

    /// <summary>Compiles the kernel.</summary>
    public static TileUpdate Load(TrainingJob job, Accelerator accelerator, TileGeometry tile, int mostWindows, LaunchShape? given)
    {
        LaunchShape shape = given ?? LaunchShape.ForTiles(accelerator, tile.Lanes, tile.SharedBytes);
        var kernel = accelerator.LoadKernel(KernelFor(shape));
        shape = shape.Limit(accelerator, kernel, tile.SharedBytes);
        int groups = mostWindows == 0 ? shape.MostGroups : Math.Max(1, mostWindows / tile.Tile.Centers);
        return new TileUpdate(kernel, tile, shape, new ConcurrencyPlan(job, groups, tile.Tile.Centers));
    }

    public override void Allocate(Accelerator accelerator)
    {
        _losses = New<float>(accelerator, 2 * Threads);
        _pairs = New<int>(accelerator, Threads);
    }

    public override void Launch(AcceleratorStream stream, DeviceMemory memory, TrainingSpan span, int runs)
    {
        TileArguments arguments = memory.Tiles(span, runs);
        (arguments.Losses, arguments.Pairs) = (_losses!.View, _pairs!.View);
        (arguments.Centers, arguments.Negatives, arguments.NegativeWeight) = (_tile.Tile.Centers, _tile.Tile.Negatives, _tile.Tile.NegativeWeight);
        (arguments.ContextSlots, arguments.CenterSlots, arguments.NegativeSlots) = (_tile.ContextSlots, _tile.CenterSlots, _tile.NegativeSlots);
        _kernel(stream, Shape.Shuffles
            ? new KernelConfig(Plan.Groups, Shape.GroupSize, SharedMemoryConfig.RequestDynamic<Float4>(_tile.SharedVectors))
            : new KernelConfig(Plan.Groups, Shape.GroupSize), arguments);
    }

    public override TrainingLoss ReadLoss() =>
        new(_losses!.GetAsArray1D().Sum(loss => (double)loss), _pairs!.GetAsArray1D().Sum(pairs => (long)pairs));

    private static Action<TileArguments> KernelFor(LaunchShape shape) => (shape.Lanes, shape.Shuffles) switch
    {
        (2, true) => TileKernels.Train<WarpArithmetic, Lanes2>,
        (2, false) => TileKernels.Train<MemoryArithmetic, Lanes2>,
        (4, true) => TileKernels.Train<WarpArithmetic, Lanes4>,
        (_, true) => TileKernels.Train<WarpArithmetic, Lanes32>,
        _ => TileKernels.Train<MemoryArithmetic, Lanes32>,
    };
}
