using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace Word2Vec.Training;

/// <summary>
/// The processor's backend whose result does not depend on the number of threads. The corpus is trained in rounds of <see cref="Pieces"/> pieces:
/// each piece starts from the weights before the round and trains as if it were alone; then the changes of all pieces are added up in their order.
/// Who trains a piece, and when, changes nothing.
/// </summary>
/// <remarks>
/// A round is a step of synchronous data-parallel training (local updates, summed), kept short enough by <see cref="RoundPlan"/>. Most rows are named by
/// one piece of a round only and are trained where they are; only the others are copied and merged.
/// </remarks>
internal sealed class DeterministicBackend : ITrainingBackend
{
    /// <summary>Pieces of a round, and so the most threads that have work.</summary>
    public const int Pieces = 8;

    // The same whatever the machine: where a span ends, a round ends.
    private const int LongestSpan = 1 << 18;

    private readonly TrainingJob _job;
    private readonly TileShape _tile;
    private readonly RoundPlan _plan;
    private readonly RowClaims _claims;
    private readonly RowCopies[] _copies = new RowCopies[Pieces];
    private readonly ISimdWorker[] _workers = new ISimdWorker[Pieces];
    private readonly RowMerge[] _merges;
    private TimeSpan _training;
    private long _pairs;

    private DeterministicBackend(TrainingJob job, SimdPath path)
    {
        _job = job;
        _tile = TileShape.Of(job.Options);
        _plan = new RoundPlan(job, Pieces);
        _claims = new RowClaims(job.Weights);
        PreferredSpan = SpanLength.For(job.Options, LongestSpan, shortest: Pieces * _plan.PieceLength);
        int threads = Math.Min(Pieces, job.Options.Threads == 0 ? Environment.ProcessorCount : job.Options.Threads);
        _merges = new RowMerge[threads];
        for (int i = 0; i < threads; i++)
            _merges[i] = new RowMerge(job.Weights, _plan);
        for (int piece = 0; piece < Pieces; piece++)
        {
            _copies[piece] = new RowCopies(job.Weights, _claims);
            _workers[piece] = ISimdWorker.Create(path, job, _tile, _copies[piece]);
        }

        Description = $"{SimdBackend.Name(path)}, {threads} thread{(threads == 1 ? "" : "s")}, deterministic, "
            + (_tile.Centers == 1 ? "window by window" : $"tiles of {_tile.Centers} windows");
    }

    public string Description { get; }

    public int PreferredSpan { get; }

    public BackendCosts Costs => ISimdWorker.CostsOf(_workers, _tile, _job, _pairs) with { Kernels = _training };

    /// <summary>What claims and copies take beside the workers, for <paramref name="words"/> words.</summary>
    public static long BytesFor(int words, TrainingOptions options)
    {
        // A piece copies at most what its tiles name, and far less where most rows are its own.
        long named = Math.Min(2L * words, RoundPlan.LongestPiece * (2L + TileShape.Of(options).Negatives));
        return 2L * words * sizeof(int) + Pieces * named * (options.VectorSize + Weights.RowAlignment) * sizeof(float);
    }

    public static DeterministicBackend Create(TrainingJob job, SimdPath path) => new(job, path);

    public TrainingLoss Train(TrainingSpan span, CancellationToken cancellation)
    {
        long begin = Stopwatch.GetTimestamp();
        using var round = new Rounds(this, span, cancellation);
        var threads = new Thread[_merges.Length - 1];
        for (int i = 0; i < threads.Length; i++)
        {
            int part = i + 1;
            threads[i] = new Thread(() => round.Run(part)) { IsBackground = true };
            threads[i].Start();
        }

        round.Run(0);
        foreach (Thread thread in threads)
            thread.Join();
        TrainingLoss sum = round.Loss;
        _training += Stopwatch.GetElapsedTime(begin);
        _pairs += sum.Pairs;
        return sum;
    }

    public void ReadWeights()
    {
        // The rows that were trained are the job's own.
    }

    public void Dispose()
    {
        foreach (ISimdWorker worker in _workers)
            worker.Dispose();
        foreach (RowCopies copies in _copies)
            copies.Dispose();
    }

    /// <summary>The rounds of one span, which all threads go through together.</summary>
    private sealed class Rounds : IDisposable
    {
        // Claim, train, merge.
        private const int Phases = 3;

        private readonly DeterministicBackend _backend;
        private readonly TrainingSpan _span;
        private readonly CancellationToken _cancellation;
        private readonly Barrier _barrier;
        private readonly TrainingLoss[] _losses = new TrainingLoss[Pieces];
        private long _start;
        private int _next;
        private bool _isOver;
        private ExceptionDispatchInfo? _failure;

        public Rounds(DeterministicBackend backend, TrainingSpan span, CancellationToken cancellation)
        {
            (_backend, _span, _cancellation, _start) = (backend, span, cancellation, span.Start);
            _barrier = new Barrier(backend._merges.Length, AfterPhase);
            _isOver = _start >= span.End;
        }

        /// <summary>The losses of the pieces, added up in their order; throws what a thread threw.</summary>
        public TrainingLoss Loss
        {
            get
            {
                _failure?.Throw();
                return _losses.Aggregate((a, b) => a + b);
            }
        }

        public void Dispose() => _barrier.Dispose();

        /// <summary>What thread <paramref name="part"/> does: pieces of a round, and its share of their merging, until no round is left.</summary>
        public void Run(int part)
        {
            while (!_isOver)
            {
                Phase(() => ForEachPiece(piece => _backend._workers[piece].Claim(Piece(piece), _backend._claims, piece)));
                Phase(() => ForEachPiece(piece => _losses[piece] += _backend._workers[piece].Train(Piece(piece))));
                Phase(() => _backend._merges[part].Merge(_backend._copies, part, _backend._merges.Length));
            }
        }

        private void ForEachPiece(Action<int> action)
        {
            for (int piece = Interlocked.Increment(ref _next) - 1; piece < Pieces; piece = Interlocked.Increment(ref _next) - 1)
                action(piece);
        }

        // A thread that fails must still come to the barrier, or the others wait for ever.
        private void Phase(Action action)
        {
            try
            {
                action();
            }
            catch (Exception e)
            {
                _failure = ExceptionDispatchInfo.Capture(e);
            }

            _barrier.SignalAndWait(CancellationToken.None);
        }

        // Between two phases, when all threads wait.
        private void AfterPhase(Barrier barrier)
        {
            _next = 0;
            if (barrier.CurrentPhaseNumber % Phases < Phases - 1 && _failure is null)
                return;
            _start += (long)Pieces * _backend._plan.PieceLength;
            _isOver = _start >= _span.End || _cancellation.IsCancellationRequested || _failure is not null;
            _backend._claims.BeginRound();
        }

        private TrainingSpan Piece(int piece)
        {
            long start = _start + (long)piece * _backend._plan.PieceLength;
            return new TrainingSpan(_span.Epoch, Math.Min(start, _span.End), Math.Min(start + _backend._plan.PieceLength, _span.End));
        }
    }
}
