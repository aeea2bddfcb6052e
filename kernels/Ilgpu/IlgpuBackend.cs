using System.Diagnostics;
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
    private const int ShortestSpan = 1 << 12, PositionsAGroup = 5000, UsualSentence = 1024;

    private readonly TrainingJob _job;
    private readonly AcceleratorStream _stream;
    private readonly UpdateKernel _kernel;
    private readonly int _samplingGroup, _scanGroup;
    private readonly Func<int, DeviceMemory> _allocate;
    private readonly Action<TakenStep>? _told;
    private readonly Action<AcceleratorStream, KernelConfig, SamplingArguments> _count, _scan, _scatter;
    private DeviceMemory _memory;
    private EpochDraws? _draws;
    private readonly TimeSpan _compile, _upload;
    private TimeSpan _trained;
    private int _epoch = -1;

    /// <summary>Compiles the kernels, allocates and uploads.</summary>
    /// <param name="mostWindows">Windows in flight at most; 0: as many as corpus and device allow. Up to one tile the result is the plain backend's.</param>
    /// <param name="shape">How to launch; null: what suits the device.</param>
    /// <param name="trial">What a test has otherwise.</param>
    /// <param name="units">What tiles are trained with.</param>
    public IlgpuBackend(TrainingJob job, Accelerator accelerator, int mostWindows = 0, LaunchShape? shape = null, BackendTrial? trial = null,
        TileUnits units = default)
    {
        long begin = Stopwatch.GetTimestamp();
        trial ??= new BackendTrial();
        (_job, _told) = (job, trial.Told);
        _stream = accelerator.DefaultStream;
        _count = accelerator.LoadKernel<SamplingArguments>(SamplingKernels.Count);
        _scatter = accelerator.LoadKernel<SamplingArguments>(SamplingKernels.Scatter);
        _kernel = UpdateKernel.For(job, accelerator, mostWindows, shape, units);
        _samplingGroup = Math.Min(SamplingGroup, _kernel.Shape.GroupSize);
        _scanGroup = accelerator.AcceleratorType == AcceleratorType.Cuda ? Math.Min(SamplingKernels.LargestScan, accelerator.MaxNumThreadsPerGroup) : _samplingGroup;

        // A kernel that says how many threads come has registers for so many.
        _scan = accelerator.AcceleratorType == AcceleratorType.Cuda
            ? accelerator.LoadKernel<SamplingArguments>(SamplingKernels.Scan, new KernelSpecialization(_scanGroup, null))
            : accelerator.LoadKernel<SamplingArguments>(SamplingKernels.Scan);
        _compile = Stopwatch.GetElapsedTime(begin);
        begin = Stopwatch.GetTimestamp();
        PreferredSpan = trial.IdBlock != 0 ? trial.IdBlock : SpanFor(accelerator.AcceleratorType, job, _kernel.Plan.Windows);
        _allocate = capacity => new DeviceMemory(job, accelerator, _kernel, capacity, PreferredSpan, trial);
        try
        {
            _memory = _allocate((int)Math.Min(job.Corpus.Length, PreferredSpan + Math.Max(PreferredSpan / 64, UsualSentence)));
            _kernel.Allocate(accelerator);
        }
        catch
        {
            Dispose();
            throw;
        }

        _upload = Stopwatch.GetElapsedTime(begin);
        Description = $"{accelerator.Name}, {_kernel.Description}";
    }

    public string Description { get; }

    public int PreferredSpan { get; }

    /// <summary>What was compiled and launched before, by the self-test, counts as compilation.</summary>
    public TimeSpan CompiledBefore { private get; init; }

    public BackendCosts? Costs => (_kernel.Counted ?? new BackendCosts()) with { Compile = CompiledBefore + _compile, Upload = _upload, Kernels = _trained };

    public TrainingLoss Train(TrainingSpan span, CancellationToken cancellation)
    {
        long begin = Stopwatch.GetTimestamp();
        MakeRoom(span);
        if (span.Epoch != _epoch || _draws is null)
        {
            (_epoch, _draws) = (span.Epoch, _job.Sampler.Epoch(span.Epoch));
            _memory.SetKeys(_draws.Keys);
        }

        SamplingArguments sampling = _memory.Sampling(span, _draws.Keys[EpochDraws.KeepKey]);
        int groups = (sampling.Runs + _samplingGroup - 1) / _samplingGroup;
        _count(_stream, (groups, _samplingGroup), sampling);
        _scan(_stream, (1, _scanGroup), sampling);
        _scatter(_stream, (groups, _samplingGroup), sampling);
        _kernel.Launch(_stream, _memory, span, sampling.Runs);
        _kernel.QueueResults(_stream);
        Tell(SpanStep.Launched, span);
        _memory.Ids.SendNext(span, _stream);
        _stream.Synchronize();
        Tell(SpanStep.Trained, span);
        _trained += Stopwatch.GetElapsedTime(begin);
        return _kernel.ReadLoss();
    }

    public void ReadWeights() => _memory.ReadWeights();

    public void Dispose()
    {
        _memory?.Dispose();
        _kernel.Dispose();
    }

    private void Tell(SpanStep step, TrainingSpan span) => _told?.Invoke(new TakenStep(step, span.Start, _memory.Ids.Block));

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
        double bounded = options.HasTiles
            ? windows * (PositionsAGroup / Math.Max(1, work))
            : SpanLength.For(options, (int)Math.Min(int.MaxValue, windows * (long)PositionsAGroup), shortest: 1);
        long wanted = type == AcceleratorType.OpenCL ? OpenClSpan : Math.Clamp(job.Corpus.Length / 16, ShortestCudaSpan, LongestCudaSpan);
        return (int)Math.Max(ShortestSpan, Math.Min(wanted, bounded));
    }
}
