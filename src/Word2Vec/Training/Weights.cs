using System.Numerics;
using System.Runtime.CompilerServices;
using Word2Vec.Numerics;

namespace Word2Vec.Training;

/// <summary>
/// The two matrices that a training changes: input vectors (indexed by context words; the product) and output vectors (indexed by center words
/// and negative samples). Rows are padded to a multiple of 16 floats and start on a cache line; the padding is zero and stays zero. Spans of rows are valid until this object is disposed or collected.
/// </summary>
public sealed unsafe class Weights : IDisposable
{
    /// <summary>Floats that a row is padded to a multiple of: one cache line, one AVX-512 register.</summary>
    public const int RowAlignment = 16;

    // Outside the epochs 0, 1, … of the training's own draws.
    private const int InitializationEpoch = -1;

    private float* _input;
    private float* _output;

    /// <summary>Allocates <paramref name="rows"/> × <paramref name="size"/> input and output vectors, all zero.</summary>
    public Weights(int rows, int size)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rows);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        (Rows, Size, Stride) = (rows, size, StrideOf(size));
        _input = Allocate();
        _output = Allocate();
    }

    /// <summary>Frees the memory.</summary>
    ~Weights() => Free();

    /// <summary>Words of the vocabulary.</summary>
    public int Rows { get; }

    /// <summary>Components of a vector.</summary>
    public int Size { get; }

    /// <summary>Floats from one row to the next.</summary>
    public int Stride { get; }

    /// <summary>Floats of one matrix, padding included.</summary>
    public long Length => (long)Rows * Stride;

    /// <summary>The address of input vector 0.</summary>
    public float* Input => _input;

    /// <summary>The address of output vector 0.</summary>
    public float* Output => _output;

    /// <summary>The input vector of word <paramref name="id"/>.</summary>
    public Span<float> InputRow(int id) => Row(_input, id);

    /// <summary>The output vector of word <paramref name="id"/>.</summary>
    public Span<float> OutputRow(int id) => Row(_output, id);

    /// <summary>Draws the input vectors uniformly from ±0.5 / Size and sets the output vectors to zero, as word2vec.c does.</summary>
    public void Initialize(ulong seed)
    {
        DrawKey key = DrawKey.From(seed, InitializationEpoch, 0);
        var bits = new uint[Size];
        for (int id = 0; id < Rows; id++)
        {
            key.DrawRange((long)id * Size, bits);
            ToWeights(bits, InputRow(id));
            OutputRow(id).Clear();
        }
    }

    /// <summary>Floats from one row to the next where vectors have <paramref name="size"/> components.</summary>
    internal static int StrideOf(int size) => Multiples.RoundUp(size, RowAlignment);

    /// <summary>Copies all rows of <paramref name="other"/>, which has the same shape.</summary>
    internal void CopyFrom(Weights other)
    {
        long bytes = Length * sizeof(float);
        Buffer.MemoryCopy(other._input, _input, bytes, bytes);
        Buffer.MemoryCopy(other._output, _output, bytes, bytes);
    }

    /// <summary>Maps each of <paramref name="bits"/> to ±0.5 / (their number), a register at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // hot from its first call on: weights are drawn once
    internal static void ToWeights(ReadOnlySpan<uint> bits, Span<float> weights)
    {
        var size = new Vector<float>(weights.Length);
        int i = 0;
        for (; i <= bits.Length - Vector<uint>.Count; i += Vector<uint>.Count)
        {
            Vector<float> unit = Vector.ConvertToSingle((new Vector<uint>(bits[i..]) >> 8).As<uint, int>()) * (1f / (1 << 24));
            ((unit - new Vector<float>(0.5f)) / size).CopyTo(weights[i..]);
        }

        ToWeightsPlain(bits[i..], weights[i..], weights.Length);
    }

    /// <summary>The same one by one, for vectors of <paramref name="size"/>: its tail and its yardstick.</summary>
    internal static void ToWeightsPlain(ReadOnlySpan<uint> bits, Span<float> weights, int size)
    {
        for (int i = 0; i < bits.Length; i++)
            weights[i] = (CounterRandom.Unit(bits[i]) - 0.5f) / size;
    }

    /// <summary>Frees the output vectors, which nobody needs after the training; the input vectors stay.</summary>
    internal void FreeOutput()
    {
        LargeMemory.Free(_output);
        _output = null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private Span<float> Row(float* matrix, int id)
    {
        ObjectDisposedException.ThrowIf(matrix is null, this);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)id, (uint)Rows, nameof(id));
        return new Span<float>(matrix + (long)id * Stride, Size);
    }

    private float* Allocate() => (float*)LargeMemory.AllocateZeroed(checked((nuint)(Length * sizeof(float))));

    private void Free()
    {
        LargeMemory.Free(_input);
        LargeMemory.Free(_output);
        _input = _output = null;
    }
}
