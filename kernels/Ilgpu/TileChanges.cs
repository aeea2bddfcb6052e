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
    public static void Add<TArithmetic, TLanes, TColumns>(TileArguments a, TileMemory shared, int chunk)
        where TArithmetic : struct, IDeviceArithmetic
        where TLanes : struct, ILaneCount
        where TColumns : struct, ILaneColumns
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
                ChangeContexts<TLanes, TColumns>(a, shared, slot, begin, end, lane, ref first, ref second, ref third, ref fourth);
                ChangeContexts<TLanes, TColumns>(
                    a, shared, slot, a.CenterSlots, a.CenterSlots + a.NegativeSlots, lane, ref first, ref second, ref third, ref fourth);
            }
            else
            {
                int sample = slot - a.ContextSlots;
                bool isCenter = sample < a.CenterSlots;
                ChangeSamples<TLanes, TColumns>(a, shared, sample, isCenter ? sample : 0, isCenter ? sample + 4 + (2 * a.Span.Window) : a.ContextSlots, lane,
                    ref first, ref second, ref third, ref fourth);
            }

            // A thread beyond the row's end has no columns of it.
            int start = chunk << (log + 2), column = start + default(TColumns).First(lane);
            if (column >= a.Span.Size)
                continue;
            default(TColumns).AddRows<TArithmetic, TLanes>(a, shared, slot, column, isWhole: start + (4 << log) <= a.Span.Size, first, second, third, fourth);
        }
    }

    /// <summary>What samples <paramref name="begin"/> … <paramref name="end"/> − 1, an even number of them as slots come in fours, say to four contexts.</summary>
    private static void ChangeContexts<TLanes, TColumns>(TileArguments a, TileMemory shared, int slot, int begin, int end, int lane,
        ref Float4 first, ref Float4 second, ref Float4 third, ref Float4 fourth)
        where TLanes : struct, ILaneCount
        where TColumns : struct, ILaneColumns
    {
        int gradient = ((begin * a.ContextSlots) + slot) / 4, gradientStride = a.ContextSlots / 4, row = default(TColumns).Place<TLanes>(a.ContextSlots + begin, lane);
        for (int sample = begin; sample < end; sample += 2)
        {
            MultiplyAdd(shared.GradientVectors[gradient], default(TColumns).Take<TLanes>(shared, row, 0), ref first, ref second, ref third, ref fourth);
            MultiplyAdd(shared.GradientVectors[gradient + gradientStride], default(TColumns).Take<TLanes>(shared, row, 1), ref first, ref second, ref third, ref fourth);
            gradient += 2 * gradientStride;
            row += 2 * default(TColumns).Stride<TLanes>();
        }
    }

    /// <summary>What contexts <paramref name="begin"/> … <paramref name="end"/> − 1 say to four samples; both are multiples of four, or rounded up to one.</summary>
    private static void ChangeSamples<TLanes, TColumns>(TileArguments a, TileMemory shared, int sample, int begin, int end, int lane,
        ref Float4 first, ref Float4 second, ref Float4 third, ref Float4 fourth)
        where TLanes : struct, ILaneCount
        where TColumns : struct, ILaneColumns
    {
        int gradient = ((sample * a.ContextSlots) + begin) / 4, gradientStride = a.ContextSlots / 4, row = default(TColumns).Place<TLanes>(begin, lane);
        for (int context = begin; context < end; context += 4)
        {
            Float4 g0 = shared.GradientVectors[gradient], g1 = shared.GradientVectors[gradient + gradientStride];
            Float4 g2 = shared.GradientVectors[gradient + (2 * gradientStride)], g3 = shared.GradientVectors[gradient + (3 * gradientStride)];
            Float4 columns = default(TColumns).Take<TLanes>(shared, row, 0);
            MultiplyAdd(Row(g0.X, g1.X, g2.X, g3.X), columns, ref first, ref second, ref third, ref fourth);
            columns = default(TColumns).Take<TLanes>(shared, row, 1);
            MultiplyAdd(Row(g0.Y, g1.Y, g2.Y, g3.Y), columns, ref first, ref second, ref third, ref fourth);
            columns = default(TColumns).Take<TLanes>(shared, row, 2);
            MultiplyAdd(Row(g0.Z, g1.Z, g2.Z, g3.Z), columns, ref first, ref second, ref third, ref fourth);
            columns = default(TColumns).Take<TLanes>(shared, row, 3);
            MultiplyAdd(Row(g0.W, g1.W, g2.W, g3.W), columns, ref first, ref second, ref third, ref fourth);
            gradient++;
            row += 4 * default(TColumns).Stride<TLanes>();
        }
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
}
