using System.Numerics;
using System.Runtime.InteropServices;
using Word2Vec.Numerics;
using Word2Vec.Vectors;

namespace Word2Vec.Queries;

/// <summary>
/// Looks for the best rows for a batch of unit queries. The rows are cut into blocks that stay in the second-level cache while all queries
/// pass over them; the threads take block after block, each with heaps of its own, which are merged at the end. What is found does not
/// depend on the number of threads: every row is scored in the same way, and of equal scores the lower id wins. A handful of queries adds
/// up its products in another order than a batch does, so that the two may differ in the last digit.
/// </summary>
internal sealed unsafe class RowSearch<TVector, TLanes>
    where TVector : struct
    where TLanes : ILanes<TVector>
{
    private const int BlockBytes = 128 * 1024;
    // So few leave most lanes of a tile empty; each alone is then faster, with the row across the lanes.
    private const int FewQueries = 4;
    // Below this many multiplications a second thread takes longer to start than it saves.
    private const long WorthAThread = 1_000_000;

    private readonly WordVectors.PinnedRows _rows;
    private readonly UnitScales _scales;
    private readonly int _size;
    private readonly int _queries;
    private readonly int _capacity;
    private readonly int _tiles;
    private readonly int _blockRows;
    private readonly float[] _unit;
    private readonly float[] _packed;
    private int _nextBlock;

    /// <summary>
    /// Prepares a search for the <paramref name="capacity"/> best rows for each vector of <paramref name="unit"/>, of
    /// <paramref name="size"/> components each.
    /// </summary>
    public RowSearch(WordVectors.PinnedRows rows, UnitScales scales, int size, float[] unit, int capacity)
    {
        (_rows, _scales, _size, _unit, _capacity) = (rows, scales, size, unit, capacity);
        _queries = unit.Length / size;
        int width = ScoreTile<TVector, TLanes>.Queries;
        _tiles = (_queries + width - 1) / width;
        _blockRows = Math.Max(1, BlockBytes / (sizeof(float) * size) / ScoreTile<TVector, TLanes>.Rows) * ScoreTile<TVector, TLanes>.Rows;
        _packed = GC.AllocateArray<float>(checked(_tiles * width * size), pinned: true);
        Pack(width);
    }

    /// <summary>
    /// Searches all rows with at most <paramref name="threads"/> threads and returns the best for each query, the best first.
    /// </summary>
    public Hit[][] Run(int threads)
    {
        int blocks = (_scales.Count + _blockRows - 1) / _blockRows;
        long work = (long)_scales.Count * _queries * _size / WorthAThread;
        int workers = (int)Math.Max(1, Math.Min(Math.Min(threads, blocks), work));
        var found = new TopNeighbors[workers];
        if (workers == 1)
            found[0] = Work();
        else
            Parallel.For(0, workers, new ParallelOptions { MaxDegreeOfParallelism = workers }, worker => found[worker] = Work());
        for (int worker = 1; worker < workers; worker++)
            found[0].Merge(found[worker]);
        OfferExtreme(found[0]);
        return [.. Enumerable.Range(0, _queries).Select(found[0].Sorted)];
    }

    private void Pack(int width)
    {
        for (int query = 0; query < _queries; query++)
        {
            int start = query / width * width * _size + query % width;
            for (int i = 0; i < _size; i++)
                _packed[start + i * width] = _unit[query * _size + i];
        }
    }

    // Blocks are taken in the order of their ids, so that a row never meets an equal one with a higher id in the heap: "greater" is enough.
    private TopNeighbors Work()
    {
        const int Rows = ScoreTile<TVector, TLanes>.Rows;
        int width = ScoreTile<TVector, TLanes>.Queries;
        var top = new TopNeighbors(_queries, _capacity, _tiles * width);
        float* scores = (float*)NativeMemory.AlignedAlloc((nuint)(Rows * width * sizeof(float)), 64);
        try
        {
            for (int start = NextBlock(); start < _scales.Count; start = NextBlock())
            {
                int end = Math.Min(start + _blockRows, _scales.Count);
                for (int query = 0; query < _queries && _queries <= FewQueries; query++)
                    SearchBlockFor(query, start, end, top);
                for (int tile = 0; tile < _tiles && _queries > FewQueries; tile++)
                    SearchBlock(start, end, tile, top, scores);
            }
        }
        finally
        {
            NativeMemory.AlignedFree(scores);
        }

        return top;
    }

    private int NextBlock() => (int)Math.Min((long)(Interlocked.Increment(ref _nextBlock) - 1) * _blockRows, int.MaxValue);

    private void SearchBlock(int start, int end, int tile, TopNeighbors top, float* scores)
    {
        const int Rows = ScoreTile<TVector, TLanes>.Rows;
        int width = ScoreTile<TVector, TLanes>.Queries;
        float* queries = (float*)Marshal.UnsafeAddrOfPinnedArrayElement(_packed, tile * width * _size);
        float* thresholds = (float*)Marshal.UnsafeAddrOfPinnedArrayElement(top.Thresholds, tile * width);
        float** rows = stackalloc float*[Rows];
        for (int id = start; id < end; id += Rows)
        {
            // The last tile of rows is filled up with its last row, whose scores are not looked at again.
            int last = Math.Min(Rows, end - id) - 1;
            for (int row = 0; row < Rows; row++)
                rows[row] = _rows[id + Math.Min(row, last)];
            ScoreTile<TVector, TLanes>.Multiply(queries, _size, rows, scores);
            for (int row = 0; row <= last; row++)
            {
                float* own = scores + row * width;
                ulong above = ScoreTile<TVector, TLanes>.ScaleAndCompare(own, _scales[id + row], thresholds);
                for (; above != 0; above &= above - 1)
                {
                    int lane = BitOperations.TrailingZeroCount(above);
                    top.Offer(tile * width + lane, new Hit(id + row, own[lane]));
                }
            }
        }
    }

    private void SearchBlockFor(int query, int start, int end, TopNeighbors top)
    {
        ReadOnlySpan<float> unit = _unit.AsSpan(query * _size, _size);
        for (int id = start; id < end; id++)
        {
            float score = VectorMath.Dot(unit, new ReadOnlySpan<float>(_rows[id], _size)) * _scales[id];
            if (score > top.Thresholds[query])
                top.Offer(query, new Hit(id, score));
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
