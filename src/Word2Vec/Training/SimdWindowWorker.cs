using System.Runtime.Intrinsics;
using Word2Vec.Numerics;

namespace Word2Vec.Training;

/// <summary>What one thread of <see cref="SimdWindowBackend"/> does, whatever its vector width.</summary>
internal interface ISimdWindowWorker : IDisposable
{
    /// <summary>Trains the windows of a piece of whole sentences.</summary>
    TrainingLoss Train(TrainingSpan piece);

    /// <summary>Rows that the windows trained so far have moved, and the dot products that they took.</summary>
    (long Rows, long Dots) Work { get; }

    /// <summary>Makes a worker of <paramref name="path"/>'s width.</summary>
    static ISimdWindowWorker Create(SimdPath path, TrainingJob job) => path switch
    {
        SimdPath.Avx512 => new SimdWindowWorker<Lanes512, Vector512<float>>(job),
        SimdPath.Avx2 => new SimdWindowWorker<Lanes256, Vector256<float>>(job),
        _ => new SimdWindowWorker<Lanes128, Vector128<float>>(job),
    };
}

/// <summary>One thread: reads window after window and trains each with its kernel; while one is trained, the rows of the next come in from memory.</summary>
internal sealed class SimdWindowWorker<TLanes, TVector> : ISimdWindowWorker
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    private readonly WindowReader _reader;
    private readonly WindowKernel<TLanes, TVector> _kernel;
    private WindowRows _current, _next;

    public SimdWindowWorker(TrainingJob job)
    {
        int mostInputs = WindowShape.Of(job.Options).CenterIsInput ? 1 : 2 * job.Options.Window;
        _reader = new WindowReader(job);
        _kernel = new WindowKernel<TLanes, TVector>(job.Weights, mostInputs);
        (_current, _next) = (new WindowRows(job.Weights, mostInputs), new WindowRows(job.Weights, mostInputs));
    }

    public (long Rows, long Dots) Work { get; private set; }

    public TrainingLoss Train(TrainingSpan piece)
    {
        (long rows, long dots) = Work;
        TrainingLoss loss = default;
        _reader.Begin(piece);
        for (bool more = _reader.Read(_next); more;)
        {
            (_current, _next) = (_next, _current);
            more = _reader.Read(_next);
            loss += new TrainingLoss(_kernel.Train(_current, more ? _next : null), _current.PairCount);
            rows += _current.InputRowCount + _current.TargetCount;
            dots += (long)_current.InputCount * _current.TargetCount;
        }

        Work = (rows, dots);
        return loss;
    }

    public void Dispose()
    {
        _kernel.Dispose();
        _current.Dispose();
        _next.Dispose();
    }
}
