using Word2Vec.Numerics;

namespace Word2Vec.Analysis;

/// <summary>
/// UMAP's descent: in each round an edge is followed as often as its weight says, its ends draw near to each other, and each is pushed away
/// from some points that are drawn at random (McInnes, Healy, Melville: UMAP, arXiv 1802.03426, section 3.2 and algorithm 5).
/// </summary>
/// <remarks>
/// Other than there, a point moves by itself alone, its edges in order, and sees all others where they were at the round's begin. So it may
/// be done by any number of threads. An edge that is followed from both ends moves each of them twice.
/// </remarks>
internal sealed class UmapLayout
{
    private const int Chunk = 256;
    private const float LargestStep = 4, Softening = 1e-3f;

    private readonly NeighborGraph _graph;
    private readonly MapOptions _options;
    private readonly ParallelOptions _parallelism;
    private readonly float[] _rates;
    private readonly float _a;
    private readonly float _b;
    private readonly int _dimensions;
    private float[] _places;
    private float[] _next;

    public UmapLayout(NeighborGraph graph, MapPoints start, MapOptions options, ParallelOptions parallelism)
    {
        (_graph, _options, _parallelism, _dimensions) = (graph, options, parallelism, start.Dimensions);
        AffinityCurve curve = AffinityCurve.Fit(options.MinimumDistance, options.Spread);
        (_a, _b) = ((float)curve.A, (float)curve.B);
        float most = graph.Weights.DefaultIfEmpty(1).Max();
        _rates = Array.ConvertAll(graph.Weights, weight => weight / most);
        _places = start.ToRows();
        _next = [.. _places];
    }

    /// <summary>Moves the points and returns their places, one after another.</summary>
    public float[] Run(Action<int>? done = null)
    {
        int rounds = _options.IterationsFor(_graph.Count);
        for (int round = 0; round < rounds; round++)
        {
            float step = 1 - round / (float)rounds;
            var draws = DrawKey.From(_options.Seed, round, 1);
            Parallel.For(0, Multiples.RoundUp(_graph.Count, Chunk) / Chunk, _parallelism, chunk =>
            {
                for (int id = chunk * Chunk; id < Math.Min(_graph.Count, (chunk + 1) * Chunk); id++)
                    Move(id, round, step, draws);
            });
            (_places, _next) = (_next, _places);
            done?.Invoke(round + 1);
        }

        return _places;
    }

    private void Move(int id, int round, float step, DrawKey draws)
    {
        Span<float> place = _next.AsSpan(id * _dimensions, _dimensions);
        _places.AsSpan(id * _dimensions, _dimensions).CopyTo(place);
        for (int edge = _graph.Offsets[id]; edge < _graph.Offsets[id + 1]; edge++)
        {
            double rate = _rates[edge];
            if ((int)((round + 1) * rate) == (int)(round * rate))
                continue;
            Attract(place, _graph.Neighbors[edge], step);
            Attract(place, _graph.Neighbors[edge], step);
            long first = (long)edge * _options.NegativeSamples;
            for (int i = 0; i < _options.NegativeSamples; i++)
            {
                int other = (int)CounterRandom.Below(draws.Draw(first + i), (uint)_graph.Count);
                if (other != id)
                    Repel(place, other, step);
            }
        }
    }

    private void Attract(Span<float> place, int other, float step)
    {
        ReadOnlySpan<float> target = _places.AsSpan(other * _dimensions, _dimensions);
        float square = Square(place, target);
        if (square == 0)
            return;
        float power = MathF.Pow(square, _b), factor = 2 * _a * _b * power / (square * (1 + _a * power));
        for (int d = 0; d < place.Length; d++)
            place[d] += step * Math.Clamp(factor * (target[d] - place[d]), -LargestStep, LargestStep);
    }

    private void Repel(Span<float> place, int other, float step)
    {
        ReadOnlySpan<float> from = _places.AsSpan(other * _dimensions, _dimensions);
        float square = Square(place, from);
        float factor = 2 * _b / ((Softening + square) * (1 + _a * MathF.Pow(square, _b)));
        for (int d = 0; d < place.Length; d++)
            place[d] += step * Math.Clamp(factor * (place[d] - from[d]), -LargestStep, LargestStep);
    }

    private static float Square(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        float square = 0;
        for (int d = 0; d < a.Length; d++)
            square += (a[d] - b[d]) * (a[d] - b[d]);
        return square;
    }
}
