using System.Numerics;
using System.Runtime.CompilerServices;
using Word2Vec.Numerics;

namespace Word2Vec.Training;

/// <summary>
/// The two matrices that a training changes: input vectors (of words, then of the buckets of n-grams; the product) and output vectors (of words, or of
/// the inner nodes of a Huffman tree). Rows are padded to a multiple of 16 floats and start on a cache line; the padding is zero and stays zero. Spans of rows are valid until this object is disposed or collected.
/// </summary>
public sealed unsafe class Weights : IDisposable
{
    /// <summary>Floats that a row is padded to a multiple of: one cache line, one AVX-512 register.</summary>
    public const int RowAlignment = 16;

    // Outside the epochs 0, 1, … of the training's own draws.
    private const int InitializationEpoch = -1;

    private float* _input;
    private float* _output;
    private bool[]? _frozen;

    /// <summary>Allocates <paramref name="rows"/> × <paramref name="size"/> input and output vectors, all zero.</summary>
    public Weights(int rows, int size)
        : this(rows, rows, rows, size)
    {
    }

    /// <summary>Allocates what a training of <paramref name="words"/> words with <paramref name="options"/> changes, all zero.</summary>
    /// <exception cref="Word2VecException">An option is out of its range, or there are more words and buckets than rows can be counted.</exception>
    public Weights(int words, TrainingOptions options)
        : this(words, InputRowsOf(words, options), Shape(words, options).Output, options.VectorSize)
    {
    }

    private Weights(int words, int inputRows, int outputRows, int size)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(words);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        (Rows, InputRows, OutputRows, Size, Stride) = (words, inputRows, outputRows, size, StrideOf(size));
        _input = Allocate(InputLength);
        _output = Allocate(OutputLength);
    }

    /// <summary>Frees the memory.</summary>
    ~Weights() => Free();

    /// <summary>Words of the vocabulary.</summary>
    public int Rows { get; }

    /// <summary>Input vectors: those of the words, then those of the buckets of n-grams.</summary>
    public int InputRows { get; }

    /// <summary>Output vectors: those of the words, or of the inner nodes of the Huffman tree.</summary>
    public int OutputRows { get; }

    /// <summary>Components of a vector.</summary>
    public int Size { get; }

    /// <summary>Floats from one row to the next.</summary>
    public int Stride { get; }

    /// <summary>Floats of the input vectors, padding included.</summary>
    public long InputLength => (long)InputRows * Stride;

    /// <summary>Floats of the output vectors, padding included.</summary>
    public long OutputLength => (long)OutputRows * Stride;

    /// <summary>The address of input vector 0.</summary>
    public float* Input => _input;

    /// <summary>The address of output vector 0.</summary>
    public float* Output => _output;

    /// <summary>The input vector of word <paramref name="id"/>, or of the bucket <paramref name="id"/> − <see cref="Rows"/>.</summary>
    public Span<float> InputRow(int id) => Row(_input, id, InputRows);

    /// <summary>The output vector of word, or inner node, <paramref name="id"/>.</summary>
    public Span<float> OutputRow(int id) => Row(_output, id, OutputRows);

    /// <summary>What tells the rows that a training began with from those of another training; 0: they were drawn.</summary>
    internal uint Origin { get; set; }

    /// <summary>Whether any input vector is frozen.</summary>
    internal bool HasFrozen => _frozen is not null;

    /// <summary>Whether the input vector of word <paramref name="id"/> is to stay as it is: no backend writes it.</summary>
    internal bool IsFrozen(int id) => _frozen is not null && _frozen[id];

    /// <summary>Freezes the input vector of word <paramref name="id"/>.</summary>
    internal void Freeze(int id) => (_frozen ??= new bool[InputRows])[id] = true;

    /// <summary>Draws the input vectors uniformly from ±0.5 / Size and sets the output vectors to zero, as word2vec.c does.</summary>
    public void Initialize(ulong seed)
    {
        DrawKey key = DrawKey.From(seed, InitializationEpoch, 0);
        var bits = new uint[Size];
        for (int id = 0; id < InputRows; id++)
        {
            key.DrawRange((long)id * Size, bits);
            ToWeights(bits, InputRow(id));
        }

        for (int id = 0; id < OutputRows; id++)
            OutputRow(id).Clear();
    }

    /// <summary>Weights of the same shape, all zero.</summary>
    internal Weights OfSameShape() => new(Rows, InputRows, OutputRows, Size);

    /// <summary>The rows that a training of <paramref name="words"/> words with <paramref name="options"/> has; more than an int counts where that is too many.</summary>
    internal static (long Input, int Output) Shape(int words, TrainingOptions options) => (
        (long)words + (options.Subwords?.Buckets ?? 0), options.OutputLayer == OutputLayer.HierarchicalSoftmax ? HuffmanTree.NodeCount(words) : words);

    /// <summary>Floats from one row to the next where vectors have <paramref name="size"/> components.</summary>
    internal static int StrideOf(int size) => Multiples.RoundUp(size, RowAlignment);

    /// <summary>Copies all rows of <paramref name="other"/>, which has the same shape.</summary>
    internal void CopyFrom(Weights other)
    {
        Copy(other._input, _input, InputLength * sizeof(float));
        Copy(other._output, _output, OutputLength * sizeof(float));

        static void Copy(float* source, float* target, long bytes) => Buffer.MemoryCopy(source, target, bytes, bytes);
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

    private static int InputRowsOf(int words, TrainingOptions options)
    {
        options.Validate();
        long rows = Shape(words, options).Input;
        return rows <= int.MaxValue ? (int)rows : throw new Word2VecException(ErrorKind.Usage,
            $"There are {words} words and --buckets {options.Subwords?.Buckets}, together {rows} rows; at most {int.MaxValue} can be counted. Take fewer buckets.");
    }

    private Span<float> Row(float* matrix, int id, int rows)
    {
        ObjectDisposedException.ThrowIf(matrix is null, this);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)id, (uint)rows, nameof(id));
        return new Span<float>(matrix + (long)id * Stride, Size);
    }

    private static float* Allocate(long floats) => (float*)LargeMemory.AllocateZeroed(checked((nuint)(floats * sizeof(float))));

    private void Free()
    {
        LargeMemory.Free(_input);
        LargeMemory.Free(_output);
        _input = _output = null;
    }
}
