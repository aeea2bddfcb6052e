using Word2Vec.Numerics;

namespace Word2Vec.Training;

/// <summary>
/// The rows of one tile, as <see cref="TileKernel{TLanes, TVector}"/> takes them: addresses of the context, center and negative rows, which contexts
/// each center sees, and how much each (context, negative) pair counts.
/// </summary>
/// <remarks>
/// The centers are ordered by radius. The order of a sum does not matter, and loops whose length changes at five places in place of thirty are
/// predicted by the processor.
/// </remarks>
internal sealed unsafe class TileRows : IDisposable
{
    // Centers that follow each other in a tile are taken so far apart: what one has just added to a context, the next should not have to wait for.
    private const int Strides = 8;

    private readonly Weights _weights;
    private readonly RowCopies? _copies;
    private readonly TileShape _tile;
    private readonly ScratchMemory _memory;
    private readonly int[] _centerWords, _negatives, _offsets, _counts;

    /// <summary>Makes room for the largest tile of <paramref name="job"/>, whose rows are the weights' or their <paramref name="copies"/>.</summary>
    public TileRows(TrainingJob job, TileShape tile, RowCopies? copies = null)
    {
        (_weights, _copies, _tile) = (job.Weights, copies, tile);
        int window = job.Options.Window;
        MostContexts = tile.Centers + 2 * window;
        Negatives = new TileNegatives(_weights.Stride, tile.Negatives, MostContexts);
        (_centerWords, _negatives) = (new int[tile.Centers], new int[tile.Negatives]);
        (_offsets, _counts) = (new int[window + 2], new int[MostContexts + 1]);
        Frozen = _weights.HasFrozen ? new bool[MostContexts] : null;
        _memory = new ScratchMemory(tile.Centers * (long)(sizeof(float*) + sizeof(CenterWindow)), pieces: 2);
        Centers = (float**)_memory.Take(tile.Centers * sizeof(float*));
        Windows = (CenterWindow*)_memory.Take(tile.Centers * sizeof(CenterWindow));
    }

    /// <summary>Context rows of the largest tile.</summary>
    public int MostContexts { get; }

    /// <summary>The negative samples, and the input vectors of the context words in the order of the sentence.</summary>
    public TileNegatives Negatives { get; }

    /// <summary>The input vectors of the context words.</summary>
    public float** Contexts => Negatives.Contexts;

    /// <summary>Which of the contexts are frozen, where any word is; null: none.</summary>
    public bool[]? Frozen { get; }

    /// <summary>Context rows.</summary>
    public int ContextCount => Negatives.ContextCount;

    /// <summary>The output vectors of the center words.</summary>
    public float** Centers { get; }

    /// <summary>Center words.</summary>
    public int CenterCount { get; private set; }

    /// <summary>The contexts that each center sees.</summary>
    public CenterWindow* Windows { get; }

    /// <summary>(center, context) pairs.</summary>
    public int PairCount { get; private set; }

    /// <summary>The learning rate of the tile.</summary>
    public float Rate { get; private set; }

    /// <summary>Where the negatives' words go before <see cref="Fill"/> is called.</summary>
    public Span<int> NegativeWords => _negatives;

    /// <summary>Takes the <paramref name="centers"/> tokens from <paramref name="first"/> on, not more than a tile has, as centers.</summary>
    public void Fill(SentenceTokens sentence, int first, int centers, float rate)
    {
        ReadOnlySpan<int> words = sentence.Words, radii = sentence.Radii;
        (Rate, PairCount, CenterCount) = (rate, 0, centers);
        int firstContext = first, endContext = first + CenterCount;
        for (int center = first; center < first + CenterCount; center++)
        {
            firstContext = Math.Min(firstContext, center - radii[center]);
            endContext = Math.Max(endContext, center + radii[center] + 1);
        }

        firstContext = Math.Max(0, firstContext);
        endContext = Math.Min(words.Length, endContext);
        TakeCenters(words, radii, first, firstContext, endContext);
        TakeContexts(words[firstContext..endContext]);
        TakeNegatives();
        _copies?.Fetch();
    }

    /// <summary>Asks for the line at <paramref name="offset"/> floats of each row.</summary>
    public void Prefetch(int offset)
    {
        Prefetch(Contexts, ContextCount, offset);
        Prefetch(Centers, CenterCount, offset);
        Prefetch(Negatives.Rows, Negatives.Count, offset);
    }

    public void Dispose()
    {
        _memory.Dispose();
        Negatives.Dispose();
    }

    // Nobody writes a frozen row, so nobody needs a copy, which would come back with its zeros added up.
    private float* Input(int word) => _copies is null || _weights.IsFrozen(word) ? _weights.Input + (long)word * _weights.Stride : _copies.Input(word);

    private float* Output(int word) => _copies is null ? _weights.Output + (long)word * _weights.Stride : _copies.Output(word);

    private static void Prefetch(float** rows, int count, int offset)
    {
        for (float** end = rows + count; rows < end; rows++)
            Lanes128.Prefetch(*rows + offset);
    }

    private void TakeCenters(ReadOnlySpan<int> words, ReadOnlySpan<int> radii, int first, int firstContext, int endContext)
    {
        Array.Clear(_offsets);
        for (int center = first; center < first + CenterCount; center++)
            _offsets[radii[center] + 1]++;
        for (int radius = 1; radius < _offsets.Length; radius++)
            _offsets[radius] += _offsets[radius - 1];
        Array.Clear(_counts);
        for (int start = first; start < first + Strides; start++)
        {
            for (int center = start; center < first + CenterCount; center += Strides)
                TakeCenter(words[center], center, radii[center], firstContext, endContext);
        }
    }

    private void TakeCenter(int word, int center, int radius, int firstContext, int endContext)
    {
        int place = _offsets[radius]++;
        var window = new CenterWindow(Math.Max(firstContext, center - radius) - firstContext, center - firstContext,
            Math.Min(endContext, center + radius + 1) - firstContext);
        Windows[place] = window;
        Centers[place] = Output(word);
        _centerWords[place] = word;
        PairCount += window.End - window.Begin - 1;

        // As differences: a context is seen by all the centers from which it is near enough, but not by itself.
        _counts[window.Begin]++;
        _counts[window.Center]--;
        _counts[window.Center + 1]++;
        _counts[window.End]--;
    }

    private void TakeContexts(ReadOnlySpan<int> words)
    {
        Negatives.Begin();
        for (int c = 0, count = 0; c < words.Length; c++)
        {
            count += _counts[c];
            Negatives.Add(Input(words[c]), count * _tile.NegativeWeight);
            if (Frozen is not null)
                Frozen[c] = _weights.IsFrozen(words[c]);
        }

        Negatives.Complete();
    }

    private void TakeNegatives()
    {
        for (int k = 0; k < _negatives.Length; k++)
        {
            Negatives.Rows[k] = Output(_negatives[k]);
            PassOverCenters(k);
        }
    }

    /// <summary>A negative sample that is a center word does not count for that center's contexts.</summary>
    private void PassOverCenters(int negative)
    {
        ReadOnlySpan<int> centers = _centerWords.AsSpan(0, CenterCount);
        int word = _negatives[negative];
        for (int i = centers.IndexOf(word); i >= 0;)
        {
            CenterWindow window = Windows[i];
            for (int c = window.Begin; c < window.End; c++)
                Negatives.Weights[c * Negatives.Stride + negative] -= c == window.Center ? 0 : _tile.NegativeWeight;
            int next = centers[(i + 1)..].IndexOf(word);
            i = next < 0 ? -1 : i + 1 + next;
        }
    }
}
