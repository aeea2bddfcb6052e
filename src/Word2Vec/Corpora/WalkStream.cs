using Word2Vec.Numerics;

namespace Word2Vec.Corpora;

/// <summary>
/// The walks through a graph as text: a walk a line, names with spaces between them. Rounds follow each other; each begins once at every node, in an order of its own. The
/// bytes do not depend on the number of threads, which make the next blocks while the last ones are read.
/// </summary>
internal sealed class WalkStream : ForwardStream
{
    // Walks whose steps alternate, and numbers that they may take together.
    private const int MostTogether = 64, MostNodes = 1 << 15, BlocksOfThread = 4;

    // Walks have the indexes from 0 on.
    private const int OrderKey = -1;

    private readonly Graph _graph;
    private readonly WalkOptions _options;
    private readonly CancellationToken _cancellation;
    private readonly Walker _walker;
    private readonly int _threads, _together;
    private readonly WalkText[][] _blocks;
    private Task<int> _next;
    private int[] _order = [];
    private int _round = -1, _started;
    private WalkText[] _ready = [];
    private int _readyCount, _block, _used, _turn;

    public WalkStream(Graph graph, WalkOptions options, CancellationToken cancellation = default)
    {
        options.Validate();
        (_graph, _options, _cancellation, _walker) = (graph, options, cancellation, new Walker(graph, options));
        _threads = options.Threads == 0 ? Environment.ProcessorCount : options.Threads;
        _together = Math.Clamp(MostNodes / options.Length, 1, MostTogether);
        _blocks = [.. Enumerable.Range(0, 2).Select(_ => Blocks())];
        _next = Prepare();

        WalkText[] Blocks() => [.. Enumerable.Range(0, _threads * BlocksOfThread).Select(_ => new WalkText(graph, _together, options.Length))];
    }

    /// <summary>Walks that were handed on.</summary>
    public long WalksRead { get; private set; }

    /// <summary>Nodes of the walks that were handed on.</summary>
    public long NodesRead { get; private set; }

    /// <summary>All walks there are to read.</summary>
    public long WalksTotal => (long)_options.Walks * _graph.NodeCount;

    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty || (_used == Current.Length && !MoveNext()))
            return 0;
        int read = Math.Min(buffer.Length, Current.Length - _used);
        Current.Slice(_used, read).CopyTo(buffer);
        _used += read;
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        // What is still being made ends with the blocks; its error, if any, is of no use any more.
        if (disposing)
            _next.ContinueWith(task => task.Exception, TaskScheduler.Default);
        base.Dispose(disposing);
    }

    private ReadOnlySpan<byte> Current => _block < _readyCount ? _ready[_block].Text : [];

    private bool MoveNext()
    {
        (_block, _used) = (_block + 1, 0);
        if (_block >= _readyCount)
        {
            _readyCount = _next.GetAwaiter().GetResult();
            (_ready, _block) = (_blocks[_turn], 0);
            if (_readyCount == 0)
                return false;
            _turn = 1 - _turn;
            _next = Prepare();
        }

        WalksRead += _ready[_block].Walks;
        NodesRead += _ready[_block].Nodes;
        return true;
    }

    // Fills the blocks of the turn on other threads; the result is how many there are.
    private Task<int> Prepare()
    {
        WalkText[] blocks = _blocks[_turn];
        return Task.Run(
            () =>
            {
                var work = new List<(int Round, ReadOnlyMemory<int> Starts)>();
                while (work.Count < blocks.Length && NextStarts() is { IsEmpty: false } starts)
                    work.Add((_round, starts));
                var parallel = new ParallelOptions { MaxDegreeOfParallelism = _threads, CancellationToken = _cancellation };
                Parallel.For(0, work.Count, parallel, i => blocks[i].Fill(_walker, work[i].Round, work[i].Starts.Span));
                return work.Count;
            },
            CancellationToken.None);
    }

    private ReadOnlyMemory<int> NextStarts()
    {
        if (_started == _order.Length)
        {
            if (_round + 1 >= _options.Walks)
                return default;
            _order = DrawnOrder.Of(_graph.NodeCount, DrawKey.From(_options.Seed, ++_round, OrderKey));
            _started = 0;
        }

        int count = Math.Min(_together, _order.Length - _started);
        _started += count;
        return _order.AsMemory(_started - count, count);
    }
}
