using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;
using Word2Vec.Training;

namespace Word2Vec.Kernels.Ilgpu;

/// <summary>Tiles of windows: <see cref="TileKernels"/>.</summary>
internal sealed class TileUpdate : UpdateKernel
{
    // What CUDA takes of a multiprocessor's shared memory for each group.
    private const int ReservedBytes = 1024;

    private readonly Action<AcceleratorStream, KernelConfig, TileArguments> _kernel;
    private readonly TileGeometry _tile;
    private LaunchResult<float>? _losses;
    private readonly int _vectorSize;
    private readonly long[] _totals = new long[TileTotals.Counts];
    private LaunchResult<int>? _groupTotals;

    private TileUpdate(Action<AcceleratorStream, KernelConfig, TileArguments> kernel, TileGeometry tile, int vectorSize, LaunchShape shape, ConcurrencyPlan plan)
        : base(shape, plan, tile.Tile.Centers)
    {
        (_kernel, _tile, _vectorSize) = (kernel, tile, vectorSize);
    }

    public override long Bytes => (1L + TileTotals.Counts) * sizeof(float) * Plan.Groups;

    public override BackendCosts? Counted =>
        BackendCosts.Counted(_totals[0], _totals[1], _totals[2], _totals[3], _tile.Tile.Negatives, _vectorSize);

    /// <summary>The tile that <paramref name="options"/> ask for, or the largest for which there is room.</summary>
    /// <exception cref="Word2VecException">The options ask for a tile that does not fit.</exception>
    public static TileGeometry Geometry(TrainingOptions options, Accelerator accelerator, int lanes, TileUnits units) =>
        TileGeometry.For(options, lanes, accelerator.MaxSharedMemoryPerGroup, units.TensorCores && lanes == TensorProduct.Lanes ? default(TensorProducts<TensorSectors>).DotParts : TileGeometry.FloatDotParts);

    /// <summary>Compiles the kernel.</summary>
    public static TileUpdate Load(TrainingJob job, Accelerator accelerator, TileGeometry tile, int mostWindows, LaunchShape? given, TileUnits units)
    {
        LaunchShape shape = given ?? LaunchShape.ForTiles(accelerator, tile.Lanes);
        Action<TileArguments> train = KernelFor(shape, units);
        var kernel = accelerator is CudaAccelerator cuda && units.TensorCores
            ? accelerator.LoadKernel(train, TensorProduct.Resident(shape.GroupSize, cuda.MaxSharedMemoryPerMultiprocessor / (tile.SharedBytes + ReservedBytes)))
            : accelerator.LoadKernel(train);
        shape = shape.Limit(accelerator, kernel, tile.DynamicBytes);
        int groups = mostWindows == 0 ? shape.MostGroups : Math.Max(1, mostWindows / tile.Tile.Centers);
        return new TileUpdate(kernel, tile, job.Options.VectorSize, shape, new ConcurrencyPlan(job, groups, tile.Tile.Centers));
    }

    public override void Allocate(Accelerator accelerator)
    {
        _losses = NewResult<float>(accelerator, Plan.Groups);
        _groupTotals = NewResult<int>(accelerator, TileTotals.Counts * (long)Plan.Groups);
    }

    public override void Launch(AcceleratorStream stream, DeviceMemory memory, TrainingSpan span, int runs)
    {
        var arguments = new TileArguments { Span = memory.Arguments(span, runs) };
        (arguments.InputVectors, arguments.OutputVectors) = memory.Vectors;
        (arguments.InputAddress, arguments.OutputAddress) = memory.Addresses;
        (arguments.Losses, arguments.Totals) = (_losses!.View, _groupTotals!.View);
        (arguments.Centers, arguments.Negatives, arguments.NegativeWeight) = (_tile.Tile.Centers, _tile.Tile.Negatives, _tile.Tile.NegativeWeight);
        (arguments.ContextSlots, arguments.CenterSlots, arguments.NegativeSlots) = (_tile.ContextSlots, _tile.CenterSlots, _tile.NegativeSlots);
        arguments.NegativePairsInverse = TileArguments.Inverse(_tile.ContextSlots / 2);
        arguments.CenterPairsInverse = TileArguments.Inverse(_tile.Window + 2);
        arguments.ContextBlocksInverse = TileArguments.Inverse((_tile.ContextSlots + TensorProduct.Rows - 1) / TensorProduct.Rows);
        _kernel(stream, Shape.Shuffles
            ? new KernelConfig(Plan.Groups, Shape.GroupSize, SharedMemoryConfig.RequestDynamic<Float4>(_tile.SharedVectors))
            : new KernelConfig(Plan.Groups, Shape.GroupSize), arguments);
    }

    public override TrainingLoss ReadLoss()
    {
        ReadOnlySpan<int> totals = _groupTotals!.Values;
        long pairs = -_totals[^1];
        for (int i = 0; i < totals.Length; i++)
            _totals[i % TileTotals.Counts] += totals[i];
        return Sum(_losses!.Values, []) with { Pairs = pairs + _totals[^1] };
    }

    private static Action<TileArguments> KernelFor(LaunchShape shape, TileUnits units) => (shape.Lanes, shape.Shuffles) switch
    {
        (TensorProduct.Lanes, true) when units.TensorCores && units.VectorAdditions => TileKernels.Train<WarpArithmetic, Lanes32, TensorProducts<TensorPairs>>,
        (TensorProduct.Lanes, true) when units.TensorCores => TileKernels.Train<WarpArithmetic, Lanes32, TensorProducts<TensorSectors>>,
        (2, true) => TileKernels.Train<WarpArithmetic, Lanes2, FloatProducts<SpreadColumns>>,
        (2, false) => TileKernels.Train<MemoryArithmetic, Lanes2, FloatProducts<SpreadColumns>>,
        (4, true) => TileKernels.Train<WarpArithmetic, Lanes4, FloatProducts<SpreadColumns>>,
        (_, true) when units.VectorAdditions => TileKernels.Train<WarpArithmetic, Lanes32, FloatProducts<VectorColumns>>,
        (_, true) => TileKernels.Train<WarpArithmetic, Lanes32, FloatProducts<SpreadColumns>>,
        _ => TileKernels.Train<MemoryArithmetic, Lanes32, FloatProducts<SpreadColumns>>,
    };
}
