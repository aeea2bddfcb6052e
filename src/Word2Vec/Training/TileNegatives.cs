using System.Runtime.Intrinsics;
using Word2Vec.Numerics;

namespace Word2Vec.Training;

/// <summary>The negative samples of a tile, the contexts that meet them, and how much each pair of them counts.</summary>
internal sealed unsafe class TileNegatives : IDisposable
{
    /// <summary>Contexts are padded with rows of zeros to a multiple of this.</summary>
    public const int ContextBlock = 6;

    private const int RowBlock = 4, Lanes = 8;

    private readonly ScratchMemory _memory;
    private readonly float* _zeros;

    /// <summary>Makes room for <paramref name="count"/> negatives and up to <paramref name="mostContexts"/> contexts.</summary>
    public TileNegatives(int rowStride, int count, int mostContexts)
    {
        (Count, RowCount, Stride) = (count, Multiples.RoundUp(count, RowBlock), Multiples.RoundUp(count, Lanes));
        MostContexts = Multiples.RoundUp(mostContexts, ContextBlock);
        long weights = (long)MostContexts * Stride;
        _memory = new ScratchMemory((rowStride + weights) * sizeof(float) + (RowCount + MostContexts) * (long)sizeof(float*), pieces: 4);
        _zeros = (float*)_memory.Take(rowStride * sizeof(float));
        Weights = (float*)_memory.Take(weights * sizeof(float));
        Rows = (float**)_memory.Take(RowCount * sizeof(float*));
        Contexts = (float**)_memory.Take(MostContexts * sizeof(float*));
        for (int k = 0; k < RowCount; k++)
            Rows[k] = _zeros;
    }

    /// <summary>Negatives.</summary>
    public int Count { get; }

    /// <summary>Their output vectors, then a row of zeros for what is missing of a block of four.</summary>
    public float** Rows { get; }

    /// <summary>Rows with the padding.</summary>
    public int RowCount { get; }

    /// <summary>The input vectors of the contexts, then rows of zeros up to a multiple of <see cref="ContextBlock"/>.</summary>
    public float** Contexts { get; }

    /// <summary>Contexts without the padding.</summary>
    public int ContextCount { get; private set; }

    /// <summary>Contexts with the padding.</summary>
    public int PaddedContexts => Multiples.RoundUp(ContextCount, ContextBlock);

    /// <summary>Contexts of the largest tile, padding included.</summary>
    public int MostContexts { get; }

    /// <summary>How often negative k counts for context c, at c · <see cref="Stride"/> + k; zero in the padding.</summary>
    public float* Weights { get; }

    /// <summary>Floats from one context's weights (or dot products, or gradients) to the next one's.</summary>
    public int Stride { get; }

    /// <summary>Forgets the contexts.</summary>
    public void Begin() => ContextCount = 0;

    /// <summary>Adds the next context of the tile, for which each negative counts <paramref name="weight"/> times.</summary>
    public void Add(float* row, float weight)
    {
        Contexts[ContextCount] = row;
        float* weights = Weights + (ContextCount++ * Stride);
        Vector256<float> all = Vector256.Create(weight);
        for (int k = 0; k < Stride; k += Lanes)
            all.Store(weights + k);
        for (int k = Count; k < Stride; k++)
            weights[k] = 0;
    }

    /// <summary>Fills the last block of contexts.</summary>
    public void Complete()
    {
        for (int c = ContextCount; c < PaddedContexts; c++)
        {
            Contexts[c] = _zeros;
            new Span<float>(Weights + c * Stride, Stride).Clear();
        }
    }

    public void Dispose() => _memory.Dispose();
}
