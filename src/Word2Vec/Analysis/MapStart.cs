using Word2Vec.Numerics;
using Word2Vec.Vectors;

namespace Word2Vec.Analysis;

/// <summary>
/// Where the points of a map begin: at their first principal components, which the seed moves by a little, so that equal vectors part.
/// </summary>
internal static class MapStart
{
    private const double Noise = 1e-2;
    private const int WidestExact = 1000;

    /// <summary>The components as they are; axes that the vectors do not have are 0.</summary>
    public static MapPoints Components(WordVectors vectors, MapOptions options, CancellationToken cancellation)
    {
        using WordVectors? units = options.Spherical ? vectors.Normalized() : null;
        int dimensions = Math.Min(options.Dimensions, vectors.Size);
        PrincipalComponents components = vectors.Size <= WidestExact ? PrincipalComponents.Of(units ?? vectors, dimensions, options.Threads, cancellation: cancellation)
            : PrincipalComponents.Approximate(units ?? vectors, dimensions, options.Seed, options.Threads, cancellation: cancellation);
        using WordVectors turned = components.Apply(units ?? vectors);
        var points = new MapPoints(vectors.Count, options.Dimensions);
        for (int id = 0; id < vectors.Count; id++)
        {
            ReadOnlySpan<float> row = turned[id];
            for (int d = 0; d < dimensions; d++)
                points[d][id] = row[d];
        }

        return points;
    }

    /// <summary>The components at a scale at which the first one's standard deviation is <paramref name="deviation"/>.</summary>
    public static MapPoints WithDeviation(MapPoints components, double deviation, ulong seed)
    {
        double squares = components[0].Take(components.Count).Sum(x => (double)x * x) / components.Count;
        return Scale(components, squares > 0 ? deviation / Math.Sqrt(squares) : 0, deviation * Noise, seed);
    }

    /// <summary>The components at a scale at which the largest of all is <paramref name="largest"/>.</summary>
    public static MapPoints WithLargest(MapPoints components, double largest, ulong seed)
    {
        double most = Enumerable.Range(0, components.Dimensions).Max(d => components[d].Take(components.Count).Max(x => Math.Abs((double)x)));
        return Scale(components, most > 0 ? largest / most : 0, largest * Noise / 100, seed);
    }

    private static MapPoints Scale(MapPoints components, double factor, double noise, ulong seed)
    {
        for (int d = 0; d < components.Dimensions; d++)
        {
            DrawKey key = DrawKey.From(seed, d, 0);
            for (int id = 0; id < components.Count; id++)
                components[d][id] = (float)(components[d][id] * factor + noise * (2 * CounterRandom.Unit(key.Draw(id)) - 1));
        }

        return components;
    }
}
