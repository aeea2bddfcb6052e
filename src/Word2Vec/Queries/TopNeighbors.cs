namespace Word2Vec.Queries;

/// <summary>A row that was found, and its score.</summary>
internal readonly record struct Hit(int Id, float Score);

/// <summary>
/// The best rows so far for each query of a batch: a heap with the worst of them on top, whose score every further row must beat. Of equal
/// scores the lower id is the better.
/// </summary>
internal sealed class TopNeighbors
{
    private readonly Hit[] _heaps;
    private readonly int[] _filled;
    private readonly int _capacity;
    private readonly float[] _thresholds;
    private readonly float _floor;

    /// <summary>
    /// Makes empty heaps of <paramref name="capacity"/> rows for <paramref name="queries"/> queries, which take only scores above
    /// <paramref name="floor"/>.
    /// </summary>
    public TopNeighbors(int queries, int capacity, float floor = float.NegativeInfinity)
    {
        _floor = floor;
        (_heaps, _filled, _capacity) = (new Hit[checked(queries * capacity)], new int[queries], capacity);
        _thresholds = new float[queries];
        Array.Fill(_thresholds, floor);
    }

    /// <summary>A row that scores no more cannot enter, unless it is equal and its id is lower.</summary>
    public float Threshold(int query) => _thresholds[query];

    /// <summary>Takes a row into the heap of <paramref name="query"/> if it is better than the worst there.</summary>
    public void Offer(int query, Hit hit)
    {
        if (hit.Score < _floor)
            return;
        Span<Hit> heap = _heaps.AsSpan(query * _capacity, _capacity);
        ref int filled = ref _filled[query];
        if (filled < _capacity)
        {
            Rise(heap, filled++, hit);
            if (filled == _capacity)
                _thresholds[query] = heap[0].Score;
        }
        else if (IsWorse(heap[0], hit))
        {
            Sink(heap, hit);
            _thresholds[query] = heap[0].Score;
        }
    }

    /// <summary>Takes over what <paramref name="other"/> found for the same queries.</summary>
    public void Merge(TopNeighbors other)
    {
        for (int query = 0; query < _filled.Length; query++)
        {
            foreach (Hit hit in other._heaps.AsSpan(query * _capacity, other._filled[query]))
                Offer(query, hit);
        }
    }

    /// <summary>The rows found for <paramref name="query"/>, the best first.</summary>
    public Hit[] Sorted(int query)
    {
        Hit[] hits = _heaps.AsSpan(query * _capacity, _filled[query]).ToArray();
        Array.Sort(hits, (a, b) => IsWorse(a, b) ? 1 : IsWorse(b, a) ? -1 : 0);
        return hits;
    }

    private static bool IsWorse(Hit a, Hit b) => a.Score < b.Score || (a.Score == b.Score && a.Id > b.Id);

    private static void Rise(Span<Hit> heap, int place, Hit hit)
    {
        for (int parent = (place - 1) / 2; place > 0 && IsWorse(hit, heap[parent]); parent = (place - 1) / 2)
        {
            heap[place] = heap[parent];
            place = parent;
        }

        heap[place] = hit;
    }

    private static void Sink(Span<Hit> heap, Hit hit)
    {
        int place = 0;
        for (int child = 1; child < heap.Length; child = 2 * place + 1)
        {
            if (child + 1 < heap.Length && IsWorse(heap[child + 1], heap[child]))
                child++;
            if (!IsWorse(heap[child], hit))
                break;
            heap[place] = heap[child];
            place = child;
        }

        heap[place] = hit;
    }
}
