using System.Globalization;
using ILGPU;
using ILGPU.Runtime;
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
    private readonly bool _resident;
    private readonly List<MemoryBuffer> _buffers = [];
    private readonly MemoryBuffer1D<float, Stride1D.Dense> _input, _output, _inputScales, _outputScales;
    private readonly MemoryBuffer1D<uint, Stride1D.Dense> _keepThresholds, _aliasThresholds, _keys;
    private readonly MemoryBuffer1D<int, Stride1D.Dense> _aliases, _ids, _sums;
    private readonly MemoryBuffer1D<int, Stride1D.Dense> _keptWords, _keptPositions, _tiles;
    private readonly MemoryBuffer1D<RunCount, Stride1D.Dense> _counts;
    private readonly MemoryBuffer1D<RunStart, Stride1D.Dense> _starts;

    /// <summary>Allocates and uploads for spans of at most <paramref name="capacity"/> positions.</summary>
    /// <exception cref="Word2VecException">The device has too little memory; nothing was allocated.</exception>
    public DeviceMemory(TrainingJob job, Accelerator accelerator, UpdateKernel kernel, int scanGroup, int capacity, bool streamed)
    {
        (_job, _accelerator, _centers, Capacity) = (job, accelerator, kernel.Centers, capacity);
        _rate = new LearningRateSchedule(job.Options.LearningRate, job.Options.Epochs, job.Corpus.Length);
        int words = job.Corpus.Vocabulary.Count, runs = (capacity / SamplingKernels.RunLength) + 2;
        long rows = job.Weights.Length;
        _resident = !streamed && (job.Corpus.Length * sizeof(int)) <= accelerator.MemorySize / 4;
        long ids = _resident ? job.Corpus.Length : capacity;
        Refuse(kernel.Bytes + sizeof(float) * ((2 * rows) + (3L * capacity) + (8L * runs) + ids + (5L * words)));
        try
        {
            _input = New<float>(rows);
            _output = New<float>(rows);
            _keys = New<uint>(2L * job.Sampler.Epoch(0).Keys.Length);
            _ids = New<int>(ids);
            _sums = New<int>(SamplingKernels.SumsOfThread * scanGroup);
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
            _input.View.CopyFromCPU(ref *job.Weights.Input, rows);
            _output.View.CopyFromCPU(ref *job.Weights.Output, rows);
            if (_resident)
                _ids.View.CopyFromCPU(ref *job.Corpus.First, ids);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Positions that a span may have.</summary>
    public int Capacity { get; }

    /// <summary>Scratch of the scan.</summary>
    public ArrayView<int> Sums => _sums.View;

    /// <summary>Uploads an epoch's keys.</summary>
    public void SetKeys(DrawKey[] keys) => _keys.View.CopyFromCPU(keys.SelectMany(key => new[] { key.A, key.B }).ToArray());

    /// <summary>The arguments of the sampling kernels for <paramref name="span"/>; uploads its ids when the corpus does not lie on the device.</summary>
    public SamplingArguments Sampling(TrainingSpan span, DrawKey keep)
    {
        int length = (int)(span.End - span.Start);
        if (!_resident)
            _ids.View.CopyFromCPU(ref _job.Corpus.First[span.Start], length);
        return new SamplingArguments
        {
            Ids = _ids.View,
            KeepThresholds = _keepThresholds.View,
            Counts = _counts.View,
            Starts = _starts.View,
            KeptWords = _keptWords.View,
            KeptPositions = _keptPositions.View,
            Tiles = _tiles.View,
            Centers = _centers,
            SpanStart = span.Start,
            First = _resident ? span.Start : 0,
            Length = length,
            Runs = (length + SamplingKernels.RunLength - 1) / SamplingKernels.RunLength,
            KeyA = keep.A,
            KeyB = keep.B,
        };
    }

    /// <summary>The input and output vectors, four floats at a time.</summary>
    public (ArrayView<Float4> Input, ArrayView<Float4> Output) Vectors =>
        (_input.View.AsContiguous().Cast<Float4>(), _output.View.AsContiguous().Cast<Float4>());

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
        _input.View.CopyToCPU(ref *_job.Weights.Input, _job.Weights.Length);
        _output.View.CopyToCPU(ref *_job.Weights.Output, _job.Weights.Length);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
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

    private MemoryBuffer1D<T, Stride1D.Dense> Upload<T>(T[] values)
        where T : unmanaged
    {
        var buffer = New<T>(values.Length);
        buffer.View.CopyFromCPU(values);
        return buffer;
    }

    private void Refuse(long bytes)
    {
        // ILGPU's CPU accelerator reports no useful size; a driver keeps a part for itself.
        long usable = _accelerator.AcceleratorType == AcceleratorType.CPU ? long.MaxValue : _accelerator.MemorySize / 100 * 95;
        if (bytes <= usable)
            return;
        long fitting = _job.Options.VectorSize * usable / bytes;
        throw new Word2VecException(ErrorKind.Device, string.Create(CultureInfo.InvariantCulture,
            $"The training needs {bytes >> 20} MiB on {_accelerator.Name}, which has {_accelerator.MemorySize >> 20} MiB: {_job.Corpus.Vocabulary.Count} words × {_job.Options.VectorSize}. A --size of about {fitting}, a higher --min-count or --device cpu fits."));
    }
}
