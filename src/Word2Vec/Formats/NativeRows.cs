using Word2Vec.Numerics;
using Word2Vec.Words;

namespace Word2Vec.Formats;

/// <summary>Rows of a <see cref="NativeFormat"/> file as 32-bit floats: in the file where they are that, otherwise decoded into memory.</summary>
internal sealed unsafe class NativeRows : IDisposable, IHeldMemory
{
    private readonly NativeBuffer<float>? _memory;
    private readonly IDisposable? _file;

    private NativeRows(float* first, NativeBuffer<float>? memory, IDisposable? file)
    {
        First = first;
        (_memory, _file) = (memory, file);
    }

    /// <summary>The first component of the first row; the others follow without gaps.</summary>
    public float* First { get; }

    /// <inheritdoc/>
    public long HeldBytes => _memory?.HeldBytes ?? 0;

    /// <summary>Opens the first <paramref name="count"/> rows of the section <paramref name="kind"/>.</summary>
    /// <param name="owned">What is disposed with the rows.</param>
    public static NativeRows Open(MappedFile file, NativeHeader header, NativeKind kind, int count, IDisposable? owned)
    {
        NativeSection section = header.Find(kind)!.Value;
        byte* start = file.Start + section.Start;
        if (header.Precision == VectorPrecision.Full)
            return new NativeRows((float*)start, null, owned);
        NativeSection? factors = header.Find(FactorsOf(kind));
        var memory = new NativeBuffer<float>((long)count * header.Size);
        float* factor = factors is { } found ? (float*)(file.Start + found.Start) : null;
        int damaged = Decode(start, factor, memory.First, count, header.Size, file.Cancellation);
        if (damaged < 0)
            return new NativeRows(memory.First, memory, owned);
        memory.Dispose();
        throw NativeHeader.Error(file, $"has a component that is infinite or not a number in row {damaged + 1} of its {kind}, at byte " +
            $"{section.Start + (long)damaged * header.Size * header.ComponentBytes}; it was not written by this program");
    }

    private static NativeKind FactorsOf(NativeKind kind) => kind switch
    {
        NativeKind.Rows => NativeKind.Factors,
        NativeKind.OutputRows => NativeKind.OutputFactors,
        _ => NativeKind.SubwordFactors,
    };

    public void Dispose()
    {
        _memory?.Dispose();
        _file?.Dispose();
    }

    // Bytes where there are factors, 16-bit floats where there are none. Returns the first row that is not finite, or -1.
    private static int Decode(byte* stored, float* factors, float* rows, int count, int size, CancellationToken cancellation) => FiniteRows.FirstNotFinite(count, id =>
    {
        var row = new Span<float>(rows + (long)id * size, size);
        if (factors is null)
            RowCode.FromHalf(new ReadOnlySpan<Half>(stored + (long)id * size * sizeof(Half), size), row);
        else
            RowCode.FromBytes(new ReadOnlySpan<sbyte>(stored + (long)id * size, size), factors[id], row);
        return row;
    }, cancellation);
}
