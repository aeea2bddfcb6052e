using Word2Vec.Numerics;

namespace Word2Vec.Training;

/// <summary>What one thread of the CPU backend does, whatever its vector width.</summary>
internal interface ISimdWorker : IDisposable
{
    /// <summary>Trains the windows of a piece of whole sentences.</summary>
    TrainingLoss Train(TrainingSpan piece);
}

/// <summary>One thread: reads tile after tile and trains each with its kernel; while one is trained, the rows of the next come in from memory.</summary>
internal sealed class SimdWorker<TLanes, TVector> : ISimdWorker
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    private readonly TileReader _reader;
    private readonly TileKernel<TLanes, TVector> _kernel;
    private TileRows _current, _next;

    public SimdWorker(TrainingJob job, TileShape tile)
    {
        _reader = new TileReader(job, tile);
        _current = new TileRows(job, tile);
        _next = new TileRows(job, tile);
        _kernel = new TileKernel<TLanes, TVector>(job.Weights, tile, job.Options.Window, _current);
    }

    public TrainingLoss Train(TrainingSpan piece)
    {
        TrainingLoss loss = default;
        _reader.Begin(piece);
        for (bool more = _reader.Read(_next); more;)
        {
            (_current, _next) = (_next, _current);
            more = _reader.Read(_next);
            loss += new TrainingLoss(_kernel.Train(_current, more ? _next : null), _current.PairCount);
        }

        return loss;
    }

    public void Dispose()
    {
        _current.Dispose();
        _next.Dispose();
        _kernel.Dispose();
    }
}
