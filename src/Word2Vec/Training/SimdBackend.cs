using System.Runtime.Intrinsics;
using Word2Vec.Numerics;

namespace Word2Vec.Training;

/// <summary>
/// The processor's backend: each thread takes pieces of the span and trains the shared rows without locks (Recht et al. 2011, "Hogwild!"). With one
/// thread the pieces come in order and the result is the same bytes each time.
/// </summary>
internal sealed class SimdBackend : ITrainingBackend
{
    // A piece takes a thread about a millisecond, a span fifty: what the last one to finish keeps the others waiting is little beside it.
    private const int PieceLength = 4096, PiecesASpan = 64;

    private readonly TrainingJob _job;
    private readonly ISimdWorker[] _workers;

    private SimdBackend(TrainingJob job, SimdPath path)
    {
        _job = job;
        int threads = job.Options.Threads == 0 ? Environment.ProcessorCount : job.Options.Threads;
        _workers = new ISimdWorker[threads];
        for (int i = 0; i < threads; i++)
        {
            _workers[i] = path switch
            {
                SimdPath.Avx512 => new SimdWorker<Lanes512, Vector512<float>>(job),
                SimdPath.Avx2 => new SimdWorker<Lanes256, Vector256<float>>(job),
                _ => new SimdWorker<Lanes128, Vector128<float>>(job),
            };
        }

        int centers = TileShape.Of(job.Options).Centers;
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

    public int PreferredSpan => checked(PieceLength * PiecesASpan * _workers.Length);

    public static SimdBackend Create(TrainingJob job, SimdPath path) => new(job, path);

    public TrainingLoss Train(TrainingSpan span, CancellationToken cancellation)
    {
        long nextPiece = span.Start;
        var losses = new TrainingLoss[_workers.Length];
        if (_workers.Length == 1)
            TakePieces(0);
        else
            Parallel.For(0, _workers.Length, new ParallelOptions { MaxDegreeOfParallelism = _workers.Length }, TakePieces);
        return losses.Aggregate((a, b) => a + b);

        void TakePieces(int worker)
        {
            TrainingLoss loss = default;
            while (!cancellation.IsCancellationRequested)
            {
                long end = Interlocked.Add(ref nextPiece, PieceLength), start = end - PieceLength;
                if (start >= span.End)
                    break;
                var piece = new TrainingSpan(span.Epoch, start == span.Start ? start : _job.Corpus.SentenceStart(start),
                    Math.Min(span.End, _job.Corpus.SentenceStart(end)));
                loss += _workers[worker].Train(piece);
            }

            losses[worker] = loss;
        }
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
