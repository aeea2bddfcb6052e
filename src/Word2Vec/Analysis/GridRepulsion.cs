using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Word2Vec.Numerics;
using Word2Vec.Words;

namespace Word2Vec.Analysis;

/// <summary>
/// The repulsion of many points in two dimensions: each is spread as a charge over 4 × 4 nodes of a grid, the grid's field is computed by a
/// fast Fourier transform, and each point takes its force from the same nodes. The work grows with the number of points and the area of the
/// map, not with the pairs.
/// </summary>
/// <remarks>
/// After G. Linderman et al.: Fast interpolation-based t-SNE for improved visualization of single-cell RNA-seq data, Nature Methods 2019.
/// Other than there, splines take the place of polynomials, which with nodes half a unit apart are as exact as three a unit, the forces
/// themselves are transformed, one transform there and one back for both, and the sum of affinities comes from the charges' spectrum.
/// </remarks>
internal sealed unsafe class GridRepulsion(ParallelOptions parallelism) : IRepulsion
{
    private const double Spacing = 0.5, WidestMap = 1e6;
    private const int Splines = 4, ShortestLength = 2 * HalfSpectrum.Block, LongestLength = 2304, Slack = 8;
    private const int PointsOfPart = 4096, MostParts = 8, Chunk = 1024;

    private GridField? _field;
    private NativeBuffer<float>? _grids;

    public double Compute(MapPoints points, MapPoints forces)
    {
        (float Low, float High) x = Extent(points, 0), y = Extent(points, 1);
        double extent = Math.Max((double)x.High - x.Low, (double)y.High - y.Low);
        if (!(extent < WidestMap))
            throw TsneLayout.RanOver();
        double spacing = Math.Max(Spacing, extent / (LongestLength / 2 - 2 * Slack));
        var grid = new Grid(x.Low, y.Low, (float)(1 / spacing),
            Multiples.RoundUp((int)((x.High - x.Low) / spacing) + Splines + 1, HalfSpectrum.Block), (int)((y.High - y.Low) / spacing) + Splines + 1);
        GridField field = FieldFor((int)((x.High - x.Low) / spacing), grid.Rows, spacing);
        int parts = Math.Clamp(points.Count / PointsOfPart, 2, MostParts);
        long size = (long)grid.Rows * grid.Columns;
        if (_grids is null || _grids.Capacity < parts * size)
        {
            _grids?.Dispose();
            _grids = new NativeBuffer<float>(parts * size * 3 / 2);
        }

        float* grids = _grids.First;
        Spread(points, grid, grids, size, parts);
        double affinities = field.Compute(grids, grids + size, grid.Rows, grid.Columns);
        Parallel.For(0, Multiples.RoundUp(points.Count, Chunk) / Chunk, parallelism,
            chunk => Take(points, forces, grid, grids, size, chunk * Chunk, Math.Min(points.Count, (chunk + 1) * Chunk)));
        return affinities - points.Count;
    }

    public void Dispose()
    {
        _field?.Dispose();
        _grids?.Dispose();
    }

    private static (float Low, float High) Extent(MapPoints points, int axis)
    {
        ReadOnlySpan<float> values = points[axis].AsSpan(0, points.Count);
        return (TensorPrimitives.Min(values), TensorPrimitives.Max(values));
    }

    // A map grows; the transforms are planned anew when they have become too short, or far too long.
    private GridField FieldFor(int cells, int rows, double spacing)
    {
        int length = FourierPlan.LengthFor(Math.Max(ShortestLength, 2 * (cells + Splines + 1) + Slack));
        int height = FourierPlan.LengthFor(Math.Max(ShortestLength, 2 * rows + Slack));
        bool fits = _field is not null && _field.Spacing.Equals(spacing) && _field.Length >= length && _field.Height >= height
            && _field.Length <= 2 * length && _field.Height <= 2 * height;
        if (fits)
            return _field!;
        _field?.Dispose();
        return _field = new GridField(length, height, spacing, parallelism);
    }

    // Each part of the points has a grid of its own; they are added up in order, so that the sum does not depend on the number of threads.
    private void Spread(MapPoints points, Grid grid, float* grids, long size, int parts)
    {
        Parallel.For(0, parts, parallelism, part =>
        {
            float* target = grids + part * size;
            for (long i = 0; i < size; i += 1 << 20)
                new Span<float>(target + i, (int)Math.Min(1 << 20, size - i)).Clear();
            Spread(points, grid, target, (int)((long)points.Count * part / parts), (int)((long)points.Count * (part + 1) / parts));
        });
        Parallel.For(0, grid.Rows, parallelism, row =>
        {
            var sum = new Span<float>(grids + (long)row * grid.Columns, grid.Columns);
            for (int part = 1; part < parts; part++)
                TensorPrimitives.Add(sum, new ReadOnlySpan<float>(grids + part * size + (long)row * grid.Columns, grid.Columns), sum);
        });
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Spread(MapPoints points, Grid grid, float* target, int start, int end)
    {
        float[] xs = points[0], ys = points[1];
        for (int i = start; i < end; i++)
        {
            float x = (xs[i] - grid.X) * grid.Scale, y = (ys[i] - grid.Y) * grid.Scale;
            int column = (int)x, row = (int)y;
            Vector128<float> across = Spline(x - column), down = Spline(y - row);
            float* node = target + (long)row * grid.Columns + column;
            for (int k = 0; k < Splines; k++, node += grid.Columns)
                (Vector128.Load(node) + across * down[k]).Store(node);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Take(MapPoints points, MapPoints forces, Grid grid, float* field, long size, int start, int end)
    {
        float[] xs = points[0], ys = points[1], toX = forces[0], toY = forces[1];
        for (int i = start; i < end; i++)
        {
            float x = (xs[i] - grid.X) * grid.Scale, y = (ys[i] - grid.Y) * grid.Scale;
            int column = (int)x, row = (int)y;
            Vector128<float> across = Spline(x - column), down = Spline(y - row), sumX = default, sumY = default;
            float* node = field + (long)row * grid.Columns + column;
            for (int k = 0; k < Splines; k++, node += grid.Columns)
            {
                sumX += Vector128.Load(node) * down[k];
                sumY += Vector128.Load(node + size) * down[k];
            }

            (toX[i], toY[i]) = (Vector128.Dot(sumX, across), Vector128.Dot(sumY, across));
        }
    }

    /// <summary>The cubic B-spline at the four nodes around a place that lies <paramref name="t"/> behind the second of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Spline(float t)
    {
        const float Sixth = 1f / 6;
        float s = 1 - t, tt = t * t, ss = s * s;
        return Vector128.Create(s * ss * Sixth, (4 + 3 * tt * (t - 2)) * Sixth, (4 + 3 * ss * (s - 2)) * Sixth, t * tt * Sixth);
    }

    /// <summary>Where the first node lies, nodes of a unit, and how many there are; a row is as long as it has columns.</summary>
    private readonly record struct Grid(float X, float Y, float Scale, int Columns, int Rows);
}
