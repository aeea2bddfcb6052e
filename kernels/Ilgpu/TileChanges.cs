using ILGPU;
using Group = ILGPU.Group;

namespace Word2Vec.Kernels.Ilgpu;

/// <summary>The changes of a tile: gradients times the rows of the other side, four rows at a time.</summary>
internal static class TileChanges
{
    /// <summary>
    /// Changes the columns of <paramref name="chunk"/> of all rows. A row of lanes takes a block of four rows; a lane gathers its four columns of each in
    /// registers, and adds them to the rows.
    /// </summary>
    public static void Add<TArithmetic, TLanes>(TileArguments a, TileMemory shared, int chunk)
        where TArithmetic : struct, IDeviceArithmetic
        where TLanes : struct, ILaneCount
    {
        int log = default(TLanes).Log, blocks = (a.ContextSlots + a.CenterSlots + a.NegativeSlots) / 4;
        for (int block = Group.IdxX >> log; block < blocks; block += Group.DimX >> log)
        {
            Float4 first = default, second = default, third = default, fourth = default;
            int slot = 4 * block, lane = Group.IdxX & ((1 << log) - 1);
            if (slot < a.ContextSlots)
            {
                // Centers whose widest window reaches one of the four contexts.
                int begin = IntrinsicMath.Max(0, slot - (2 * a.Span.Window)), end = IntrinsicMath.Min(a.CenterSlots, slot + 4);
                ChangeContexts<TLanes>(a, shared, slot, begin, end, lane, ref first, ref second, ref third, ref fourth);
                ChangeContexts<TLanes>(
                    a, shared, slot, a.CenterSlots, a.CenterSlots + a.NegativeSlots, lane, ref first, ref second, ref third, ref fourth);
            }
            else
            {
                int sample = slot - a.ContextSlots;
                bool isCenter = sample < a.CenterSlots;
                ChangeSamples<TLanes>(a, shared, sample, isCenter ? sample : 0, isCenter ? sample + 4 + (2 * a.Span.Window) : a.ContextSlots, lane,
                    ref first, ref second, ref third, ref fourth);
            }

            // A thread beyond the row's end has no columns of it.
            int start = chunk << (log + 2), column = start + lane, left = a.Span.Size - column;
            if (left <= 0)
                continue;
            bool isWhole = start + (4 << log) <= a.Span.Size;
            ArrayView<float> matrix = slot < a.ContextSlots ? a.Span.Input : a.Span.Output, scales = shared.Scales.SubView(slot, 4);
            ArrayView<int> words = shared.Words.SubView(slot, 4);
            ArrayView<float> columns = matrix.SubView(column, matrix.Length - column);
            (int word0, int word1, int word2, int word3) = (words[0], words[1], words[2], words[3]);
            (float scale0, float scale1, float scale2, float scale3) = (scales[0], scales[1], scales[2], scales[3]);
            AddRow<TArithmetic>(columns, SpanArguments.Offset(word0, a.Span.Stride), scale0, 1 << log, left, isWhole, first);
            AddRow<TArithmetic>(columns, SpanArguments.Offset(word1, a.Span.Stride), scale1, 1 << log, left, isWhole, second);
            AddRow<TArithmetic>(columns, SpanArguments.Offset(word2, a.Span.Stride), scale2, 1 << log, left, isWhole, third);
            AddRow<TArithmetic>(columns, SpanArguments.Offset(word3, a.Span.Stride), scale3, 1 << log, left, isWhole, fourth);
        }
    }

    /// <summary>What samples <paramref name="begin"/> … <paramref name="end"/> − 1, an even number of them as slots come in fours, say to four contexts.</summary>
    private static void ChangeContexts<TLanes>(TileArguments a, TileMemory shared, int slot, int begin, int end, int lane,
        ref Float4 first, ref Float4 second, ref Float4 third, ref Float4 fourth)
        where TLanes : struct, ILaneCount
    {
        int stride = 4 * ((1 << default(TLanes).Log) + 1), columnsEnd = (3 << default(TLanes).Log) + 1, gradient = ((begin * a.ContextSlots) + slot) / 4, gradientStride = a.ContextSlots / 4;
        int row = ((a.ContextSlots + begin) * stride) + lane;
        for (int sample = begin; sample < end; sample += 2)
        {
            ArrayView<float> outputs = shared.Columns.SubView(row, stride + columnsEnd);
            MultiplyAdd(shared.GradientVectors[gradient], Columns<TLanes>(outputs, 0), ref first, ref second, ref third, ref fourth);
            MultiplyAdd(shared.GradientVectors[gradient + gradientStride], Columns<TLanes>(outputs, stride), ref first, ref second, ref third, ref fourth);
            gradient += 2 * gradientStride;
            row += 2 * stride;
        }
    }

