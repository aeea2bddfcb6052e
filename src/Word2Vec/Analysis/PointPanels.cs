using Word2Vec.Numerics;
using Word2Vec.Words;

namespace Word2Vec.Analysis;

/// <summary>
/// All rows as columns for <see cref="MatrixTile{T}"/>: panels of a tile's columns, a component after another, and −|c|²/2 as one more.
/// With a 1 as its last component the product of a row x with a column c is x · c − |c|²/2 = (|x|² − |x − c|²) / 2, which is largest for
/// the nearest.
/// </summary>
internal sealed unsafe class PointPanels : IDisposable
{
    private readonly NativeBuffer<float> _memory;

    public PointPanels(PointRows points)
    {
        (Points, Depth) = (points, points.Size + 1);
        Count = Multiples.RoundUp(points.Count, Width) / Width;
        _memory = new NativeBuffer<float>((long)Count * Width * Depth);
        Parallel.For(0, Count, points.Parallelism, Fill);
    }

    /// <summary>Columns of a panel.</summary>
    public static int Width => MatrixTile<float>.Columns;

    public PointRows Points { get; }

    /// <summary>The number of panels.</summary>
    public int Count { get; }

    /// <summary>Components with the additional one.</summary>
    public int Depth { get; }

    /// <summary>
    /// Writes <paramref name="count"/> rows from <paramref name="start"/> on, each with its 1, to <paramref name="rows"/>.
    /// </summary>
    public void Load(int start, int count, float* rows)
    {
        for (int i = 0; i < count; i++)
        {
            Points.Copy(start + i, new Span<float>(rows + (long)i * Depth, Points.Size));
            rows[(long)i * Depth + Points.Size] = 1;
        }
    }

    /// <summary>
    /// Writes the products of six rows with panel <paramref name="panel"/> to <paramref name="products"/>, whose rows lie a panel's width
    /// apart.
    /// </summary>
    public void Multiply(float* rows, int panel, float* products)
    {
        new Span<float>(products, MatrixTile<float>.Rows * Width).Clear();
        MatrixTile<float>.MultiplyAdd(rows, Depth, 1, _memory.First + (long)panel * Width * Depth, Width, Depth, products, Width);
    }

    public void Dispose() => _memory.Dispose();

    private void Fill(int panel)
    {
        var row = new float[Points.Size];
        float* target = _memory.First + (long)panel * Width * Depth;
        for (int column = 0; column < Width; column++)
        {
            int id = panel * Width + column;
            // A column without a row never is the best.
            target[(long)Points.Size * Width + column] = id < Points.Count ? -Points.Squares[id] / 2 : float.NegativeInfinity;
            if (id >= Points.Count)
                continue;
            Points.Copy(id, row);
            for (int d = 0; d < row.Length; d++)
                target[(long)d * Width + column] = row[d];
        }
    }
}
