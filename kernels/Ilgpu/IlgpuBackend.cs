using System.Globalization;
using ILGPU;
using ILGPU.Runtime;
using Word2Vec.Sampling;
using Word2Vec.Training;

namespace Word2Vec.Kernels.Ilgpu;

/// <summary>
/// Trains on an ILGPU accelerator. Rows, ids and tables lie on the device; a span is four launches, and the host sends an epoch's keys, no more.
/// </summary>
internal sealed class IlgpuBackend : ITrainingBackend
{
    private const int SamplingGroup = 128, LongestCudaSpan = 1 << 22, ShortestCudaSpan = 1 << 16, OpenClSpan = 1 << 18;
    private const int ShortestSpan = 1 << 12, PositionsAGroup = 5000;

    private readonly TrainingJob _job;
    private readonly AcceleratorStream _stream;
    private readonly LaunchShape _shape;
    private readonly ConcurrencyPlan _plan;
    private readonly LearningRateSchedule _rate;
    private readonly Func<int, DeviceMemory> _allocate;
    private readonly Action<AcceleratorStream, KernelConfig, SamplingArguments> _count, _scatter;
    private readonly Action<AcceleratorStream, KernelConfig, SamplingArguments, ArrayView<int>> _scan;
    private readonly Action<AcceleratorStream, KernelConfig, WindowArguments> _train;
    private DeviceMemory _memory;
    private EpochDraws? _draws;
    private int _epoch = -1;

    /// <summary>Compiles the kernels, allocates and uploads.</summary>
    /// <param name="mostWindows">Windows in flight at most; 0: as many as corpus and device allow. With 1 the result is the plain backend's.</param>
    /// <param name="shape">How to launch; null: what suits the device.</param>
    /// <param name="streamed">Whether ids are sent span by span though the device could hold them all.</param>
    public IlgpuBackend(TrainingJob job, Accelerator accelerator, int mostWindows = 0, LaunchShape? shape = null, bool streamed = false)
    {
        if (TileShape.Of(job.Options, mostCenters: 1).Centers != 1)
            throw new Word2VecException(ErrorKind.Usage,
                $"--tile is {job.Options.Tile}; the kernels train window by window. Leave it out, say --tile 1, or use --device cpu.");
        _job = job;
        _stream = accelerator.DefaultStream;
        _shape = shape ?? LaunchShape.For(accelerator, job.Options.VectorSize);
        _rate = new LearningRateSchedule(job.Options.LearningRate, job.Options.Epochs, job.Corpus.Length);
        _count = accelerator.LoadKernel<SamplingArguments>(SamplingKernels.Count);
        _scan = accelerator.LoadKernel<SamplingArguments, ArrayView<int>>(SamplingKernels.Scan);
        _scatter = accelerator.LoadKernel<SamplingArguments>(SamplingKernels.Scatter);
        _train = accelerator.LoadKernel<WindowArguments>(
            _shape.Shuffles ? WindowKernels.Train<WarpArithmetic> : WindowKernels.Train<MemoryArithmetic>);
        _shape = _shape.Limit(accelerator, _train);
        _plan = new ConcurrencyPlan(job, mostWindows == 0 ? _shape.MostGroups : mostWindows);
        PreferredSpan = SpanFor(accelerator.AcceleratorType, job, _plan.Windows);
        _allocate = capacity => new DeviceMemory(job, accelerator, _shape, _plan, capacity, streamed);
        _memory = _allocate((int)Math.Min(job.Corpus.Length, PreferredSpan + (PreferredSpan / 64)));
        Description = string.Create(CultureInfo.InvariantCulture,
            $"{accelerator.Name}, {_plan.Windows} windows in flight{Idle()}, groups of {_shape.GroupSize} threads");
    }

    public string Description { get; }

    public int PreferredSpan { get; }

    public TrainingLoss Train(TrainingSpan span, CancellationToken cancellation)
    {
        MakeRoom(span);
        if (span.Epoch != _epoch || _draws is null)
        {
            (_epoch, _draws) = (span.Epoch, _job.Sampler.Epoch(span.Epoch));
            _memory.SetKeys(_draws.Keys);
        }

        SamplingArguments sampling = _memory.Sampling(span, _draws.Keys[EpochDraws.KeepKey]);
        int groupSize = Math.Min(SamplingGroup, _shape.GroupSize), groups = (sampling.Runs + groupSize - 1) / groupSize;
        _count(_stream, (groups, groupSize), sampling);
        _scan(_stream, (1, groupSize), sampling, _memory.Sums);
        _scatter(_stream, (groups, groupSize), sampling);
        _train(_stream, (_plan.Windows, _shape.GroupSize), _memory.Windows(span, sampling.Runs, _rate));
        _stream.Synchronize();
        return _memory.ReadLoss();
    }

    public void ReadWeights() => _memory.ReadWeights();

    public void Dispose() => _memory.Dispose();

    /// <summary>A span ends with a sentence, so a long one may need more room than the usual span.</summary>
    private void MakeRoom(TrainingSpan span)
    {
        int length = checked((int)(span.End - span.Start));
        if (length <= _memory.Capacity)
            return;
        _memory.ReadWeights();
        _memory.Dispose();
        _memory = _allocate(length);
        _draws = null;
    }

    /// <summary>
    /// Launches long enough to be worth it, and short enough for progress and Ctrl-C; what OpenCL reaches may be a hundred times slower
    /// than CUDA's cards, and a driver that also draws the screen ends a launch that takes seconds, so a group gets a bounded share of work.
    /// The groups of a launch train different parts of its span at once, early and late learning rates together, so an epoch is sixteen
    /// launches or more where it is long enough.
    /// </summary>
    private static int SpanFor(AcceleratorType type, TrainingJob job, int windows)
    {
        if (type == AcceleratorType.CPU)
            return ShortestSpan;
        TrainingOptions options = job.Options, usual = new();
        double work = (double)options.VectorSize * options.Window * (1 + options.Negatives) / (usual.VectorSize * usual.Window * (1 + usual.Negatives));
        double bounded = windows * (PositionsAGroup / Math.Max(1, work));
        long wanted = type == AcceleratorType.OpenCL ? OpenClSpan : Math.Clamp(job.Corpus.Length / 16, ShortestCudaSpan, LongestCudaSpan);
        return (int)Math.Max(ShortestSpan, Math.Min(wanted, bounded));
    }

    private string Idle() => _plan.Windows < _shape.MostGroups
        ? string.Create(CultureInfo.InvariantCulture, $" of {_shape.MostGroups} that fit (more would spoil the vectors of so short a corpus)")
        : "";
}
