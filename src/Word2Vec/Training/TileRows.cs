using System.Runtime.Intrinsics;
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
    /// <summary>Context rows are padded with zeros to a multiple of this.</summary>
    public const int ContextBlock = 6;

    /// <summary>Negative rows are padded with zeros to a multiple of this.</summary>
    public const int NegativeBlock = 4;

    private readonly Weights _weights;
    private readonly TileShape _tile;
    private readonly ScratchMemory _memory;
    private readonly float* _zeros;
    private readonly int[] _centerWords, _negatives, _offsets, _counts;

    /// <summary>Makes room for the largest tile.</summary>
    public TileRows(Weights weights, TileShape tile, int window)
    {
        (_weights, _tile) = (weights, tile);
        MostContexts = RoundUp(tile.Centers + 2 * window, ContextBlock);
        NegativeCount = RoundUp(tile.Negatives, NegativeBlock);
        NegativeStride = RoundUp(tile.Negatives, Vector512<float>.Count);
        (_centerWords, _negatives) = (new int[tile.Centers], new int[tile.Negatives]);
        (_offsets, _counts) = (new int[window + 2], new int[MostContexts + 1]);
        long weightFloats = (long)MostContexts * NegativeStride;
        _memory = new ScratchMemory((weights.Stride + weightFloats) * sizeof(float)
            + (MostContexts + tile.Centers + NegativeCount) * (long)sizeof(float*) + tile.Centers * (long)sizeof(CenterWindow), pieces: 6);
        _zeros = (float*)_memory.Take(weights.Stride * sizeof(float));
        NegativeWeights = (float*)_memory.Take(weightFloats * sizeof(float));
        Contexts = (float**)_memory.Take(MostContexts * sizeof(float*));
        Centers = (float**)_memory.Take(tile.Centers * sizeof(float*));
        Negatives = (float**)_memory.Take(NegativeCount * sizeof(float*));
        Windows = (CenterWindow*)_memory.Take(tile.Centers * sizeof(CenterWindow));
    }

    /// <summary>Context rows of the largest tile, padding included.</summary>
    public int MostContexts { get; }

    /// <summary>The input vectors of the context words, in the order of the sentence; then rows of zeros up to a multiple of <see cref="ContextBlock"/>.</summary>
    public float** Contexts { get; }

    /// <summary>Context rows without the padding.</summary>
    public int ContextCount { get; private set; }

    /// <summary>The output vectors of the center words.</summary>
    public float** Centers { get; }

    /// <summary>Center words.</summary>
    public int CenterCount { get; private set; }

    /// <summary>The contexts that each center sees.</summary>
    public CenterWindow* Windows { get; }

    /// <summary>The output vectors of the negative samples, then a row of zeros for what is missing of a block.</summary>
    public float** Negatives { get; }

    /// <summary>Negative rows, padding included.</summary>
    public int NegativeCount { get; }

    /// <summary>How often negative k counts for context c, at c · <see cref="NegativeStride"/> + k; zero in the padding.</summary>
    public float* NegativeWeights { get; }

    /// <summary>Floats from one context's weights (or dot products, or gradients) of the negatives to the next one's: whole registers at every width.</summary>
    public int NegativeStride { get; }

    /// <summary>(center, context) pairs.</summary>
    public int PairCount { get; private set; }

    /// <summary>The learning rate of the tile.</summary>
    public float Rate { get; private set; }

    /// <summary>Where the negatives' words go before <see cref="Fill"/> is called.</summary>
    public Span<int> NegativeWords => _negatives;

    /// <summary>Takes the centers from <paramref name="first"/> on, as many as a tile has.</summary>
    public void Fill(SentenceTokens sentence, int first, float rate)
    {
        ReadOnlySpan<int> words = sentence.Words, radii = sentence.Radii;
        (Rate, PairCount, CenterCount) = (rate, 0, Math.Min(_tile.Centers, words.Length - first));
        int firstContext = first, endContext = first + CenterCount;
        for (int center = first; center < first + CenterCount; center++)
        {
            firstContext = Math.Min(firstContext, center - radii[center]);
            endContext = Math.Max(endContext, center + radii[center] + 1);
        }

        firstContext = Math.Max(0, firstContext);
        ContextCount = Math.Min(words.Length, endContext) - firstContext;
        TakeContexts(words.Slice(firstContext, ContextCount));
        TakeCenters(words, radii, first, firstContext);
        TakeNegatives();
    }

    /// <summary>Asks for the line at <paramref name="offset"/> floats of each row.</summary>
    public void Prefetch(int offset)
    {
        for (int c = 0; c < ContextCount; c++)
            Lanes128.Prefetch(Contexts[c] + offset);
        for (int i = 0; i < CenterCount; i++)
            Lanes128.Prefetch(Centers[i] + offset);
        for (int k = 0; k < _tile.Negatives; k++)
            Lanes128.Prefetch(Negatives[k] + offset);
    }

    public void Dispose() => _memory.Dispose();

    private void TakeContexts(ReadOnlySpan<int> words)
    {
        for (int c = 0; c < words.Length; c++)
            Contexts[c] = _weights.Input + (long)words[c] * _weights.Stride;
        for (int c = words.Length; c % ContextBlock != 0; c++)
            Contexts[c] = _zeros;
    }

    private void TakeCenters(ReadOnlySpan<int> words, ReadOnlySpan<int> radii, int first, int firstContext)
    {
        Array.Clear(_offsets);
        for (int center = first; center < first + CenterCount; center++)
            _offsets[radii[center] + 1]++;
        for (int radius = 1; radius < _offsets.Length; radius++)
            _offsets[radius] += _offsets[radius - 1];
        Array.Clear(_counts);
        for (int center = first; center < first + CenterCount; center++)
        {
            int radius = radii[center], place = _offsets[radius]++;
            var window = new CenterWindow(Math.Max(firstContext, center - radius) - firstContext, center - firstContext,
                Math.Min(firstContext + ContextCount, center + radius + 1) - firstContext);
            Windows[place] = window;
            Centers[place] = _weights.Output + (long)words[center] * _weights.Stride;
            _centerWords[place] = words[center];
            PairCount += window.End - window.Begin - 1;

            // As differences: a context is seen by all the centers from which it is near enough, but not by itself.
            _counts[window.Begin]++;
            _counts[window.Center]--;
            _counts[window.Center + 1]++;
            _counts[window.End]--;
        }
    }

    private void TakeNegatives()
    {
        for (int k = 0; k < NegativeCount; k++)
            Negatives[k] = k < _negatives.Length ? _weights.Output + (long)_negatives[k] * _weights.Stride : _zeros;
        float* weights = NegativeWeights;
        for (int c = 0, count = 0; c < ContextCount; c++, weights += NegativeStride)
        {
            count += _counts[c];
            Vector512<float> weight = Vector512.Create(count * _tile.NegativeWeight);
            for (int k = 0; k < NegativeStride; k += Vector512<float>.Count)
                weight.Store(weights + k);
            for (int k = _negatives.Length; k < NegativeStride; k++)
                weights[k] = 0;
        }

        for (int k = 0; k < _negatives.Length; k++)
            PassOverCenters(k);
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
                NegativeWeights[c * NegativeStride + negative] -= c == window.Center ? 0 : _tile.NegativeWeight;
            int next = centers[(i + 1)..].IndexOf(word);
            i = next < 0 ? -1 : i + 1 + next;
        }
    }

    private static int RoundUp(int count, int block) => (count + block - 1) / block * block;
}
