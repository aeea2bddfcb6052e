using Word2Vec.Numerics;

namespace Word2Vec.Training;

/// <summary>
/// The rows of one window, as <see cref="WindowKernel{TLanes, TVector}"/> takes them: samples in blocks of six, contexts in pairs. A word that occurs
/// twice is one row with the weight two; what is missing of a block or a pair is a row of zeros with the weight zero.
/// </summary>
internal sealed unsafe class WindowRows : IDisposable
{
    /// <summary>Samples of a block.</summary>
    public const int BlockSize = 6;

    /// <summary>Floats from one context's gradients of a block to the next one's: those of the samples, then two that are unused.</summary>
    public const int BlockStride = 8;

    private readonly Weights _weights;
    private readonly ScratchMemory _memory;
    private readonly int[] _contextIds, _sampleIds;
    private readonly float* _zeros;
    private int _sampleCount;

    /// <summary>Makes room for the widest window.</summary>
    public WindowRows(Weights weights, int window, int negatives)
    {
        _weights = weights;
        MostContexts = 2 * window;
        MostBlocks = (negatives + BlockSize) / BlockSize;
        int contexts = MostContexts, samples = MostBlocks * BlockSize;
        (_contextIds, _sampleIds) = (new int[contexts], new int[samples]);
        long floats = 2L * weights.Stride + contexts + MostBlocks * BlockStride;
        _memory = new ScratchMemory(floats * sizeof(float) + (contexts + samples) * (long)sizeof(float*), pieces: 5);
        _zeros = (float*)_memory.Take(2L * weights.Stride * sizeof(float));
        ContextWeights = (float*)_memory.Take(contexts * sizeof(float));
        SampleWeights = (float*)_memory.Take(MostBlocks * BlockStride * sizeof(float));
        Contexts = (float**)_memory.Take(contexts * sizeof(float*));
        Samples = (float**)_memory.Take(samples * sizeof(float*));
    }

    /// <summary>Context rows of the widest window.</summary>
    public int MostContexts { get; }

    /// <summary>Sample blocks of a window without repeated negatives.</summary>
    public int MostBlocks { get; }

    /// <summary>The input vectors of the context words.</summary>
    public float** Contexts { get; }

    /// <summary>How often each of them occurs.</summary>
    public float* ContextWeights { get; }

    /// <summary>The output vectors of the center word (the first) and its negatives.</summary>
    public float** Samples { get; }

    /// <summary>How often each of them occurs; sample s of block b at b · <see cref="BlockStride"/> + s.</summary>
    public float* SampleWeights { get; }

    /// <summary>Context rows, an even number once the window is complete.</summary>
    public int ContextCount { get; private set; }

    /// <summary>Blocks of samples, once the window is complete.</summary>
    public int Blocks => _sampleCount / BlockSize;

    /// <summary>(center, context) pairs.</summary>
    public int PairCount { get; private set; }

    /// <summary>Starts a window around the word <paramref name="center"/>.</summary>
    public void Begin(int center)
    {
        (ContextCount, PairCount, _sampleCount) = (0, 0, 1);
        _sampleIds[0] = center;
        Samples[0] = _weights.Output + (long)center * _weights.Stride;
        SampleWeights[0] = 1;
    }

    /// <summary>Adds a negative sample; the center word itself is passed over.</summary>
    public void AddNegative(int word)
    {
        for (int s = 0; s < _sampleCount; s++)
        {
            if (_sampleIds[s] != word)
                continue;
            if (s > 0)
                SampleWeights[WeightIndex(s)]++;
            return;
        }

        AddSample(word, _weights.Output + (long)word * _weights.Stride, 1);
    }

    /// <summary>Adds a context word.</summary>
    public void AddContext(int word)
    {
        PairCount++;
        for (int c = 0; c < ContextCount; c++)
        {
            if (_contextIds[c] != word)
                continue;
            ContextWeights[c]++;
            return;
        }

        AddRow(word, _weights.Input + (long)word * _weights.Stride, 1);
    }

    /// <summary>Fills the last block and the last pair.</summary>
    public void Complete()
    {
        while (_sampleCount % BlockSize != 0)
            AddSample(-1, _zeros, 0);
        if (ContextCount % 2 != 0)
            AddRow(-1, _zeros + _weights.Stride, 0);
    }

    /// <summary>Asks for the cache lines of the sample rows.</summary>
    public void PrefetchSamples()
    {
        for (int s = 0; s < _sampleCount; s++)
            Prefetch(Samples[s]);
    }

    /// <summary>Asks for the cache lines of a word's input vector.</summary>
    public void PrefetchContext(int word) => Prefetch(_weights.Input + (long)word * _weights.Stride);

    public void Dispose() => _memory.Dispose();

    private void Prefetch(float* row)
    {
        for (int i = 0; i < _weights.Stride; i += Weights.RowAlignment)
            Lanes128.Prefetch(row + i);
    }

    private static int WeightIndex(int sample) => sample / BlockSize * BlockStride + sample % BlockSize;

    private void AddSample(int word, float* row, float weight)
    {
        _sampleIds[_sampleCount] = word;
        Samples[_sampleCount] = row;
        SampleWeights[WeightIndex(_sampleCount++)] = weight;
    }

    private void AddRow(int word, float* row, float weight)
    {
        _contextIds[ContextCount] = word;
        Contexts[ContextCount] = row;
        ContextWeights[ContextCount++] = weight;
    }
}
