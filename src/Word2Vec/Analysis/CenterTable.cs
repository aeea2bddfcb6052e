using System.Numerics;
using System.Runtime.CompilerServices;
using Word2Vec.Numerics;

namespace Word2Vec.Analysis;

/// <summary>
/// Centers laid out for <see cref="MatrixTile{T}"/>: panels of a tile's columns, a component after another. The score of a row x for a center c is
/// x · c − |c|² / 2, or x · c where directions are compared; the nearest center has the largest.
/// </summary>
internal sealed unsafe class CenterTable : IDisposable
{
    // A tile of rows and a panel of centers of size 100 take 26 KB, less than a first-level cache; of size 300 they lie in the second.
    private const int TileRows = 48;

    private static readonly int Register = Vector<float>.Count, Width = MatrixTile<float>.Columns;

    private readonly PointRows _points;
    private readonly bool _spherical;
    private readonly int _count;
    private readonly int _registers;
    private readonly int _depth;
    private readonly ScratchMemory _memory;
    private readonly float* _panels;

    public CenterTable(PointRows points, bool spherical, int count)
    {
        (_points, _spherical, _count, _depth) = (points, spherical, count, points.Size + 1);
        _registers = Multiples.RoundUp(count, Register) / Register;
        long bytes = sizeof(float) * (long)Multiples.RoundUp(count, Width) * _depth;
        _memory = new ScratchMemory(bytes, 1);
        _panels = (float*)_memory.Take(bytes);
    }

    /// <summary>Takes <paramref name="centers"/>, one after another, as <see cref="PointRows.Copy"/> gives rows.</summary>
    public void Set(ReadOnlySpan<float> centers)
    {
        int size = _points.Size;
        for (int k = 0; k < Multiples.RoundUp(_count, Width); k++)
        {
            float* column = _panels + (long)(k / Width) * Width * _depth + k % Width;
            ReadOnlySpan<float> center = k < _count ? centers.Slice(k * size, size) : [];
            for (int d = 0; d < center.Length; d++)
                column[(long)d * Width] = center[d];
            // A column without a center never is the best.
            column[(long)size * Width] = k >= _count ? float.NegativeInfinity : _spherical ? 0 : -VectorMath.Dot(center, center) / 2;
        }
    }

    /// <summary>
    /// Finds the nearest center of the rows <paramref name="ids"/>, or of the rows behind <paramref name="start"/> where there are none, and the scores of
    /// it and of the one after it; of equally near ones the first.
    /// </summary>
    public void Nearest(ReadOnlySpan<int> ids, int start, Span<int> nearest, Span<float> best, Span<float> second)
    {
        int size = _points.Size;
        using var memory = new ScratchMemory(sizeof(float) * (TileRows * (long)_depth + 6 * Width + 3 * TileRows * Register), 5);
        var work = new Work(memory, _depth);
        for (int first = 0; first < nearest.Length; first += TileRows)
        {
            int rows = Math.Min(TileRows, nearest.Length - first);
            for (int row = 0; row < rows; row++)
            {
                float* target = work.Rows + (long)row * _depth;
                _points.Copy(ids.IsEmpty ? start + first + row : ids[first + row], new Span<float>(target, size));
                target[size] = 1;
            }

            Score(work, rows);
            for (int row = 0; row < rows; row++)
                (nearest[first + row], best[first + row], second[first + row]) = work.Result(row);
        }
    }

    /// <summary>Takes the scores of the row at <paramref name="place"/> for every center.</summary>
    public delegate void ScoreTaker(int place, ReadOnlySpan<float> scores);

    /// <summary>
    /// Hands over the scores of the rows <paramref name="ids"/>, or of <paramref name="count"/> rows from <paramref name="start"/> on where there are none, by their places from 0 on.
    /// </summary>
    public void Scores(ReadOnlySpan<int> ids, int start, int count, ScoreTaker take)
    {
        int columns = _registers * Register;
        using var memory = new ScratchMemory(sizeof(float) * (long)TileRows * (_depth + columns), 2);
        float* scores = (float*)memory.Take(sizeof(float) * (long)TileRows * columns), scratch = (float*)memory.Take(sizeof(float) * (long)TileRows * _depth);
        for (int first = 0; first < count; first += TileRows)
        {
            int rows = Math.Min(TileRows, count - first);
            Scores(ids.IsEmpty ? ids : ids.Slice(first, rows), start + first, rows, scores, scratch);
            for (int row = 0; row < rows; row++)
                take(first + row, new ReadOnlySpan<float>(scores + (long)row * columns, _count));
        }
    }

