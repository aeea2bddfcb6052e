using Word2Vec.Numerics;

namespace Word2Vec.Corpora;

/// <summary>Walks through a graph. A walk is a function of (seed, round, first node), and its step k of that and k.</summary>
/// <remarks>
/// A step of node2vec is drawn by rejection (Yang, Zhang, Chen, Lian, Wu: KnightKing, SOSP 2019): a neighbour by the weights alone, kept with its factor over the largest one, so
/// that nothing need be stored for pairs of edges. The step back, where its factor is above the others', has a share of its own in front, or the others would rarely be kept. After
/// so many rejections the rest is drawn from <see cref="SecondOrder"/>, which leaves the distribution as it is and bounds the time.
/// </remarks>
internal sealed class Walker
{
    private const int MostTrials = 24;

    private readonly Graph _graph;
    private readonly WalkOptions _options;
    private readonly bool _isSecondOrder;
    private readonly double _largest, _excess;
    private readonly uint _keepsReturn, _keepsNear, _keepsFar, _keepsAny;

    public Walker(Graph graph, WalkOptions options)
    {
        (_graph, _options, _isSecondOrder) = (graph, options, options.Return != 1 || options.Outward != 1);
        double back = 1 / options.Return, far = 1 / options.Outward;
        _largest = Math.Max(1, far);
        _excess = Math.Max(0, back - _largest);
        (_keepsReturn, _keepsNear, _keepsFar) = (Threshold(back), Threshold(1), Threshold(far));
        _keepsAny = Math.Min(_keepsReturn, Math.Min(_keepsNear, _keepsFar));
    }

    /// <summary>
    /// Walks from each of <paramref name="starts"/>: row i of <paramref name="nodes"/>, as long as a walk, receives the walk, <paramref name="lengths"/>[i] how long it became.
    /// All go a step before any goes the next, so that the memory that one waits for comes while the others step.
    /// </summary>
    public void Walk(int round, ReadOnlySpan<int> starts, Span<int> nodes, Span<int> lengths)
    {
        int length = _options.Length;
        DrawKey[] keys = new DrawKey[starts.Length];
        for (int i = 0; i < starts.Length; i++)
        {
            keys[i] = DrawKey.From(_options.Seed, round, starts[i]);
            (nodes[i * length], lengths[i]) = (starts[i], 1);
        }

        int[] places = new int[starts.Length];
        for (int step = 1; step < length; step++)
        {
            if (_isSecondOrder && step > 1)
                StepOfTwo(keys, step, nodes, lengths);
            else
                StepByWeight(keys, step, places, nodes, lengths);
        }
    }

    /// <summary>The node after <paramref name="current"/>, to which the walk came from <paramref name="previous"/> (−1: it begins there); −1 where it ends.</summary>
    public int Next(DrawKey key, int step, int previous, int current)
    {
        if (_graph.Offsets[current] == _graph.Offsets[current + 1])
            return -1;
        return previous < 0 || !_isSecondOrder ? ByWeight(current, Draw(key, step, 0)) : NextOfTwo(key, step, previous, current);
    }

    private void StepOfTwo(DrawKey[] keys, int step, Span<int> nodes, Span<int> lengths)
    {
        for (int i = 0; i < keys.Length; i++)
        {
            Span<int> walk = nodes.Slice(i * _options.Length, _options.Length);
            int next = lengths[i] < step ? -1 : Next(keys[i], step, walk[step - 2], walk[step - 1]);
            if (next < 0)
                continue;
            walk[step] = next;
            lengths[i]++;
        }
    }

