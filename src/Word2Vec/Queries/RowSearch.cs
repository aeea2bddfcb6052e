using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Word2Vec.Numerics;
using Word2Vec.Vectors;

namespace Word2Vec.Queries;

/// <summary>
/// Looks for the best rows for a batch of unit queries. The rows are cut into blocks that stay in the second-level cache while all queries
/// pass over them; the threads take block after block, each with heaps of its own, which are merged at the end. A row is scored for a query
/// only if its coded product says that it may be among the best. What is found does not depend on the number of threads or queries: every
/// row is scored in the same way, and of equal scores the lower id wins.
/// </summary>
internal sealed unsafe class RowSearch<TVector, TLanes, TByteLanes>
    where TVector : struct
    where TLanes : ILanes<TVector>
    where TByteLanes : IByteLanes<TVector>
{
    private const int BlockBytes = 128 * 1024;
    // So few are not worth coding a row for.
    private const int FewQueries = 4;
    // Below this many multiplications a second thread takes longer to start than it saves.
    private const long WorthAThread = 1_000_000;

    private readonly WordVectors.PinnedRows _rows;
    private readonly UnitScales _scales;
    private readonly int _size;
    private readonly int _queries;
    private readonly int _capacity;
    private readonly int _blockRows;
    private readonly float[] _unit;
    private readonly CodedQueries<TVector, TLanes, TByteLanes>? _coded;
    private readonly float _floor;
    private int _nextBlock;

    /// <summary>
    /// Prepares a search for the <paramref name="capacity"/> best rows for each vector of <paramref name="unit"/>, which is
    /// pinned, of <paramref name="size"/> components each, among those that score above <paramref name="floor"/>. The rows of whole blocks
    /// before <paramref name="firstRow"/> are not looked at.
    /// </summary>
    public RowSearch(
        WordVectors.PinnedRows rows, UnitScales scales, int size, float[] unit, int capacity, int firstRow = 0, float floor = float.NegativeInfinity)
    {
        (_rows, _scales, _size, _unit, _capacity) = (rows, scales, size, unit, capacity);
        _queries = unit.Length / size;
        int height = ScoreTile<TVector, TLanes, TByteLanes>.Rows;
        _blockRows = Math.Max(1, BlockBytes / (sizeof(float) * size) / height) * height;
        _nextBlock = firstRow / _blockRows;
        _floor = floor;
        _coded = _queries > FewQueries ? new CodedQueries<TVector, TLanes, TByteLanes>(unit, size) : null;
    }

    /// <summary>
    /// Searches all rows with at most <paramref name="threads"/> threads and returns the best for each query, the best first.
    /// </summary>
    /// <exception cref="OperationCanceledException">It was cancelled, which is looked for block by block.</exception>
    public Hit[][] Run(int threads, CancellationToken cancellation)
    {
        int blocks = (_scales.Count + _blockRows - 1) / _blockRows;
        long work = (long)_scales.Count * _queries * _size / WorthAThread;
        int workers = (int)Math.Max(1, Math.Min(Math.Min(threads, blocks), work));
        var found = new TopNeighbors[workers];
        if (workers == 1)
            found[0] = Work(cancellation);
        else
            RunInParallel(found, cancellation);
        for (int worker = 1; worker < workers; worker++)
            found[0].Merge(found[worker]);
        OfferExtreme(found[0]);
        return [.. Enumerable.Range(0, _queries).Select(found[0].Sorted)];
    }

    // Where all that fails is a cancellation of its own token, Parallel throws just that.
    private void RunInParallel(TopNeighbors[] found, CancellationToken cancellation)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = found.Length, CancellationToken = cancellation };
        Parallel.For(0, found.Length, options, worker => found[worker] = Work(cancellation));
    }

    // Blocks are taken in the order of their ids, so that a row never meets an equal one with a higher id in the heap: "greater" is enough.
    private TopNeighbors Work(CancellationToken cancellation)
    {
        var top = new TopNeighbors(_queries, _capacity, _floor);
        using BatchWorker<TVector, TLanes, TByteLanes>? batch = _coded is null ? null : new(_coded, _unit, _size, _blockRows, top);
        for (int start = NextBlock(); start < _scales.Count; start = NextBlock())
        {
            cancellation.ThrowIfCancellationRequested();
            int end = Math.Min(start + _blockRows, _scales.Count);
            if (batch is not null)
                batch.Search(_rows, _scales, start, end);
            for (int query = 0; query < _queries && batch is null; query++)
                SearchBlockFor(query, start, end, top);
        }

        return top;
    }

    private int NextBlock() => (int)Math.Min((long)(Interlocked.Increment(ref _nextBlock) - 1) * _blockRows, int.MaxValue);

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void SearchBlockFor(int query, int start, int end, TopNeighbors top)
    {
        float* unit = (float*)Marshal.UnsafeAddrOfPinnedArrayElement(_unit, query * _size);
        float threshold = top.Threshold(query);
        for (int id = start; id < end; id++)
        {
            float score = RowProduct<TVector, TLanes>.Of(unit, _rows[id], _size) * _scales[id];
            if (score > threshold)
            {
                top.Offer(query, new Hit(id, score));
                threshold = top.Threshold(query);
            }
        }
    }

    private void OfferExtreme(TopNeighbors top)
    {
        foreach (int id in _scales.Extreme)
        {
            var row = new ReadOnlySpan<float>(_rows[id], _size);
            for (int query = 0; query < _queries; query++)
                top.Offer(query, new Hit(id, PlainVectorMath.Cosine(_unit.AsSpan(query * _size, _size), row)));
        }
    }
}
