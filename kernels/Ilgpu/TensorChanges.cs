using ILGPU;
using Group = ILGPU.Group;

namespace Word2Vec.Kernels.Ilgpu;

/// <summary>The changes of a tile on tensor cores; see <see cref="TileChanges"/>.</summary>
/// <remarks>
/// A warp takes 16 rows and half of a chunk's columns at a time: gradients (rows · rows of the other side) times rows of the other side (· columns). Which of those is summed when is free, so that a
/// lane takes two that lie side by side: four lanes then read rows eight banks apart, and eight lanes as many columns.
/// </remarks>
internal static class TensorChanges
{
    private const int Strip = 2 * TensorProduct.Lanes;

    /// <summary>A lane's sums of 16 rows and 64 columns, eight columns each: those of the first 32 columns, and those of the others.</summary>
    private struct Sums
    {
        public HalfSums Left, Right;
    }

    private struct HalfSums
    {
        public Float4 First, Second, Third, Fourth;
    }

    /// <summary>Changes the columns of <paramref name="chunk"/> of all rows.</summary>
    public static void Add<TArithmetic>(TileArguments a, TileMemory shared, int chunk)
        where TArithmetic : struct, IDeviceArithmetic
    {
        int lane = Group.IdxX % TensorProduct.Lanes, contexts = a.ContextSlots, samples = a.CenterSlots + a.NegativeSlots;
        int contextTasks = 2 * ((contexts + TensorProduct.Rows - 1) / TensorProduct.Rows), tasks = contextTasks + (2 * ((samples + TensorProduct.Rows - 1) / TensorProduct.Rows));
        for (int task = Group.IdxX / TensorProduct.Lanes; task < tasks; task += Group.DimX / TensorProduct.Lanes)
        {
            int column = Strip * (task & 1), place = (2 * Strip * chunk) + column;
            if (task < contextTasks)
            {
                int context = TensorProduct.Rows * (task >> 1);
                Sums sums = OfSamples(a, shared, context, column, lane);
                AddRows<TArithmetic>(a.Span, shared, a.Span.Input, context, contexts, place, lane, sums);
            }
            else
            {
                int sample = TensorProduct.Rows * ((task - contextTasks) >> 1);
                Sums sums = OfContexts(a, shared, sample, column, lane);
                AddRows<TArithmetic>(a.Span, shared, a.Span.Output, contexts + sample, contexts + samples, place, lane, sums);
            }
        }
    }

    /// <summary>What all samples say to 16 contexts.</summary>
    private static Sums OfSamples(TileArguments a, TileMemory shared, int context, int column, int lane)
    {
        int g = lane >> 2, t = lane & 3, contexts = a.ContextSlots, samples = a.CenterSlots + a.NegativeSlots;
        int upper = (2 * t * contexts) + IntrinsicMath.Min(context + g, contexts - 1), lower = (2 * t * contexts) + IntrinsicMath.Min(context + g + 8, contexts - 1);
        int row = ((contexts + (2 * t)) * TensorProduct.Stride) + column + g, ahead = TensorProduct.Terms * contexts;
        ArrayView<int> gradients = shared.Gradients.Cast<int>(), rows = shared.Columns.Cast<int>();
        Sums sums = default;
        for (int k = samples / TensorProduct.Terms; k > 0; k--)
        {
            Multiply(Factor(gradients, upper, upper + contexts, lower, lower + contexts), rows, row, ref sums);
            (upper, lower, row) = (upper + ahead, lower + ahead, row + (TensorProduct.Terms * TensorProduct.Stride));
        }

        // Samples come in fours: for the last four half of the lanes find none, take others, and add nothing of them.
        if (samples % TensorProduct.Terms != 0)
        {
            int back = t < 2 ? 0 : TensorProduct.Terms / 2;
            (upper, lower) = (upper - (back * contexts), lower - (back * contexts));
            Multiply(OrNothing(Factor(gradients, upper, upper + contexts, lower, lower + contexts), t < 2), rows, row - (back * TensorProduct.Stride), ref sums);
        }

        return sums;
    }

    /// <summary>What all contexts say to 16 samples.</summary>
    private static Sums OfContexts(TileArguments a, TileMemory shared, int sample, int column, int lane)
    {
        int g = lane >> 2, t = lane & 3, contexts = a.ContextSlots, samples = a.CenterSlots + a.NegativeSlots;
        int upper = (IntrinsicMath.Min(sample + g, samples - 1) * contexts) + (2 * t), lower = (IntrinsicMath.Min(sample + g + 8, samples - 1) * contexts) + (2 * t);
        int row = (2 * t * TensorProduct.Stride) + column + g;
        ArrayView<int> gradients = shared.Gradients.Cast<int>(), rows = shared.Columns.Cast<int>();
        Sums sums = default;
        for (int k = contexts / TensorProduct.Terms; k > 0; k--)
        {
            Multiply(Factor(gradients, upper, upper + 1, lower, lower + 1), rows, row, ref sums);
            (upper, lower, row) = (upper + TensorProduct.Terms, lower + TensorProduct.Terms, row + (TensorProduct.Terms * TensorProduct.Stride));
        }

        if (contexts % TensorProduct.Terms != 0)
        {
            int back = t < 2 ? 0 : TensorProduct.Terms / 2;
            (upper, lower) = (upper - back, lower - back);
            Multiply(OrNothing(Factor(gradients, upper, upper + 1, lower, lower + 1), t < 2), rows, row - (back * TensorProduct.Stride), ref sums);
        }

        return sums;
    }

