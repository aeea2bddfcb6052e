using System.Buffers;
using System.Text;

namespace Word2Vec.Corpora;

/// <summary>Collects edges and makes a <see cref="Graph"/> of them. An edge takes 8 bytes until then, 12 from the first on that has a weight.</summary>
public sealed class GraphBuilder
{
    private const int ChunkSize = 1 << 16;
    private static readonly SearchValues<byte> Blank = SearchValues.Create(" \t\n\r\v\f\0"u8);

    private readonly bool _isDirected;
    private NodeTable _names = new();
    private readonly List<(int From, int To)[]> _edges = [];
    private readonly List<float[]> _weights = [];
    private long _count;
    private bool _hasWeights;

    /// <summary>Begins a graph without nodes.</summary>
    /// <param name="isDirected">Whether edges lead from their first node to their second only.</param>
    public GraphBuilder(bool isDirected = false) => _isDirected = isDirected;

    /// <summary>The nodes so far.</summary>
    public int NodeCount => _names.Count;

    /// <summary>Adds an edge between two nodes, which need not have been there before.</summary>
    /// <param name="weight">0 or more and finite; 0 adds the nodes without an edge. Weights of edges between the same nodes are added up.</param>
    /// <exception cref="Word2VecException">A name is empty, longer than 1,000 bytes or has white space in it, the weight is negative or no number, or the graph is too large.</exception>
    public void Add(string from, string to, double weight = 1) => Add(Encoding.UTF8.GetBytes(from), Encoding.UTF8.GetBytes(to), weight);

    /// <inheritdoc cref="Add(string, string, double)"/>
    public void Add(ReadOnlySpan<byte> from, ReadOnlySpan<byte> to, double weight = 1)
    {
        CheckName(from);
        CheckName(to);
        if (!(weight >= 0) || !float.IsFinite((float)weight))
            throw new Word2VecException(ErrorKind.Input, FormattableString.Invariant($"An edge has the weight {weight}; a number from 0 to 3e38 was expected."));
        int first = _names.IdOf(from), second = _names.IdOf(to);
        if ((float)weight == 0)
            return;
        if (_count >= Array.MaxLength / 2)
            throw new Word2VecException(ErrorKind.Input, $"The graph has more than {_count} edges; split it or sample from it.");
        int at = (int)(_count % ChunkSize);
        if (at == 0)
            _edges.Add(new (int, int)[ChunkSize]);
        _edges[^1][at] = (first, second);
        if (_hasWeights || weight != 1)
            AddWeight(at, (float)weight);
        _count++;
    }

    /// <summary>Makes the graph; the builder is empty then.</summary>
    /// <exception cref="Word2VecException">There is no node.</exception>
    public Graph Build()
    {
        if (_names.Count == 0)
            throw new Word2VecException(ErrorKind.Input, "The graph has no edges; lines of two nodes and perhaps a weight were expected.");
        _names.Trim();
        int[] offsets = Offsets();
        var targets = new int[offsets[^1]];
        float[]? weights = _hasWeights ? new float[targets.Length] : null;
        Scatter(offsets, targets, weights);
        NodeTable names = _names;
        _names = new NodeTable();
        return Assemble(names, offsets, targets, weights, _isDirected);
    }

    /// <summary>Makes a graph of rows that may be in any order and name a neighbour twice; takes the arrays over.</summary>
    internal static Graph Assemble(NodeTable names, int[] offsets, int[] targets, float[]? weights, bool isDirected)
    {
        if (Sort(offsets, targets, weights) && weights is null)
            Array.Fill(weights = new float[targets.Length], 1);
        if (weights is not null)
            Merge(offsets, ref targets, ref weights);
        uint[]? thresholds = weights is null || !weights.AsSpan().ContainsAnyExcept(weights.Length > 0 ? weights[0] : 0) ? null : Thresholds(offsets, weights);
        return new Graph(names, offsets, targets, thresholds, isDirected);
    }

    private static void CheckName(ReadOnlySpan<byte> name)
    {
        if (name.Length is 0 or > NodeTable.LongestName)
            throw new Word2VecException(ErrorKind.Input, $"The name of a node has {name.Length} bytes; it must have 1 to {NodeTable.LongestName}.");
        if (name.ContainsAny(Blank))
            throw new Word2VecException(ErrorKind.Input, "The name of a node has white space in it, which would make two words of it; put _ in its place.");
    }

