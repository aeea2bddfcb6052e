using System.Numerics;
using System.Runtime.CompilerServices;
using Word2Vec.Numerics;

namespace Word2Vec.Analysis;

/// <summary>
/// Every pair of points, a register of them at a time: the fastest way for a few thousand, and the only one for three dimensions.
/// </summary>
internal sealed unsafe class DirectRepulsion(ParallelOptions parallelism) : IRepulsion
{
    private const int Chunk = 128, Most = 3;
    // A place so far away that its affinity to everything is nothing, and the square of its distance still a number.
    private const float Nowhere = 1e18f;

    private double[] _sums = [];

    public double Compute(MapPoints points, MapPoints forces)
    {
        int chunks = Multiples.RoundUp(points.Count, Chunk) / Chunk;
        if (_sums.Length != chunks)
            _sums = new double[chunks];
        for (int d = 0; d < points.Dimensions; d++)
            points[d].AsSpan(points.Count).Fill(Nowhere);
        Parallel.For(0, chunks, parallelism,
            chunk => _sums[chunk] = Compute(points, forces, chunk * Chunk, Math.Min(points.Count, (chunk + 1) * Chunk)));
        return _sums.Sum();
    }

    public void Dispose()
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Compute(MapPoints points, MapPoints forces, int start, int end)
    {
        double total = 0;
        for (int i = start; i < end; i++)
        {
            (double affinity, float x, float y, float z) = points.Dimensions switch
            {
                1 => Sum(points[0], points[0], points[0], i, 0, 0),
                2 => Sum(points[0], points[1], points[0], i, 1, 0),
                _ => Sum(points[0], points[1], points[2], i, 1, 1),
            };
            // A point is its own neighbour in the sum.
            total += affinity - 1;
            ReadOnlySpan<float> force = [x, y, z];
            for (int d = 0; d < Math.Min(Most, points.Dimensions); d++)
                forces[d][i] = force[d];
        }

        return total;
    }

    // The second and third axis count as often as they are there: 0 or 1.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (double Affinity, float X, float Y, float Z) Sum(
        float[] first, float[] second, float[] third, int i, float hasSecond, float hasThird)
    {
        Vector<float> x = new(first[i]), y = new(second[i]), z = new(third[i]), one = Vector<float>.One;
        Vector<float> useY = new(hasSecond), useZ = new(hasThird);
        Vector<float> all = default, toX = default, toY = default, toZ = default;
        double total = 0;
        for (int j = 0, block = 0; j < first.Length; j += Vector<float>.Count)
        {
            Vector<float> dx = x - new Vector<float>(first, j), dy = useY * (y - new Vector<float>(second, j));
            Vector<float> dz = useZ * (z - new Vector<float>(third, j));
            Vector<float> affinity = one / (one + dx * dx + dy * dy + dz * dz), square = affinity * affinity;
            all += affinity;
            toX += square * dx;
            toY += square * dy;
            toZ += square * dz;
            // Sums of many affinities are taken in parts, which keeps their digits.
            if (++block % 1024 == 0)
            {
                total += Vector.Sum(all);
                all = default;
            }
        }

        return (total + Vector.Sum(all), Vector.Sum(toX), Vector.Sum(toY), Vector.Sum(toZ));
    }
}