    private void Scores(ReadOnlySpan<int> ids, int start, int rows, float* scores, float* scratch)
    {
        int size = _points.Size, columns = _registers * Register;
        for (int row = 0; row < rows; row++)
        {
            _points.Copy(ids.IsEmpty ? start + row : ids[row], new Span<float>(scratch + (long)row * _depth, size));
            scratch[(long)row * _depth + size] = 1;
        }

        new Span<float>(scores, Multiples.RoundUp(rows, MatrixTile<float>.Rows) * columns).Clear();
        for (int panel = 0; panel * Width < columns; panel++)
        {
            MatrixTile<float>.Product(scratch, _depth, 1, _panels + (long)panel * Width * _depth, Width,
                Multiples.RoundUp(rows, MatrixTile<float>.Rows), Math.Min(Width, columns - panel * Width), _depth, scores + panel * Width, columns);
        }
    }

    public void Dispose() => _memory.Dispose();

    private void Score(Work work, int rows)
    {
        work.Begin(rows);
        for (int register = 0; register < _registers; register += 2)
        {
            float* panel = _panels + (long)register * Register * _depth;
            bool half = register + 1 == _registers;
            for (int row = 0; row < rows; row += MatrixTile<float>.Rows)
            {
                new Span<float>(work.Products, MatrixTile<float>.Rows * Width).Clear();
                if (half)
                    MatrixTile<float>.MultiplyAddHalf(work.Rows + (long)row * _depth, _depth, 1, panel, Width, _depth, work.Products, Width);
                else
                    MatrixTile<float>.MultiplyAdd(work.Rows + (long)row * _depth, _depth, 1, panel, Width, _depth, work.Products, Width);
                work.Offer(row, register * Register, half ? 1 : 2);
            }
        }
    }

    /// <summary>A thread's rows, products, and what was best so far in each lane.</summary>
    private readonly struct Work(ScratchMemory memory, int depth)
    {
        private readonly float* _best = (float*)memory.Take(sizeof(float) * TileRows * Register);
        private readonly float* _second = (float*)memory.Take(sizeof(float) * TileRows * Register);
        private readonly int* _places = (int*)memory.Take(sizeof(int) * TileRows * Register);

        public float* Rows { get; } = (float*)memory.Take(sizeof(float) * TileRows * (long)depth);

        public float* Products { get; } = (float*)memory.Take(sizeof(float) * 6L * Width);

        public void Begin(int rows)
        {
            new Span<float>(_best, rows * Register).Fill(float.NegativeInfinity);
            new Span<float>(_second, rows * Register).Fill(float.NegativeInfinity);
            new Span<int>(_places, rows * Register).Clear();
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Offer(int row, int column, int registers)
        {
            for (int i = 0; i < MatrixTile<float>.Rows; i++)
            {
                int at = (row + i) * Register;
                Vector<float> best = Vector.Load(_best + at), second = Vector.Load(_second + at);
                Vector<int> places = Vector.Load(_places + at);
                for (int part = 0; part < registers; part++)
                {
                    Vector<float> score = Vector.Load(Products + i * Width + part * Register);
                    Vector<int> above = Vector.GreaterThan(score, best);
                    second = Vector.Max(second, Vector.Min(score, best));
                    best = Vector.Max(score, best);
                    places = Vector.ConditionalSelect(above, Vector<int>.Indices + new Vector<int>(column + part * Register), places);
                }

                Vector.Store(best, _best + at);
                Vector.Store(second, _second + at);
                Vector.Store(places, _places + at);
            }
        }

        public (int Place, float Best, float Second) Result(int row)
        {
            float* best = _best + row * Register, other = _second + row * Register;
            int* places = _places + row * Register;
            int lane = 0;
            for (int i = 1; i < Register; i++)
            {
                if (best[i] > best[lane] || (best[i] == best[lane] && places[i] < places[lane]))
                    lane = i;
            }

            float second = other[lane];
            for (int i = 0; i < Register; i++)
                second = Math.Max(second, i == lane ? other[i] : best[i]);
            return (places[lane], best[lane], second);
        }
    }
}
