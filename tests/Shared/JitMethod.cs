namespace Word2Vec.Tests.Shared;

/// <summary>The machine code of a method.</summary>
internal sealed class JitMethod
{
    private readonly List<JitBlock> _blocks;
    private readonly List<JitLoop> _loops = [];

    public JitMethod(List<JitBlock> blocks)
    {
        _blocks = blocks;
        FindLoops([.. Enumerable.Range(0, blocks.Count)], header: -1);
        _loops.Sort((a, b) => a.First.CompareTo(b.First));
        Straight = blocks.Sum(block => block.Instructions.Count) - _loops.Sum(loop => loop.Instructions.Count);
    }

    /// <summary>All loops in the order of their addresses; an outer one comes without the instructions of its inner ones.</summary>
    public IReadOnlyList<JitLoop> Loops => _loops;

    /// <summary>The loops that have no other inside.</summary>
    public IEnumerable<JitLoop> InnerLoops => _loops.Where(loop => loop.IsInner);

    /// <summary>Instructions outside all loops, once a call.</summary>
    public int Straight { get; }

    /// <summary>
    /// Among <paramref name="blocks"/>, whose jumps back to <paramref name="header"/> do not count, those of which each can reach the
    /// others are a loop. Returns the sets.
    /// </summary>
    private List<HashSet<int>> FindLoops(HashSet<int> blocks, int header)
    {
        Dictionary<int, HashSet<int>> reach = blocks.ToDictionary(block => block, block => Reachable(block, blocks, header));
        var loops = new List<HashSet<int>>();
        foreach (int block in blocks.Order())
        {
            if (reach[block].Contains(block) && !loops.Exists(loop => loop.Contains(block)))
                loops.Add([.. reach[block].Where(other => reach[other].Contains(block))]);
        }

        foreach (HashSet<int> loop in loops)
            AddLoop(loop);
        return loops;
    }

    private void AddLoop(HashSet<int> loop)
    {
        // It is entered at its header, from outside.
        int header = Enumerable.Range(0, _blocks.Count).Where(block => !loop.Contains(block)).SelectMany(block => _blocks[block].Next)
            .Where(loop.Contains).DefaultIfEmpty(loop.Min()).First();
        List<HashSet<int>> inner = FindLoops(loop, header);
        var own = loop.Where(block => !inner.Exists(other => other.Contains(block))).Order().ToList();
        int path = LongestPath(header, header, loop, own, []);
        _loops.Add(new JitLoop(own[0], inner.Count == 0, [.. own.SelectMany(block => _blocks[block].Instructions)], path));
    }

    private HashSet<int> Reachable(int from, HashSet<int> among, int header)
    {
        var seen = new HashSet<int>();
        var left = new Stack<int>([from]);
        while (left.TryPop(out int block))
        {
            foreach (int next in _blocks[block].Next.Where(next => next != header && among.Contains(next) && seen.Add(next)))
                left.Push(next);
        }

        return seen;
    }

    /// <summary>
    /// The most own instructions on a way from <paramref name="block"/> to the header; blocks of inner loops are passed for nothing.
    /// </summary>
    private int LongestPath(int block, int header, HashSet<int> loop, List<int> own, HashSet<int> before)
    {
        if (!before.Add(block))
            return int.MinValue / 2;
        int most = int.MinValue / 2;
        foreach (int next in _blocks[block].Next.Where(loop.Contains))
            most = Math.Max(most, next == header ? 0 : LongestPath(next, header, loop, own, before));
        before.Remove(block);
        return most + (own.Contains(block) ? _blocks[block].Instructions.Count : 0);
    }
}

/// <summary>A loop of a method.</summary>
/// <param name="First">Its first block.</param>
/// <param name="IsInner">No other loop is inside.</param>
/// <param name="Instructions">Its instructions without those of inner loops.</param>
/// <param name="Length">Instructions of one round: of the longest way round where there are several.</param>
internal sealed record JitLoop(int First, bool IsInner, IReadOnlyList<string> Instructions, int Length)
{
    /// <summary>Fused multiply-adds.</summary>
    public int MultiplyAdds => Instructions.Count(line =>
        line.StartsWith("vfm", StringComparison.Ordinal) || line.StartsWith("vfnm", StringComparison.Ordinal));

    /// <summary>Loads from and stores to the stack: what did not fit the registers.</summary>
    public IEnumerable<string> Spills =>
        Instructions.Where(line => line.Contains("[rsp", StringComparison.Ordinal) || line.Contains("[rbp", StringComparison.Ordinal));

    /// <summary>Calls.</summary>
    public IEnumerable<string> Calls => Instructions.Where(line => line.StartsWith("call", StringComparison.Ordinal));
}