    private static TensorProduct.Factor Factor(ArrayView<int> gradients, int upper, int upperNext, int lower, int lowerNext) =>
        new() { Upper = gradients[upper], Lower = gradients[lower], UpperNext = gradients[upperNext], LowerNext = gradients[lowerNext] };

    private static TensorProduct.Factor OrNothing(TensorProduct.Factor factor, bool isThere) => new()
    {
        Upper = isThere ? factor.Upper : 0,
        Lower = isThere ? factor.Lower : 0,
        UpperNext = isThere ? factor.UpperNext : 0,
        LowerNext = isThere ? factor.LowerNext : 0,
    };

    /// <summary>Two rows of the other side, eight times eight columns.</summary>
    private static void Multiply(TensorProduct.Factor factor, ArrayView<int> all, int row, ref Sums sums)
    {
        ArrayView<int> rows = all.SubView(row, TensorProduct.Stride + Strip - 7);
        Multiply(factor, rows, 0, ref sums.Left);
        Multiply(factor, rows, Strip / 2, ref sums.Right);
    }

    private static void Multiply(TensorProduct.Factor factor, ArrayView<int> rows, int at, ref HalfSums sums)
    {
        TensorProduct.Add(factor, rows[at], rows[at + TensorProduct.Stride], ref sums.First);
        TensorProduct.Add(factor, rows[at + 8], rows[at + TensorProduct.Stride + 8], ref sums.Second);
        TensorProduct.Add(factor, rows[at + 16], rows[at + TensorProduct.Stride + 16], ref sums.Third);
        TensorProduct.Add(factor, rows[at + 24], rows[at + TensorProduct.Stride + 24], ref sums.Fourth);
    }

    /// <summary>
    /// Adds the sums of 16 rows to a matrix. Four lanes hold eight columns of one row, two each; lanes of rows side by side exchange one, so that eight lanes add to eight columns of one row, which are
    /// a sector of the memory.
    /// </summary>
    private static void AddRows<TArithmetic>(SpanArguments span, TileMemory shared, ArrayView<float> matrix, int slot, int end, int place, int lane, Sums sums)
        where TArithmetic : struct, IDeviceArithmetic
    {
        bool isOdd = (lane & 4) != 0;
        int row = slot + ((lane >> 2) & ~1), column = place + (2 * (lane & 3)) + (isOdd ? 1 : 0);
        Exchange(ref sums.Left, isOdd);
        Exchange(ref sums.Right, isOdd);
        int left = span.Size - column;
        if (left <= 0)
            return;
        bool isWhole = place + Strip <= span.Size;
        ArrayView<float> columns = matrix.SubView(column, matrix.Length - column);
        HalfSums l = sums.Left, r = sums.Right;
        AddRow<TArithmetic>(span, shared, columns, row, end, left, isWhole, Columns(l.First.X, l.Second.X, l.Third.X, l.Fourth.X), Columns(r.First.X, r.Second.X, r.Third.X, r.Fourth.X));
        AddRow<TArithmetic>(span, shared, columns, row + 1, end, left, isWhole, Columns(l.First.Y, l.Second.Y, l.Third.Y, l.Fourth.Y), Columns(r.First.Y, r.Second.Y, r.Third.Y, r.Fourth.Y));
        AddRow<TArithmetic>(span, shared, columns, row + 8, end, left, isWhole, Columns(l.First.Z, l.Second.Z, l.Third.Z, l.Fourth.Z), Columns(r.First.Z, r.Second.Z, r.Third.Z, r.Fourth.Z));
        AddRow<TArithmetic>(span, shared, columns, row + 9, end, left, isWhole, Columns(l.First.W, l.Second.W, l.Third.W, l.Fourth.W), Columns(r.First.W, r.Second.W, r.Third.W, r.Fourth.W));
    }

    private static Float4 Columns(float first, float second, float third, float fourth) => new() { X = first, Y = second, Z = third, W = fourth };

    private static void Exchange(ref HalfSums sums, bool isOdd)
    {
        Exchange(ref sums.First, isOdd);
        Exchange(ref sums.Second, isOdd);
        Exchange(ref sums.Third, isOdd);
        Exchange(ref sums.Fourth, isOdd);
    }

    /// <summary>Of rows 2i and 2i + 1, columns 2t and 2t + 1, a lane has one row; behind it one column, 2t where its row is even, and 2t + 1 where it is odd.</summary>
    private static void Exchange(ref Float4 sums, bool isOdd)
    {
        float upper = Warp.ShuffleXor(isOdd ? sums.X : sums.Y, 4), lower = Warp.ShuffleXor(isOdd ? sums.Z : sums.W, 4);
        sums = isOdd
            ? new Float4 { X = upper, Y = sums.Y, Z = lower, W = sums.W }
            : new Float4 { X = sums.X, Y = upper, Z = sums.Z, W = lower };
    }

    private static void AddRow<TArithmetic>(
        SpanArguments span, TileMemory shared, ArrayView<float> columns, int slot, int end, int left, bool isWhole, Float4 first, Float4 second)
        where TArithmetic : struct, IDeviceArithmetic
    {
        float scale = slot < end ? shared.Scales[slot] : 0f;
        if (scale == 0)
            return;
        long offset = SpanArguments.Offset(shared.Words[slot], span.Stride);
        TileChanges.AddRow<TArithmetic>(columns, offset, scale, TensorProduct.Columns, left, isWhole, first);
        if (left > Strip / 2)
            TileChanges.AddRow<TArithmetic>(columns, offset + (Strip / 2), scale, TensorProduct.Columns, left - (Strip / 2), isWhole, second);
    }
}