    // What Next does for all walks in two turns, each of which waits for one place in memory and not for two in a row.
    private void StepByWeight(DrawKey[] keys, int step, int[] places, Span<int> nodes, Span<int> lengths)
    {
        int[] offsets = _graph.Offsets, targets = _graph.Targets;
        int length = _options.Length;
        for (int i = 0; i < places.Length; i++)
        {
            int current = nodes[i * length + step - 1], begin = offsets[current], count = offsets[current + 1] - begin;
            places[i] = lengths[i] < step || count == 0 ? -1 : begin + (int)CounterRandom.Below(Draw(keys[i], step, 0), (uint)count);
        }

        for (int i = 0; i < places.Length; i++)
        {
            if (places[i] < 0)
                continue;
            int place = i * length + step;
            nodes[place] = _graph.AllThresholds is null ? targets[places[i]] : ByWeight(nodes[place - 1], Draw(keys[i], step, 0));
            lengths[i]++;
        }
    }

    // Draws 2t and 2t + 1 are those of trial t.
    private static uint Draw(DrawKey key, int step, int index) => CounterRandom.Draw(key.A, key.B, (uint)step, (uint)index);

    private uint Threshold(double factor) => (uint)Math.Clamp(Math.Ceiling(factor / _largest * 4294967296.0) - 1, 0, uint.MaxValue);

    private int ByWeight(int node, uint bits)
    {
        int begin = _graph.Offsets[node], guess = (int)CounterRandom.Below(bits, (uint)(_graph.Offsets[node + 1] - begin));
        return _graph.Targets[begin + (_graph.AllThresholds is null ? guess : FirstNotBelow(_graph.Thresholds(node), bits, guess))];
    }

    /// <summary>
    /// The first of <paramref name="thresholds"/>, which ascend and end with the largest number, that is not below <paramref name="bits"/>. Looks from <paramref name="guess"/> on with steps
    /// that double: were all weights the same, the guess would be right, and most are alike.
    /// </summary>
    internal static int FirstNotBelow(ReadOnlySpan<uint> thresholds, uint bits, int guess)
    {
        int low = guess, high = guess;
        if (thresholds[guess] < bits)
        {
            for (int step = 1; thresholds[high] < bits; step *= 2)
                (low, high) = (high + 1, (int)Math.Min((long)high + step, thresholds.Length - 1));
        }
        else
        {
            for (int step = 1; low > 0 && thresholds[low - 1] >= bits; step *= 2)
                (low, high) = (Math.Max(low - step, 0), low - 1);
        }

        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (thresholds[middle] < bits)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    private int NextOfTwo(DrawKey key, int step, int previous, int current)
    {
        uint back = _excess > 0 ? BackShare(previous, current) : 0;
        for (int trial = 0; trial < MostTrials; trial++)
        {
            uint candidateBits = Draw(key, step, 2 * trial), keepBits = Draw(key, step, 2 * trial + 1);
            if (back > 0)
            {
                if (keepBits < back)
                    return previous;
                // What is left of the bits is stretched to all of them.
                keepBits = (uint)((ulong)(keepBits - back) * uint.MaxValue / (uint.MaxValue - back));
            }

            int candidate = ByWeight(current, candidateBits);
            if (keepBits <= _keepsAny || keepBits <= Keeps(previous, candidate))
                return candidate;
        }

        return SecondOrder.Pick(_graph, _options, previous, current, Draw(key, step, 2 * MostTrials));
    }

    private uint Keeps(int previous, int candidate) =>
        candidate == previous ? _keepsReturn : _keepsNear == _keepsFar || _graph.HasEdge(previous, candidate) ? _keepsNear : _keepsFar;

    // The part of the step back that stands above the largest of the other factors, as a share of all that is thrown at, in 2^32nds.
    private uint BackShare(int previous, int current)
    {
        // Without directions there is a way back, as likely as any where there are no weights.
        int place = _graph.IsDirected || _graph.IsWeighted ? _graph.Neighbors(current).BinarySearch(previous) : 0;
        double above = place < 0 ? 0 : _excess * SecondOrder.Share(_graph, current, place);
        return (uint)Math.Min(above / (_largest + above) * 4294967296.0, uint.MaxValue - 1);
    }
}
