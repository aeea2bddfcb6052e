using ILGPU;

namespace Word2Vec.Kernels.Ilgpu;

/// <summary>Which four columns of a row a lane changes, and how it adds to them.</summary>
internal interface ILaneColumns
{
    /// <summary>The first of the four columns of <paramref name="lane"/>.</summary>
    int First(int lane);

    /// <summary>Where the columns of <paramref name="lane"/> begin in the row of <paramref name="slot"/>, for <see cref="Take"/>.</summary>
    int Place<TLanes>(int slot, int lane)
        where TLanes : struct, ILaneCount;

    /// <summary>From one row to the next, in the same measure.</summary>
    int Stride<TLanes>()
        where TLanes : struct, ILaneCount;

    /// <summary>A lane's columns of the row that is <paramref name="ahead"/> rows behind that at <paramref name="place"/>.</summary>
    Float4 Take<TLanes>(TileMemory shared, int place, int ahead)
        where TLanes : struct, ILaneCount;

    /// <summary>Adds to a lane's columns, the first of which is <paramref name="column"/>, of the rows of four slots; those behind a row's end it leaves out.</summary>
    void AddRows<TArithmetic, TLanes>(TileArguments a, TileMemory shared, int slot, int column, bool isWhole, Float4 first, Float4 second, Float4 third, Float4 fourth)
        where TArithmetic : struct, IDeviceArithmetic
        where TLanes : struct, ILaneCount;
}

/// <summary>Columns as far apart as there are lanes: the lanes of a warp add one column each, side by side.</summary>
internal readonly struct SpreadColumns : ILaneColumns
{
    public int First(int lane) => lane;

    public int Place<TLanes>(int slot, int lane)
        where TLanes : struct, ILaneCount => (slot * Stride<TLanes>()) + lane;

    public int Stride<TLanes>()
        where TLanes : struct, ILaneCount => 4 * ((1 << default(TLanes).Log) + 1);

    public Float4 Take<TLanes>(TileMemory shared, int place, int ahead)
        where TLanes : struct, ILaneCount
    {
        // Indices in a view of its own are constants, so that the addresses are offsets.
        int lanes = 1 << default(TLanes).Log, stride = Stride<TLanes>();
        ArrayView<float> rows = shared.Columns.SubView(place, (ahead * stride) + (3 * lanes) + 1);
        return new Float4
        {
            X = rows[ahead * stride],
            Y = rows[(ahead * stride) + lanes],
            Z = rows[(ahead * stride) + (2 * lanes)],
            W = rows[(ahead * stride) + (3 * lanes)],
        };
    }

    public void AddRows<TArithmetic, TLanes>(TileArguments a, TileMemory shared, int slot, int column, bool isWhole, Float4 first, Float4 second, Float4 third, Float4 fourth)
        where TArithmetic : struct, IDeviceArithmetic
        where TLanes : struct, ILaneCount
    {
        int left = a.Span.Size - column;
        ArrayView<float> matrix = slot < a.ContextSlots ? a.Span.Input : a.Span.Output, columns = matrix.SubView(column, matrix.Length - column);
        ArrayView<float> scales = shared.Scales.SubView(slot, 4);
        ArrayView<int> words = shared.Words.SubView(slot, 4);
        (int word0, int word1, int word2, int word3) = (words[0], words[1], words[2], words[3]);
        (float scale0, float scale1, float scale2, float scale3) = (scales[0], scales[1], scales[2], scales[3]);
        AddRow<TArithmetic, TLanes>(columns, SpanArguments.Offset(word0, a.Span.Stride), scale0, left, isWhole, first);
        AddRow<TArithmetic, TLanes>(columns, SpanArguments.Offset(word1, a.Span.Stride), scale1, left, isWhole, second);
        AddRow<TArithmetic, TLanes>(columns, SpanArguments.Offset(word2, a.Span.Stride), scale2, left, isWhole, third);
        AddRow<TArithmetic, TLanes>(columns, SpanArguments.Offset(word3, a.Span.Stride), scale3, left, isWhole, fourth);
    }

    /// <summary>Adds a thread's four columns of a row, of which it has those before <paramref name="left"/>.</summary>
    // Where all threads have four columns, none looks whether it has: that would cost as much as what it does.
    private static void AddRow<TArithmetic, TLanes>(ArrayView<float> columns, long offset, float scale, int left, bool isWhole, Float4 change)
        where TArithmetic : struct, IDeviceArithmetic
        where TLanes : struct, ILaneCount
    {
        if (scale == 0)
            return;
        int step = 1 << default(TLanes).Log;
        ArrayView<float> row = columns.SubView(offset, left);
        default(TArithmetic).Add(row, 0, change.X * scale);
        if (isWhole)
        {
            default(TArithmetic).Add(row, step, change.Y * scale);
            default(TArithmetic).Add(row, 2 * step, change.Z * scale);
            default(TArithmetic).Add(row, 3 * step, change.W * scale);
            return;
        }

        if (left > step)
            default(TArithmetic).Add(row, step, change.Y * scale);
        if (left > 2 * step)
            default(TArithmetic).Add(row, 2 * step, change.Z * scale);
        if (left > 3 * step)
            default(TArithmetic).Add(row, 3 * step, change.W * scale);
    }
}

/// <summary>
/// Four columns side by side, added at once (<see cref="CardAddition"/>). Rows have room for whole vectors; behind a row's end there are zeros on both sides, so that nothing is added there.
/// </summary>
internal readonly struct VectorColumns : ILaneColumns
{
    public int First(int lane) => 4 * lane;

    public int Place<TLanes>(int slot, int lane)
        where TLanes : struct, ILaneCount => (slot * Stride<TLanes>()) + lane;

    public int Stride<TLanes>()
        where TLanes : struct, ILaneCount => (1 << default(TLanes).Log) + 1;

    public Float4 Take<TLanes>(TileMemory shared, int place, int ahead)
        where TLanes : struct, ILaneCount => shared.Rows.SubView(place, (ahead * Stride<TLanes>()) + 1)[ahead * Stride<TLanes>()];

    public void AddRows<TArithmetic, TLanes>(TileArguments a, TileMemory shared, int slot, int column, bool isWhole, Float4 first, Float4 second, Float4 third, Float4 fourth)
        where TArithmetic : struct, IDeviceArithmetic
        where TLanes : struct, ILaneCount
    {
        int bytes = sizeof(float) * a.Span.Stride;
        long columns = (slot < a.ContextSlots ? a.InputAddress : a.OutputAddress) + (sizeof(float) * column);
        ArrayView<float> scales = shared.Scales.SubView(slot, 4);
        ArrayView<int> words = shared.Words.SubView(slot, 4);
        (int word0, int word1, int word2, int word3) = (words[0], words[1], words[2], words[3]);
        (float scale0, float scale1, float scale2, float scale3) = (scales[0], scales[1], scales[2], scales[3]);
        AddRow(CardAddition.Row(columns, word0, bytes), scale0, first);
        AddRow(CardAddition.Row(columns, word1, bytes), scale1, second);
        AddRow(CardAddition.Row(columns, word2, bytes), scale2, third);
        AddRow(CardAddition.Row(columns, word3, bytes), scale3, fourth);
    }

    private static void AddRow(long address, float scale, Float4 change)
    {
        if (scale != 0)
            CardAddition.Add(address, new Float4 { X = change.X * scale, Y = change.Y * scale, Z = change.Z * scale, W = change.W * scale });
    }
}
