using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Word2Vec.Numerics;
using Word2Vec.Vectors;

namespace Word2Vec.Queries;

/// <summary>
/// One thread's share of a batch: codes a block of rows, multiplies it with all coded queries, and scores in full the few rows that their
/// coded products do not rule out.
/// </summary>
internal sealed unsafe class BatchWorker<TVector, TLanes, TByteLanes> : IDisposable
    where TVector : struct
    where TLanes : ILanes<TVector>
    where TByteLanes : IByteLanes<TVector>
{
    private readonly CodedQueries<TVector, TLanes, TByteLanes> _queries;
    private readonly CodedRows<TVector, TLanes, TByteLanes> _rows;
    private readonly float[] _unit;
    private readonly int _size;
    private readonly TopNeighbors _top;
    private readonly ScratchMemory _memory;
    private readonly float* _scores;
    private readonly float* _slopes;

    /// <summary>Prepares for blocks of at most <paramref name="capacity"/> rows, a multiple of the tile's.</summary>
    public BatchWorker(CodedQueries<TVector, TLanes, TByteLanes> queries, float[] unit, int size, int capacity, TopNeighbors top)
    {
        (_queries, _unit, _size, _top) = (queries, unit, size, top);
        _rows = new CodedRows<TVector, TLanes, TByteLanes>(size, capacity);
        int width = ScoreTile<TVector, TLanes, TByteLanes>.Queries, lanes = queries.Tiles * width;
        long scores = sizeof(float) * (long)ScoreTile<TVector, TLanes, TByteLanes>.Rows * width, slopes = sizeof(float) * (long)lanes;
        _memory = new ScratchMemory(scores + slopes, 2);
        _scores = (float*)_memory.Take(scores);
        _slopes = (float*)_memory.Take(slopes);
        // The lanes behind the last query find nothing.
        for (int query = 0; query < lanes; query++)
            _slopes[query] = query < unit.Length / size ? queries.Slope(query, top.Threshold(query)) : float.PositiveInfinity;
    }

    /// <summary>Offers what may be among the best of the rows from <paramref name="start"/> up to <paramref name="end"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Search(WordVectors.PinnedRows rows, UnitScales scales, int start, int end)
    {
        const int Height = ScoreTile<TVector, TLanes, TByteLanes>.Rows;
        int width = ScoreTile<TVector, TLanes, TByteLanes>.Queries;
        _rows.Fill(rows, scales, start, end);
        for (int tile = 0; tile < _queries.Tiles; tile++)
        {
            float* slopes = _slopes + tile * width, widths = _queries.Widths(tile);
            for (int id = start; id < end; id += Height)
            {
                Multiply(tile, id - start);
                // The last tile of rows is filled up with rows of an earlier block, whose scores are not looked at again.
                for (int row = 0; row < Height && id + row < end; row++)
                {
                    int place = id - start + row;
                    ulong above = ScoreTile<TVector, TLanes, TByteLanes>.Above(
                        _scores + row * width, _rows.Scales[place], slopes, _rows.Errors[place], widths);
                    for (; above != 0; above &= above - 1)
                        Score(tile * width + BitOperations.TrailingZeroCount(above), id + row, rows, scales);
                }
            }
        }
    }

    public void Dispose()
    {
        _rows.Dispose();
        _memory.Dispose();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Multiply(int tile, int place)
    {
        const int Piece = ComponentCodes<TVector, TLanes, TByteLanes>.Piece;
        int width = ScoreTile<TVector, TLanes, TByteLanes>.Queries, stride = _rows.Stride;
        int* starts = _rows.Starts + place;
        for (int from = 0; from < stride; from += Piece, starts += _rows.Capacity)
        {
            sbyte* codes = _rows.Codes + (long)place * stride + from;
            ScoreTile<TVector, TLanes, TByteLanes>.Multiply(
                _queries.Codes(tile) + (long)from * width, Math.Min(Piece, stride - from), codes, stride, starts, _scores, add: from > 0);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Score(int query, int id, WordVectors.PinnedRows rows, UnitScales scales)
    {
        float* unit = (float*)Marshal.UnsafeAddrOfPinnedArrayElement(_unit, query * _size);
        float score = RowProduct<TVector, TLanes>.Of(unit, rows[id], _size) * scales[id];
        if (score > _top.Threshold(query))
        {
            _top.Offer(query, new Hit(id, score));
            _slopes[query] = _queries.Slope(query, _top.Threshold(query));
        }
    }
}
