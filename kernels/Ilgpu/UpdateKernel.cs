using System.Globalization;
using ILGPU;
using ILGPU.Runtime;
using Word2Vec.Training;

namespace Word2Vec.Kernels.Ilgpu;

/// <summary>The kernel that changes the rows, with what it needs for itself: one for tiles, one for window by window, one for windows whose input is a mean.</summary>
internal abstract class UpdateKernel(LaunchShape shape, ConcurrencyPlan plan, int centers) : IDisposable
{
    private readonly List<MemoryBuffer> _buffers = [];
    private readonly List<LaunchResult> _results = [];

    /// <summary>How many groups of how many threads.</summary>
    public LaunchShape Shape => shape;

    /// <summary>What is in flight.</summary>
    public ConcurrencyPlan Plan => plan;

    /// <summary>Center words of a tile.</summary>
    public int Centers => centers;

    /// <summary>Bytes that <see cref="Allocate"/> takes.</summary>
    public abstract long Bytes { get; }

    /// <summary>What is launched, for people.</summary>
    public string Description => string.Create(CultureInfo.InvariantCulture,
        $"{(centers == 1 ? "" : $"{plan.Groups} tiles of ")}{(centers == 1 ? plan.Windows : centers)} windows in flight{Idle()}, groups of {shape.GroupSize} threads");

    /// <summary>The kernel for the tile that the options of <paramref name="job"/> ask for on <paramref name="accelerator"/>.</summary>
    /// <param name="mostWindows">Windows in flight at most, but one tile at least; 0: as many as corpus and device allow.</param>
    /// <param name="given">How to launch; null: what suits the device.</param>
    /// <param name="units">What tiles are trained with.</param>
    public static UpdateKernel For(TrainingJob job, Accelerator accelerator, int mostWindows, LaunchShape? given, TileUnits units)
    {
        if (MeanWindowUpdate.HasOneInput(job.Options))
            return MeanWindowUpdate.Load(job, accelerator, mostWindows, given);
        if (!job.Options.HasTiles)
            return WindowUpdate.Load(job, accelerator, mostWindows, given);
        int lanes = given?.Lanes ?? LaunchShape.LanesForTiles(accelerator);
        var tile = TileUpdate.Geometry(job.Options, accelerator, lanes, units);
        return tile.Tile.Centers == 1
            ? WindowUpdate.Load(job, accelerator, mostWindows, given)
            : TileUpdate.Load(job, accelerator, tile, mostWindows, given, units);
    }

    /// <summary>Allocates what the kernel writes besides the rows.</summary>
    public abstract void Allocate(Accelerator accelerator);

    /// <summary>Trains the kept tokens of <paramref name="span"/>.</summary>
    public abstract void Launch(AcceleratorStream stream, DeviceMemory memory, TrainingSpan span, int runs);

    /// <summary>The bytes and operations of all launches so far; null where they are not counted.</summary>
    public virtual BackendCosts? Counted => null;

    /// <summary>Has the results of the launch copied to the host behind it.</summary>
    public void QueueResults(AcceleratorStream stream) => _results.ForEach(result => result.Queue(stream));

    /// <summary>Adds up the losses of the last launch, in double precision, when its stream was waited for.</summary>
    public abstract TrainingLoss ReadLoss();

    public void Dispose()
    {
        _results.ForEach(DriverGuard.Release);
        _results.Clear();
        _buffers.ForEach(DriverGuard.Release);
        _buffers.Clear();
    }

    /// <summary>Allocates <paramref name="length"/> elements that live as long as this object.</summary>
    protected MemoryBuffer1D<T, Stride1D.Dense> New<T>(Accelerator accelerator, long length)
        where T : unmanaged
    {
        var buffer = accelerator.Allocate1D<T>(length);
        _buffers.Add(buffer);
        return buffer;
    }

    /// <summary>Allocates <paramref name="length"/> numbers that each launch leaves.</summary>
    protected LaunchResult<T> NewResult<T>(Accelerator accelerator, long length)
        where T : unmanaged
    {
        var result = new LaunchResult<T>(accelerator, length);
        _results.Add(result);
        return result;
    }

    /// <summary>The sum of the losses that threads left, in double precision, and of the pairs that groups counted.</summary>
    protected static TrainingLoss Sum(ReadOnlySpan<float> losses, ReadOnlySpan<int> pairs)
    {
        double loss = 0;
        foreach (float part in losses)
            loss += part;
        long count = 0;
        foreach (int part in pairs)
            count += part;
        return new TrainingLoss(loss, count);
    }

    /// <summary>Uploads what lists say.</summary>
    protected (MemoryBuffer1D<int, Stride1D.Dense> Numbers, MemoryBuffer1D<int, Stride1D.Dense> Starts) Upload(Accelerator accelerator, PackedLists lists)
    {
        int[] packed = lists.Pack();
        var numbers = New<int>(accelerator, packed.Length);
        var starts = New<int>(accelerator, lists.Starts.Length);
        numbers.View.CopyFromCPU(packed);
        starts.View.CopyFromCPU(lists.Starts);
        return (numbers, starts);
    }

    private string Idle() => plan.Groups < shape.MostGroups
        ? string.Create(CultureInfo.InvariantCulture, $" of {shape.MostGroups * centers} that fit (more would spoil the vectors of so short a corpus)")
        : "";
}
