using System.Runtime.InteropServices;
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
        (Rows, Size, Stride) = (rows, size, (size + RowAlignment - 1) / RowAlignment * RowAlignment);
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
        for (int id = 0; id < Rows; id++)
        {
            Span<float> row = InputRow(id);
            for (int i = 0; i < row.Length; i++)
                row[i] = (CounterRandom.Unit(key.Draw((long)id * Size + i)) - 0.5f) / Size;
            OutputRow(id).Clear();
        }
    }

    /// <summary>Frees the output vectors, which nobody needs after the training; the input vectors stay.</summary>
    internal void FreeOutput()
    {
        NativeMemory.AlignedFree(_output);
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

    private float* Allocate()
    {
        nuint bytes = checked((nuint)(Length * sizeof(float)));
        var memory = (float*)NativeMemory.AlignedAlloc(Math.Max(bytes, 64), 64);
        NativeMemory.Clear(memory, bytes);
        return memory;
    }

    private void Free()
    {
        NativeMemory.AlignedFree(_input);
        NativeMemory.AlignedFree(_output);
        _input = _output = null;
    }
}
