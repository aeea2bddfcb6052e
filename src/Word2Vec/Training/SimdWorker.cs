using Word2Vec.Numerics;

namespace Word2Vec.Training;

/// <summary>What one thread of the CPU backend does, whatever its vector width.</summary>
internal interface ISimdWorker : IDisposable
{
    /// <summary>Trains the windows of a piece of whole sentences.</summary>
    TrainingLoss Train(TrainingSpan piece);

    /// <summary>The tiles trained so far, with their centers and context rows.</summary>
    (long Tiles, long Centers, long Contexts) Work { get; }
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

    public (long Tiles, long Centers, long Contexts) Work { get; private set; }

    public TrainingLoss Train(TrainingSpan piece)
    {
        (long tiles, long centers, long contexts) = Work;
        TrainingLoss loss = default;
        _reader.Begin(piece);
        for (bool more = _reader.Read(_next); more;)
        {
            (_current, _next) = (_next, _current);
            more = _reader.Read(_next);
            loss += new TrainingLoss(_kernel.Train(_current, more ? _next : null), _current.PairCount);
            tiles++;
            centers += _current.CenterCount;

            // A center by itself lies among its contexts, but nobody sees it.
            contexts += _current.CenterCount == 1 ? _current.ContextCount - 1 : _current.ContextCount;
        }

        Work = (tiles, centers, contexts);
        return loss;
    }

    public void Dispose()
    {
        _current.Dispose();
        _next.Dispose();
        _kernel.Dispose();
    }
}
