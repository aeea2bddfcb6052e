using System.Diagnostics;
using Word2Vec.Numerics;

namespace Word2Vec.Training;

/// <summary>
/// The processor's backend: each thread takes pieces of the span and trains the shared rows without locks (Recht et al. 2011, "Hogwild!"). With one
/// thread the pieces come in order and the result is the same bytes each time.
/// </summary>
internal sealed class SimdBackend : ITrainingBackend
{
    // 64 pieces a thread: what the last one to finish keeps the others waiting at the end of a span is little beside it. The ids of a span stay in
    // memory until then, so many threads get shorter pieces, not longer spans (docs/many-threads.md).
    private const int LongestPiece = 4096, ShortestPiece = 1024, PiecesAThread = 64, LongestSpan = 1 << 22;

    // Beyond so many windows in flight the changes of a frequent row overshoot together (docs/many-threads.md).
    private const int MostWindows = 2000;

    private readonly TrainingJob _job;
    private readonly ISimdWorker[] _workers;
    private readonly TileShape _tile;
    private readonly PieceQueue _pieces;
    private TimeSpan _training;
    private long _pairs;

    private SimdBackend(TrainingJob job, SimdPath path)
    {
        _job = job;
        int threads = job.Options.Threads == 0 ? Environment.ProcessorCount : job.Options.Threads;
        TileShape tile = _tile = TileShape.Of(job.Options, Math.Clamp(MostWindows / threads, 1, TileShape.DefaultCenters));
        int pieceLength = SpanLength.For(job.Options, Math.Clamp(LongestSpan / PiecesAThread / threads, ShortestPiece, LongestPiece), shortest: 64);
        _workers = new ISimdWorker[threads];
        for (int i = 0; i < threads; i++)
            _workers[i] = ISimdWorker.Create(path, job, tile);
        _pieces = new PieceQueue(job, pieceLength, [.. _workers.Select(worker => (Func<TrainingSpan, TrainingLoss>)worker.Train)]);
        PreferredSpan = (int)Math.Min(LongestSpan, (long)pieceLength * PiecesAThread * threads);
        int centers = tile.Centers;
        Description = $"{Name(path)}, {threads} thread{(threads == 1 ? "" : "s")}, {(centers == 1 ? "window by window" : $"tiles of {centers} windows")}";
    }

    /// <summary>The widest path that this processor has.</summary>
    public static SimdPath Widest => PathOf(SimdWidth.Widest);

    /// <summary>The widest path, or the one that <see cref="SimdWidth.Variable"/> forces.</summary>
    /// <exception cref="Word2VecException">The variable names no path or one that this processor lacks.</exception>
    public static SimdPath Best => PathOf(SimdWidth.Best);

    /// <summary>What people call the instructions.</summary>
    public static string Name(SimdPath path) => path switch
    {
        SimdPath.Avx512 => "AVX-512",
        SimdPath.Avx2 => "AVX2",
        _ => "128-bit vectors",
    };

    private static SimdPath PathOf(int floats) => floats switch
    {
        16 => SimdPath.Avx512,
        8 => SimdPath.Avx2,
        _ => SimdPath.Portable,
    };

    public string Description { get; }

    public int PreferredSpan { get; }

    public BackendCosts Costs => ISimdWorker.CostsOf(_workers, _tile, _job, _pairs) with { Kernels = _training };

    public static SimdBackend Create(TrainingJob job, SimdPath path) => new(job, path);

    public TrainingLoss Train(TrainingSpan span, CancellationToken cancellation)
    {
        long begin = Stopwatch.GetTimestamp();
        TrainingLoss loss = _pieces.Train(span, cancellation);
        _training += Stopwatch.GetElapsedTime(begin);
        _pairs += loss.Pairs;
        return loss;
    }

    public void ReadWeights()
    {
        // The rows that were trained are the job's own.
    }

    public void Dispose()
    {
        foreach (ISimdWorker worker in _workers)
            worker.Dispose();
    }
}
