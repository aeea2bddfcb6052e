namespace Word2Vec.Corpora;

/// <summary>A few walks, made together, as lines of text. One thread fills it at a time.</summary>
internal sealed class WalkText(Graph graph, int together, int length)
{
    private readonly int[] _lengths = new int[together];
    private int[] _nodes = [];
    private byte[] _text = [];
    private int _used;

    /// <summary>The lines.</summary>
    public ReadOnlySpan<byte> Text => _text.AsSpan(0, _used);

    /// <summary>How many walks they are.</summary>
    public int Walks { get; private set; }

    /// <summary>The nodes of all of them.</summary>
    public long Nodes { get; private set; }

    /// <summary>Walks from each of <paramref name="starts"/>.</summary>
    public void Fill(Walker walker, int round, ReadOnlySpan<int> starts)
    {
        if (_nodes.Length == 0)
            _nodes = new int[together * length];
        walker.Walk(round, starts, _nodes, _lengths);
        (_used, Walks, Nodes) = (0, starts.Length, 0);
        for (int walk = 0; walk < starts.Length; walk++)
        {
            Write(_nodes.AsSpan(walk * length, _lengths[walk]));
            Nodes += _lengths[walk];
        }
    }

    private void Write(ReadOnlySpan<int> nodes)
    {
        foreach (int node in nodes)
        {
            if (_text.Length - _used <= NodeTable.LongestName)
                Array.Resize(ref _text, Math.Max(2 * _text.Length, 1 << 12));
            _used += graph.Names.CopyTo(node, _text.AsSpan(_used));
            _text[_used++] = (byte)' ';
        }

        _text[_used - 1] = (byte)'\n';
    }
}
