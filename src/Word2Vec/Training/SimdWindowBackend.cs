using System.Diagnostics;

namespace Word2Vec.Training;

/// <summary>
/// The processor's backend for the models without tiles, as <see cref="SimdBackend"/> is for skip-gram with negative sampling: threads that train the
/// shared rows without locks. With one thread, and so where the result must not depend on their number, it is the same bytes each time.
/// </summary>
internal sealed class SimdWindowBackend : ITrainingBackend
{
    private const int LongestPiece = 4096, ShortestPiece = 64, PiecesAThread = 64, LongestSpan = 1 << 22;

    private readonly TrainingJob _job;
    private readonly ISimdWindowWorker[] _workers;
    private readonly PieceQueue _pieces;
    private TimeSpan _training;

    private SimdWindowBackend(TrainingJob job, SimdPath path)
    {
        _job = job;
        int threads = ThreadsOf(job.Options), length = SpanLength.For(job.Options, LongestPiece, ShortestPiece);
        _workers = new ISimdWindowWorker[threads];
        for (int i = 0; i < threads; i++)
            _workers[i] = ISimdWindowWorker.Create(path, job);
        _pieces = new PieceQueue(job, length, [.. _workers.Select(worker => (Func<TrainingSpan, TrainingLoss>)worker.Train)]);
        PreferredSpan = (int)Math.Min(LongestSpan, (long)length * PiecesAThread * threads);
        Description = $"{SimdBackend.Name(path)}, {threads} thread{(threads == 1 ? "" : "s")}{(job.Options.Deterministic ? ", deterministic" : "")}, "
            + $"{job.Options.ModelName}, window by window";
    }

    public string Description { get; }

    public int PreferredSpan { get; }

    /// <summary>Each row is read once and changed once; each dot product is one, and an addition of a row to each side of it.</summary>
    public BackendCosts Costs => new()
    {
        Kernels = _training,
        BytesMoved = 2L * sizeof(float) * _job.Options.VectorSize * _workers.Sum(worker => worker.Work.Rows),
        FloatingPointOperations = 3L * 2 * _job.Options.VectorSize * _workers.Sum(worker => worker.Work.Dots),
    };

    public static SimdWindowBackend Create(TrainingJob job, SimdPath path) => new(job, path);

    /// <summary>How many threads train with <paramref name="options"/>.</summary>
    public static int ThreadsOf(TrainingOptions options) =>
        options.Deterministic ? 1 : options.Threads == 0 ? Environment.ProcessorCount : options.Threads;

    public TrainingLoss Train(TrainingSpan span, CancellationToken cancellation)
    {
        long begin = Stopwatch.GetTimestamp();
        TrainingLoss loss = _pieces.Train(span, cancellation);
        _training += Stopwatch.GetElapsedTime(begin);
        return loss;
    }

    public void ReadWeights()
    {
        // The rows that were trained are the job's own.
    }

    public void Dispose()
    {
        foreach (ISimdWindowWorker worker in _workers)
            worker.Dispose();
    }
}
