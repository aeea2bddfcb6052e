using System.Globalization;
using ILGPU;
using ILGPU.Runtime;
using Word2Vec.Numerics;
using Word2Vec.Training;

namespace Word2Vec.Kernels.Ilgpu;

/// <summary>Everything that a training keeps on its device: rows, tables, ids, the kept list, and the groups' scratch.</summary>
internal sealed unsafe class DeviceMemory : IDisposable
{
    private readonly TrainingJob _job;
    private readonly Accelerator _accelerator;
    private readonly LaunchShape _shape;
    private readonly int _groups;
    private readonly bool _resident;
    private readonly List<MemoryBuffer> _buffers = [];
    private readonly MemoryBuffer1D<float, Stride1D.Dense> _input, _output, _inputScales, _outputScales, _gradients, _changes, _partials, _losses;
    private readonly MemoryBuffer1D<uint, Stride1D.Dense> _keepThresholds, _aliasThresholds, _keys;
    private readonly MemoryBuffer1D<int, Stride1D.Dense> _aliases, _samples, _pairs, _ids, _sums;
    private readonly MemoryBuffer1D<int, Stride1D.Dense> _keptWords, _keptPositions, _counts, _offsets;

    /// <summary>Allocates and uploads for spans of at most <paramref name="capacity"/> positions.</summary>
    /// <exception cref="Word2VecException">The device has too little memory; nothing was allocated.</exception>
    public DeviceMemory(TrainingJob job, Accelerator accelerator, LaunchShape shape, ConcurrencyPlan plan, int capacity, bool streamed)
    {
        (_job, _accelerator, _shape, _groups, Capacity) = (job, accelerator, shape, plan.Windows, capacity);
        int samples = 1 + job.Options.Negatives, contexts = 2 * job.Options.Window, words = job.Corpus.Vocabulary.Count;
        long rows = job.Weights.Length, scratch = (long)_groups * contexts * shape.GroupSize;
        _resident = !streamed && (job.Corpus.Length * sizeof(int)) <= accelerator.MemorySize / 4;
        long ids = _resident ? job.Corpus.Length : capacity;
        Refuse(sizeof(float) * ((2 * rows) + scratch + (3L * capacity) + ids + (5L * words) + ((long)_groups * samples * contexts)));
        try
        {
            _input = New<float>(rows);
            _output = New<float>(rows);
            _gradients = New<float>((long)_groups * samples * contexts);
            _changes = New<float>(scratch);
            _partials = New<float>((long)_groups * shape.GroupSize);
            _losses = New<float>(2L * _groups * shape.GroupSize / shape.Lanes);
            _pairs = New<int>(_groups);
            _samples = New<int>((long)_groups * samples);
            _keys = New<uint>(2L * job.Sampler.Epoch(0).Keys.Length);
            _ids = New<int>(ids);
            _sums = New<int>(shape.GroupSize);
            _keptWords = New<int>(capacity);
            _keptPositions = New<int>(capacity);
            _counts = New<int>((capacity / SamplingKernels.RunLength) + 1);
            _offsets = New<int>((capacity / SamplingKernels.RunLength) + 2);
            _inputScales = Upload(plan.InputScales);
            _outputScales = Upload(plan.OutputScales);
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

    /// <summary>Scratch of the scan: one number a thread of its group.</summary>
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
            Offsets = _offsets.View,
            KeptWords = _keptWords.View,
            KeptPositions = _keptPositions.View,
            SpanStart = span.Start,
            First = _resident ? span.Start : 0,
            Length = length,
            Runs = (length + SamplingKernels.RunLength - 1) / SamplingKernels.RunLength,
            KeyA = keep.A,
            KeyB = keep.B,
        };
    }

    /// <summary>The arguments of the training kernel for <paramref name="span"/>.</summary>
    public WindowArguments Windows(TrainingSpan span, int runs, LearningRateSchedule rate) => new()
    {
        Input = _input.View,
        Output = _output.View,
        InputScales = _inputScales.View,
        OutputScales = _outputScales.View,
        KeptWords = _keptWords.View,
        KeptPositions = _keptPositions.View,
        Offsets = _offsets.View,
        AliasThresholds = _aliasThresholds.View,
        Aliases = _aliases.View,
        Keys = _keys.View,
        Gradients = _gradients.View,
        Changes = _changes.View,
        Partials = _partials.View,
        Samples = _samples.View,
        Losses = _losses.View,
        Pairs = _pairs.View,
        SpanStart = span.Start,
        Rate = rate.At(span.Epoch, span.Start),
        RateFall = (float)(_job.Options.LearningRate / ((double)_job.Options.Epochs * _job.Corpus.Length)),
        RateFloor = rate.At(int.MaxValue, 0),
        Stride = _job.Weights.Stride,
        Size = _job.Weights.Size,
        Window = _job.Options.Window,
        Negatives = _job.Options.Negatives,
        Runs = runs,
        Lanes = _shape.Lanes,
    };

    /// <summary>Waits for the device and adds up the losses of the last training launch, in double precision.</summary>
    public TrainingLoss ReadLoss()
    {
        float[] losses = _losses.GetAsArray1D();
        return new TrainingLoss(losses.Sum(loss => (double)loss), _pairs.GetAsArray1D().Sum(pairs => (long)pairs));
    }

    /// <summary>Copies the rows into the job's weights.</summary>
    public void ReadWeights()
    {
        _input.View.CopyToCPU(ref *_job.Weights.Input, _job.Weights.Length);
        _output.View.CopyToCPU(ref *_job.Weights.Output, _job.Weights.Length);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (MemoryBuffer buffer in _buffers)
            GuardedBackend.Release(buffer);
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
