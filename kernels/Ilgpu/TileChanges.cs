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

            int column = (chunk << (log + 2)) + lane;
            ArrayView<float> matrix = slot < a.ContextSlots ? a.Span.Input : a.Span.Output;
            AddRow<TArithmetic, TLanes>(a, shared, matrix, slot, column, first);
            AddRow<TArithmetic, TLanes>(a, shared, matrix, slot + 1, column, second);
            AddRow<TArithmetic, TLanes>(a, shared, matrix, slot + 2, column, third);
            AddRow<TArithmetic, TLanes>(a, shared, matrix, slot + 3, column, fourth);
        }
    }

    /// <summary>What samples <paramref name="begin"/> … <paramref name="end"/> − 1 say to four contexts.</summary>
    private static void ChangeContexts<TLanes>(TileArguments a, TileMemory shared, int slot, int begin, int end, int lane,
        ref Float4 first, ref Float4 second, ref Float4 third, ref Float4 fourth)
        where TLanes : struct, ILaneCount
    {
        int stride = 4 * ((1 << default(TLanes).Log) + 1), columnsEnd = (3 << default(TLanes).Log) + 1, gradient = ((begin * a.ContextSlots) + slot) / 4, gradientStride = a.ContextSlots / 4;
        int row = ((a.ContextSlots + begin) * stride) + lane;
        for (int sample = begin; sample < end; sample++)
        {
            Float4 g = shared.GradientVectors[gradient], columns = Columns<TLanes>(shared.Columns.SubView(row, columnsEnd), 0);
            MultiplyAdd(g.X, columns, ref first);
            MultiplyAdd(g.Y, columns, ref second);
            MultiplyAdd(g.Z, columns, ref third);
            MultiplyAdd(g.W, columns, ref fourth);
            gradient += gradientStride;
            row += stride;
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
            MultiplyAdd(g0.X, g1.X, g2.X, g3.X, columns, ref first, ref second, ref third, ref fourth);
            columns = Columns<TLanes>(inputs, stride);
            MultiplyAdd(g0.Y, g1.Y, g2.Y, g3.Y, columns, ref first, ref second, ref third, ref fourth);
            columns = Columns<TLanes>(inputs, 2 * stride);
            MultiplyAdd(g0.Z, g1.Z, g2.Z, g3.Z, columns, ref first, ref second, ref third, ref fourth);
            columns = Columns<TLanes>(inputs, 3 * stride);
            MultiplyAdd(g0.W, g1.W, g2.W, g3.W, columns, ref first, ref second, ref third, ref fourth);
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

    private static void MultiplyAdd(
        float g0, float g1, float g2, float g3, Float4 columns, ref Float4 first, ref Float4 second, ref Float4 third, ref Float4 fourth)
    {
        MultiplyAdd(g0, columns, ref first);
        MultiplyAdd(g1, columns, ref second);
        MultiplyAdd(g2, columns, ref third);
        MultiplyAdd(g3, columns, ref fourth);
    }

    private static void MultiplyAdd(float gradient, Float4 columns, ref Float4 sum)
    {
        sum.X = gradient * columns.X + sum.X;
        sum.Y = gradient * columns.Y + sum.Y;
        sum.Z = gradient * columns.Z + sum.Z;
        sum.W = gradient * columns.W + sum.W;
    }

    private static void AddRow<TArithmetic, TLanes>(
        TileArguments a, TileMemory shared, ArrayView<float> matrix, int slot, int column, Float4 change)
        where TArithmetic : struct, IDeviceArithmetic
        where TLanes : struct, ILaneCount
    {
        float scale = shared.Scales[slot];
        if (scale == 0)
            return;
        int lanes = 1 << default(TLanes).Log;
        long target = ((long)shared.Words[slot] * a.Span.Stride) + column;
        AddColumn<TArithmetic>(a, matrix, target, column, change.X * scale);
        AddColumn<TArithmetic>(a, matrix, target + lanes, column + lanes, change.Y * scale);
        AddColumn<TArithmetic>(a, matrix, target + (2 * lanes), column + (2 * lanes), change.Z * scale);
        AddColumn<TArithmetic>(a, matrix, target + (3 * lanes), column + (3 * lanes), change.W * scale);
    }

    private static void AddColumn<TArithmetic>(TileArguments a, ArrayView<float> matrix, long target, int column, float change)
        where TArithmetic : struct, IDeviceArithmetic
    {
        if (column < a.Span.Size)
            default(TArithmetic).Add(matrix, target, change);
    }
}
