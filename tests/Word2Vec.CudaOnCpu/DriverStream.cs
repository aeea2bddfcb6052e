namespace Word2Vec.CudaOnCpu;

/// <summary>A stream: work in order, which is done when somebody waits for it.</summary>
/// <remarks>No earlier: what does not wait for another stream finds that this one has done nothing, as it may on a card.</remarks>
internal sealed class DriverStream
{
    private readonly Queue<Action> _work = [];
    private readonly object _gate = new();

    public void Add(Action work)
    {
        lock (_gate)
            _work.Enqueue(work);
    }

    public void Wait()
    {
        lock (_gate)
        {
            while (_work.TryDequeue(out Action? work))
                work();
        }
    }

    public bool IsDone
    {
        get
        {
            lock (_gate)
                return _work.Count == 0;
        }
    }
}

/// <summary>A context: its streams, and the error that ended it.</summary>
internal sealed class DriverContext
{
    public DriverStream Default { get; } = new();

    public List<DriverStream> Streams { get; } = [];

    /// <summary>A card answers everything with the error that a kernel made, until the context is given up.</summary>
    public int Error { get; set; }

    public void Wait()
    {
        Default.Wait();
        foreach (DriverStream stream in Streams.ToArray())
            stream.Wait();
    }
}