    private void AddWeight(int at, float weight)
    {
        // Those before had the weight 1.
        while (_weights.Count < _edges.Count)
        {
            _weights.Add(new float[ChunkSize]);
            Array.Fill(_weights[^1], 1);
        }

        _hasWeights = true;
        _weights[^1][at] = weight;
    }

    private IEnumerable<(int Chunk, int Length)> Chunks() =>
        Enumerable.Range(0, _edges.Count).Select(chunk => (chunk, (int)Math.Min(ChunkSize, _count - (long)chunk * ChunkSize)));

    private int[] Offsets()
    {
        var offsets = new int[_names.Count + 1];
        foreach ((int chunk, int length) in Chunks())
        {
            foreach ((int from, int to) in _edges[chunk].AsSpan(0, length))
            {
                offsets[from + 1]++;
                if (!_isDirected && from != to)
                    offsets[to + 1]++;
            }
        }

        for (int node = 0; node < _names.Count; node++)
            offsets[node + 1] += offsets[node];
        return offsets;
    }

    // Each chunk is let go when its edges stand in the rows.
    private void Scatter(int[] offsets, int[] targets, float[]? weights)
    {
        int[] next = offsets[..^1];
        foreach ((int chunk, int length) in Chunks())
        {
            for (int i = 0; i < length; i++)
            {
                (int from, int to) = _edges[chunk][i];
                Put(from, to, weights is null ? 1 : _weights[chunk][i]);
                if (!_isDirected && from != to)
                    Put(to, from, weights is null ? 1 : _weights[chunk][i]);
            }

            _edges[chunk] = [];
            if (weights is not null)
                _weights[chunk] = [];
        }

        (_count, _hasWeights) = (0, false);
        _edges.Clear();
        _weights.Clear();

        void Put(int row, int target, float weight)
        {
            int place = next[row]++;
            targets[place] = target;
            if (weights is not null)
                weights[place] = weight;
        }
    }

    // Returns whether a row names a neighbour twice.
    private static bool Sort(int[] offsets, int[] targets, float[]? weights)
    {
        bool repeats = false;
        for (int node = 0; node < offsets.Length - 1; node++)
        {
            Span<int> row = targets.AsSpan(offsets[node]..offsets[node + 1]);
            if (weights is null)
                row.Sort();
            else
                row.Sort(weights.AsSpan(offsets[node]..offsets[node + 1]));
            for (int i = 1; i < row.Length && !repeats; i++)
                repeats = row[i] == row[i - 1];
        }

        return repeats;
    }

    private static void Merge(int[] offsets, ref int[] targets, ref float[] weights)
    {
        int kept = 0;
        for (int node = 0, begin = 0; node < offsets.Length - 1; node++)
        {
            int start = kept, end = offsets[node + 1];
            for (int i = begin; i < end; i++)
            {
                bool isNew = kept == start || targets[kept - 1] != targets[i];
                int place = isNew ? kept++ : kept - 1;
                weights[place] = isNew ? weights[i] : Math.Min(weights[place] + weights[i], float.MaxValue);
                targets[place] = targets[i];
            }

            begin = end;
            offsets[node + 1] = kept;
        }

        if (kept == targets.Length)
            return;
        Array.Resize(ref targets, kept);
        Array.Resize(ref weights, kept);
    }

    private static uint[] Thresholds(int[] offsets, float[] weights)
    {
        var thresholds = new uint[weights.Length];
        for (int node = 0; node < offsets.Length - 1; node++)
        {
            double total = 0, before = 0;
            for (int i = offsets[node]; i < offsets[node + 1]; i++)
                total += weights[i];
            for (int i = offsets[node]; i < offsets[node + 1]; i++)
            {
                before += weights[i];
                thresholds[i] = (uint)Math.Clamp(Math.Ceiling(before / total * 4294967296.0) - 1, 0, uint.MaxValue);
            }

            if (offsets[node] < offsets[node + 1])
                thresholds[offsets[node + 1] - 1] = uint.MaxValue;
        }

        return thresholds;
    }
}
