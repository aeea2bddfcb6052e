using System.Runtime.Intrinsics;
using Word2Vec.Numerics;

namespace Word2Vec.Training;

/// <summary>What one thread of the CPU backend does, whatever its vector width.</summary>
internal interface ISimdWorker : IDisposable
{
    /// <summary>Trains the windows of a piece of whole sentences.</summary>
    TrainingLoss Train(TrainingSpan piece);

    /// <summary>Claims the rows of a piece, which is then the next to be trained.</summary>
    void Claim(TrainingSpan span, RowClaims claims, int piece);

    /// <summary>The tiles trained so far, with their centers and context rows.</summary>
    (long Tiles, long Centers, long Contexts) Work { get; }

    /// <summary>Makes a worker of <paramref name="path"/>'s width; with <paramref name="copies"/> it trains these, anew for each piece.</summary>
    static ISimdWorker Create(SimdPath path, TrainingJob job, TileShape tile, RowCopies? copies = null) => path switch
    {
        SimdPath.Avx512 => new SimdWorker<Lanes512, Vector512<float>>(job, tile, copies),
        SimdPath.Avx2 => new SimdWorker<Lanes256, Vector256<float>>(job, tile, copies),
        _ => new SimdWorker<Lanes128, Vector128<float>>(job, tile, copies),
    };

    /// <summary>What <paramref name="workers"/> together did.</summary>
    static BackendCosts CostsOf(IReadOnlyList<ISimdWorker> workers, TileShape tile, TrainingJob job, long pairs) => BackendCosts.Counted(
        workers.Sum(worker => worker.Work.Tiles), workers.Sum(worker => worker.Work.Centers), workers.Sum(worker => worker.Work.Contexts),
        pairs, tile.Negatives, job.Options.VectorSize);
}

/// <summary>One thread: reads tile after tile and trains each with its kernel; while one is trained, the rows of the next come in from memory.</summary>
internal sealed class SimdWorker<TLanes, TVector> : ISimdWorker
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    private readonly TileReader _reader;
    private readonly TileKernel<TLanes, TVector> _kernel;
    private readonly RowCopies? _copies;
    private TileRows _current, _next;

    public SimdWorker(TrainingJob job, TileShape tile, RowCopies? copies)
    {
        _copies = copies;
        _reader = new TileReader(job, tile);
        _current = new TileRows(job, tile, copies);
        _next = new TileRows(job, tile, copies);
        _kernel = new TileKernel<TLanes, TVector>(job.Weights, tile, job.Options.Window, _current);
    }

    public (long Tiles, long Centers, long Contexts) Work { get; private set; }

    public void Claim(TrainingSpan span, RowClaims claims, int piece) => _reader.Claim(span, claims, piece);

    public TrainingLoss Train(TrainingSpan piece)
    {
        (long tiles, long centers, long contexts) = Work;
        TrainingLoss loss = default;
        _copies?.Begin();
        if (_copies is null)
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
