using ILGPU;
using Group = ILGPU.Group;

namespace Word2Vec.Kernels.Ilgpu;

/// <summary>The changes of a tile on tensor cores; see <see cref="TileChanges"/>.</summary>
/// <remarks>
/// A warp takes 32 columns of all rows, and 16 rows at a time: gradients (rows · rows of the other side) times rows of the other side (· columns). Which of those is summed when is free, so that a
/// lane takes two that lie side by side: four lanes then read rows eight banks apart, and eight lanes as many columns.
/// </remarks>
internal static class TensorChanges
{
    private const int Strips = 4;

    /// <summary>A lane's sums of 16 rows and 32 columns, eight columns each.</summary>
    private struct Sums
    {
        public Float4 First, Second, Third, Fourth;
    }

    /// <summary>Changes the columns of <paramref name="chunk"/> of all rows.</summary>
    public static void Add<TArithmetic>(TileArguments a, TileMemory shared, int chunk)
        where TArithmetic : struct, IDeviceArithmetic
    {
        int lane = Group.IdxX % TensorProduct.Lanes, contexts = a.ContextSlots, samples = a.CenterSlots + a.NegativeSlots;
        for (int strip = Group.IdxX / TensorProduct.Lanes; strip < Strips; strip += Group.DimX / TensorProduct.Lanes)
        {
            int column = TensorProduct.Lanes * strip, place = (Strips * TensorProduct.Lanes * chunk) + column;
            for (int context = 0; context < contexts; context += TensorProduct.Rows)
            {
                Sums sums = OfSamples(a, shared, context, column, lane);
                AddRows<TArithmetic>(a.Span, shared, a.Span.Input, context, contexts, place, lane, sums);
            }

            for (int sample = 0; sample < samples; sample += TensorProduct.Rows)
            {
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

    /// <summary>Two rows of the other side, four times eight columns.</summary>
    private static void Multiply(TensorProduct.Factor factor, ArrayView<int> all, int row, ref Sums sums)
    {
        ArrayView<int> rows = all.SubView(row, TensorProduct.Stride + 25);
        TensorProduct.Add(factor, rows[0], rows[TensorProduct.Stride], ref sums.First);
        TensorProduct.Add(factor, rows[8], rows[TensorProduct.Stride + 8], ref sums.Second);
        TensorProduct.Add(factor, rows[16], rows[TensorProduct.Stride + 16], ref sums.Third);
        TensorProduct.Add(factor, rows[24], rows[TensorProduct.Stride + 24], ref sums.Fourth);
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
        Exchange(ref sums.First, isOdd);
        Exchange(ref sums.Second, isOdd);
        Exchange(ref sums.Third, isOdd);
        Exchange(ref sums.Fourth, isOdd);
        int left = span.Size - column;
        if (left <= 0)
            return;
        bool isWhole = place + TensorProduct.Lanes <= span.Size;
        ArrayView<float> columns = matrix.SubView(column, matrix.Length - column);
        AddRow<TArithmetic>(span, shared, columns, row, end, left, isWhole, sums.First.X, sums.Second.X, sums.Third.X, sums.Fourth.X);
        AddRow<TArithmetic>(span, shared, columns, row + 1, end, left, isWhole, sums.First.Y, sums.Second.Y, sums.Third.Y, sums.Fourth.Y);
        AddRow<TArithmetic>(span, shared, columns, row + 8, end, left, isWhole, sums.First.Z, sums.Second.Z, sums.Third.Z, sums.Fourth.Z);
        AddRow<TArithmetic>(span, shared, columns, row + 9, end, left, isWhole, sums.First.W, sums.Second.W, sums.Third.W, sums.Fourth.W);
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
        SpanArguments span, TileMemory shared, ArrayView<float> columns, int slot, int end, int left, bool isWhole, float first, float second, float third, float fourth)
        where TArithmetic : struct, IDeviceArithmetic
    {
        // Behind the end there is no slot, and a row of -1 is of no matter without a factor.
        bool isThere = slot < end;
        TileChanges.AddRow<TArithmetic>(
            columns, SpanArguments.Offset(isThere ? shared.Words[slot] : -1, span.Stride), isThere ? shared.Scales[slot] : 0f, TensorProduct.Columns, left, isWhole,
            new Float4 { X = first, Y = second, Z = third, W = fourth });
    }
}
