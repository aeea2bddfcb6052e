using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.OpenCL;
using Word2Vec.Numerics;
using Word2Vec.Training;

namespace Word2Vec.Kernels.Ilgpu;

/// <summary>What a training keeps on its device whatever kernel trains: rows, tables, ids, the kept list.</summary>
internal sealed unsafe class DeviceMemory : IDisposable
{
    private readonly TrainingJob _job;
    private readonly Accelerator _accelerator;
    private readonly LearningRateSchedule _rate;
    private readonly int _centers;
    private readonly List<MemoryBuffer> _buffers = [];
    private readonly MemoryBuffer1D<float, Stride1D.Dense> _input, _output, _inputScales, _outputScales;
    private readonly MemoryBuffer1D<uint, Stride1D.Dense> _keepThresholds, _aliasThresholds, _keys;
    private readonly MemoryBuffer1D<int, Stride1D.Dense> _aliases;
    private readonly MemoryBuffer1D<int, Stride1D.Dense> _keptWords, _keptPositions, _tiles;
    private readonly MemoryBuffer1D<RunCount, Stride1D.Dense> _counts;
    private readonly MemoryBuffer1D<RunStart, Stride1D.Dense> _starts;

    /// <summary>Allocates and uploads for spans of at most <paramref name="capacity"/> positions, and <paramref name="usualSpan"/> as a rule.</summary>
    /// <exception cref="Word2VecException">The device has too little memory; nothing was allocated.</exception>
    public DeviceMemory(TrainingJob job, Accelerator accelerator, UpdateKernel kernel, int capacity, int usualSpan, BackendTrial trial)
    {
        (_job, _accelerator, _centers, Capacity) = (job, accelerator, kernel.Centers, capacity);
        _rate = new LearningRateSchedule(job.Options.LearningRate, job.Options.Epochs, job.Corpus.Length);
        int runs = (capacity / SamplingKernels.RunLength) + 2;
        long words = job.Corpus.Vocabulary.Count, scales = (long)job.Weights.InputRows + job.Weights.OutputRows;
        int idsCapacity = TakesIdsInBlocks(job, accelerator, trial) ? capacity : 0;
        Room(accelerator, trial).Refuse(job, kernel.Bytes + CorpusIds.Bytes(job.Corpus, idsCapacity) + sizeof(float) * ((3L * capacity) + (8L * runs) + (3 * words) + scales));
        try
        {
            _input = New<float>(job.Weights.InputLength);
            _output = New<float>(job.Weights.OutputLength);
            _keys = New<uint>(2L * job.Sampler.Epoch(0).Keys.Length);
            _keptWords = New<int>(capacity);
            _keptPositions = New<int>(capacity);
            _tiles = New<int>(capacity);
            _counts = New<RunCount>(runs);
            _starts = New<RunStart>(runs);
            _inputScales = Upload(kernel.Plan.InputScales);
            _outputScales = Upload(kernel.Plan.OutputScales);
            _keepThresholds = Upload(job.Sampler.KeepThresholds);
            _aliasThresholds = Upload(job.Sampler.NegativeTable.Thresholds);
            _aliases = Upload(job.Sampler.NegativeTable.Aliases);
            _input.View.CopyFromCPU(ref *job.Weights.Input, job.Weights.InputLength);
            _output.View.CopyFromCPU(ref *job.Weights.Output, job.Weights.OutputLength);
            Ids = new CorpusIds(job, accelerator, idsCapacity, usualSpan, trial.Told);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Positions that a span may have.</summary>
    public int Capacity { get; }

    /// <summary>The corpus.</summary>
    public CorpusIds Ids { get; }

    /// <summary>Whether ids come in blocks, rather than all at once.</summary>
    public static bool TakesIdsInBlocks(TrainingJob job, Accelerator accelerator, BackendTrial trial) =>
        trial.IdBlock != 0 || !Room(accelerator, trial).HoldsIds(job.Corpus.Length);

    /// <summary>Uploads an epoch's keys.</summary>
    public void SetKeys(ReadOnlySpan<DrawKey> keys)
    {
        var words = new uint[2 * keys.Length];
        for (int i = 0; i < keys.Length; i++)
            (words[2 * i], words[2 * i + 1]) = (keys[i].A, keys[i].B);
        _keys.View.CopyFromCPU(words);
    }

    /// <summary>The arguments of the sampling kernels for <paramref name="span"/>; waits for its ids when the corpus does not lie on the device.</summary>
    public SamplingArguments Sampling(TrainingSpan span, DrawKey keep)
    {
        int length = (int)(span.End - span.Start);
        (ArrayView<int> ids, long first) = Ids.Take(span);
        return new SamplingArguments
        {
            Ids = ids,
            KeepThresholds = _keepThresholds.View,
            Counts = _counts.View,
            Starts = _starts.View,
            KeptWords = _keptWords.View,
            KeptPositions = _keptPositions.View,
            Tiles = _tiles.View,
            Centers = _centers,
            SpanStart = span.Start,
            First = first,
            Length = length,
            Runs = (length + SamplingKernels.RunLength - 1) / SamplingKernels.RunLength,
            KeyA = keep.A,
            KeyB = keep.B,
        };
    }

    /// <summary>The input and output vectors, four floats at a time.</summary>
    public (ArrayView<Float4> Input, ArrayView<Float4> Output) Vectors =>
        (_input.View.AsContiguous().Cast<Float4>(), _output.View.AsContiguous().Cast<Float4>());

    /// <summary>Where they begin in the device's memory.</summary>
    public (long Input, long Output) Addresses => (_input.NativePtr, _output.NativePtr);

    /// <summary>What every training kernel reads and changes for <paramref name="span"/>.</summary>
    public SpanArguments Arguments(TrainingSpan span, int runs) => new()
    {
        Input = _input.View,
        Output = _output.View,
        InputScales = _inputScales.View,
        OutputScales = _outputScales.View,
        KeptWords = _keptWords.View,
        KeptPositions = _keptPositions.View,
        Tiles = _tiles.View,
        Starts = _starts.View,
        AliasThresholds = _aliasThresholds.View,
        Aliases = _aliases.View,
        Keys = _keys.View,
        Start = span.Start,
        Rate = _rate.At(span.Epoch, span.Start),
        RateFall = (float)(_job.Options.LearningRate / ((double)_job.Options.Epochs * _job.Corpus.Length)),
        RateFloor = _rate.At(int.MaxValue, 0),
        Stride = _job.Weights.Stride,
        Size = _job.Weights.Size,
        Window = _job.Options.Window,
        Runs = runs,
    };

    /// <summary>Copies the rows into the job's weights.</summary>
    public void ReadWeights()
    {
        _input.View.CopyToCPU(ref *_job.Weights.Input, _job.Weights.InputLength);
        _output.View.CopyToCPU(ref *_job.Weights.Output, _job.Weights.OutputLength);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        DriverGuard.Release(Ids);
        _buffers.ForEach(DriverGuard.Release);
        _buffers.Clear();
    }

    private MemoryBuffer1D<T, Stride1D.Dense> New<T>(long length)
        where T : unmanaged
    {
        var buffer = _accelerator.Allocate1D<T>(length);
        _buffers.Add(buffer);
        return buffer;
    }

    private MemoryBuffer1D<T, Stride1D.Dense> Upload<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        var buffer = New<T>(values.Length);
        buffer.View.CopyFromCPU(values.ToArray());
        return buffer;
    }

    /// <summary>ILGPU's CPU accelerator reports no useful size, and CUDA gives all it has in one piece.</summary>
    private static DeviceRoom Room(Accelerator accelerator, BackendTrial trial)
    {
        long bytes = accelerator.AcceleratorType == AcceleratorType.CPU ? long.MaxValue : accelerator.MemorySize;
        long largest = accelerator.Device is CLDevice device ? device.GetDeviceInfo<long>(CLDeviceInfoType.CL_DEVICE_MAX_MEM_ALLOC_SIZE) : long.MaxValue;
        return new DeviceRoom(accelerator.Name, bytes, trial.LargestPiece == 0 ? largest : trial.LargestPiece);
    }
}