    /// <summary>What contexts <paramref name="begin"/> … <paramref name="end"/> − 1 say to four samples; both are multiples of four, or rounded up to one.</summary>
    private static void ChangeSamples<TLanes>(TileArguments a, TileMemory shared, int sample, int begin, int end, int lane,
        ref Float4 first, ref Float4 second, ref Float4 third, ref Float4 fourth)
        where TLanes : struct, ILaneCount
    {
        int stride = 4 * ((1 << default(TLanes).Log) + 1), columnsEnd = (3 << default(TLanes).Log) + 1, gradient = ((sample * a.ContextSlots) + begin) / 4, gradientStride = a.ContextSlots / 4;
        int row = (begin * stride) + lane;
        for (int context = begin; context < end; context += 4)
        {
            Float4 g0 = shared.GradientVectors[gradient], g1 = shared.GradientVectors[gradient + gradientStride];
            Float4 g2 = shared.GradientVectors[gradient + (2 * gradientStride)], g3 = shared.GradientVectors[gradient + (3 * gradientStride)];
            ArrayView<float> inputs = shared.Columns.SubView(row, (3 * stride) + columnsEnd);
            Float4 columns = Columns<TLanes>(inputs, 0);
            MultiplyAdd(Row(g0.X, g1.X, g2.X, g3.X), columns, ref first, ref second, ref third, ref fourth);
            columns = Columns<TLanes>(inputs, stride);
            MultiplyAdd(Row(g0.Y, g1.Y, g2.Y, g3.Y), columns, ref first, ref second, ref third, ref fourth);
            columns = Columns<TLanes>(inputs, 2 * stride);
            MultiplyAdd(Row(g0.Z, g1.Z, g2.Z, g3.Z), columns, ref first, ref second, ref third, ref fourth);
            columns = Columns<TLanes>(inputs, 3 * stride);
            MultiplyAdd(Row(g0.W, g1.W, g2.W, g3.W), columns, ref first, ref second, ref third, ref fourth);
            gradient++;
            row += 4 * stride;
        }
    }

    /// <summary>A lane's columns. Constant indices into a view become offsets of one address.</summary>
    private static Float4 Columns<TLanes>(ArrayView<float> rows, int index)
        where TLanes : struct, ILaneCount
    {
        int lanes = 1 << default(TLanes).Log;
        return new Float4
        {
            X = rows[index],
            Y = rows[index + lanes],
            Z = rows[index + (2 * lanes)],
            W = rows[index + (3 * lanes)],
        };
    }

    private static Float4 Row(float x, float y, float z, float w) => new() { X = x, Y = y, Z = z, W = w };

    private static void MultiplyAdd(Float4 gradients, Float4 columns, ref Float4 first, ref Float4 second, ref Float4 third, ref Float4 fourth)
    {
        MultiplyAdd(gradients.X, columns, ref first);
        MultiplyAdd(gradients.Y, columns, ref second);
        MultiplyAdd(gradients.Z, columns, ref third);
        MultiplyAdd(gradients.W, columns, ref fourth);
    }

    private static void MultiplyAdd(float gradient, Float4 columns, ref Float4 sum)
    {
        sum.X = gradient * columns.X + sum.X;
        sum.Y = gradient * columns.Y + sum.Y;
        sum.Z = gradient * columns.Z + sum.Z;
        sum.W = gradient * columns.W + sum.W;
    }

    /// <summary>Adds a thread's four columns of a row, <paramref name="step"/> apart, of which it has those before <paramref name="left"/>.</summary>
    // Where all threads have four columns, none looks whether it has: that would cost as much as what it does.
    public static void AddRow<TArithmetic>(ArrayView<float> columns, long offset, float scale, int step, int left, bool isWhole, Float4 change)
        where TArithmetic : struct, IDeviceArithmetic
    {
        if (scale == 0)
            return;
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
