using ILGPU;
using Group = ILGPU.Group;

namespace Word2Vec.Kernels.Ilgpu;

/// <summary>The changes of a tile on tensor cores; see <see cref="TileChanges"/>.</summary>
/// <remarks>
/// A warp takes 16 rows and half of a chunk's columns at a time: rows of the other side (columns ·) times gradients (· rows). Which of those is summed when is free, so that a lane takes two that lie side by
/// side: four lanes then read rows eight banks apart, and eight lanes columns side by side. Columns are the rows of the product, so that lanes side by side have columns of one row side by side to add.
/// </remarks>
internal static class TensorChanges
{
    /// <summary>Columns that a warp changes at a time.</summary>
    public const int Strip = 4 * TensorProduct.Rows;

    private const int Half = TensorProduct.Columns;

    /// <summary>A lane's sums: of four times sixteen columns two each, of eight rows two.</summary>
    private struct HalfSums
    {
        public Float4 First, Second, Third, Fourth;
    }

    /// <summary>Those of the first eight rows, and of the others.</summary>
    private struct Sums
    {
        public HalfSums Upper, Lower;
    }

    /// <summary>Two gradients of a row and of the one eight behind it.</summary>
    private struct Gradients
    {
        public int Upper, UpperNext, Lower, LowerNext;
    }

    /// <summary>Changes the columns of <paramref name="chunk"/> of all rows.</summary>
    public static void Add<TColumns>(TileArguments a, TileMemory shared, int chunk)
        where TColumns : struct, ITensorColumns
    {
        int lane = Group.IdxX % TensorProduct.Lanes, contexts = a.ContextSlots, samples = a.CenterSlots + a.NegativeSlots;
        int contextTasks = 2 * ((contexts + TensorProduct.Rows - 1) / TensorProduct.Rows), tasks = contextTasks + (2 * ((samples + TensorProduct.Rows - 1) / TensorProduct.Rows));
        for (int task = Group.IdxX / TensorProduct.Lanes; task < tasks; task += Group.DimX / TensorProduct.Lanes)
        {
            int column = Strip * (task & 1), place = (2 * Strip * chunk) + column;
            if (task < contextTasks)
            {
                int context = TensorProduct.Rows * (task >> 1);
                Sums sums = OfSamples<TColumns>(a, shared, context, column, lane);
                AddRows<TColumns>(a, shared, a.InputAddress, context, contexts, place, lane, sums);
            }
            else
            {
                int sample = TensorProduct.Rows * ((task - contextTasks) >> 1);
                Sums sums = OfContexts<TColumns>(a, shared, sample, column, lane);
                AddRows<TColumns>(a, shared, a.OutputAddress, contexts + sample, contexts + samples, place, lane, sums);
            }
        }
    }

    /// <summary>What all samples say to 16 contexts.</summary>
    private static Sums OfSamples<TColumns>(TileArguments a, TileMemory shared, int context, int column, int lane)
        where TColumns : struct, ITensorColumns
    {
        int g = lane >> 2, t = lane & 3, contexts = a.ContextSlots, samples = a.CenterSlots + a.NegativeSlots;
        int upper = (2 * t * contexts) + IntrinsicMath.Min(context + g, contexts - 1), lower = (2 * t * contexts) + IntrinsicMath.Min(context + g + Half, contexts - 1);
        int row = ((contexts + (2 * t)) * TensorProduct.Stride) + column + default(TColumns).First(g), ahead = TensorProduct.Terms * contexts;
        ArrayView<int> gradients = shared.Gradients.Cast<int>();
        Sums sums = default;
        for (int k = samples / TensorProduct.Terms; k > 0; k--)
        {
            Multiply<TColumns>(shared, row, Taken(gradients, upper, lower, contexts), ref sums);
            (upper, lower, row) = (upper + ahead, lower + ahead, row + (TensorProduct.Terms * TensorProduct.Stride));
        }

        // Samples come in fours: for the last four half of the lanes find none, take others, and add nothing of them.
        if (samples % TensorProduct.Terms != 0)
        {
            int back = t < 2 ? 0 : TensorProduct.Terms / 2;
            (upper, lower) = (upper - (back * contexts), lower - (back * contexts));
            Multiply<TColumns>(shared, row - (back * TensorProduct.Stride), OrNothing(Taken(gradients, upper, lower, contexts), t < 2), ref sums);
        }

        return sums;
    }

    /// <summary>What all contexts say to 16 samples.</summary>
    private static Sums OfContexts<TColumns>(TileArguments a, TileMemory shared, int sample, int column, int lane)
        where TColumns : struct, ITensorColumns
    {
        int g = lane >> 2, t = lane & 3, contexts = a.ContextSlots, samples = a.CenterSlots + a.NegativeSlots;
        int upper = (IntrinsicMath.Min(sample + g, samples - 1) * contexts) + (2 * t), lower = (IntrinsicMath.Min(sample + g + Half, samples - 1) * contexts) + (2 * t);
        int row = (2 * t * TensorProduct.Stride) + column + default(TColumns).First(g);
        Sums sums = default;
        for (int k = contexts / TensorProduct.Terms; k > 0; k--)
        {
            Multiply<TColumns>(shared, row, TakenPairs(shared, upper, lower), ref sums);
            (upper, lower, row) = (upper + TensorProduct.Terms, lower + TensorProduct.Terms, row + (TensorProduct.Terms * TensorProduct.Stride));
        }

        if (contexts % TensorProduct.Terms != 0)
        {
            int back = t < 2 ? 0 : TensorProduct.Terms / 2;
            Multiply<TColumns>(shared, row - (back * TensorProduct.Stride), OrNothing(TakenPairs(shared, upper - back, lower - back), t < 2), ref sums);
        }

        return sums;
    }

    private static Gradients Taken(ArrayView<int> gradients, int upper, int lower, int next) =>
        new() { Upper = gradients[upper], UpperNext = gradients[upper + next], Lower = gradients[lower], LowerNext = gradients[lower + next] };

    private static Gradients TakenPairs(TileMemory shared, int upper, int lower)
    {
        ArrayView<Int2> pairs = shared.GradientVectors.Cast<Int2>();
        Int2 first = pairs[upper / 2], second = pairs[lower / 2];
        return new Gradients { Upper = first.X, UpperNext = first.Y, Lower = second.X, LowerNext = second.Y };
    }

    private static Gradients OrNothing(Gradients gradients, bool areThere) => new()
    {
        Upper = areThere ? gradients.Upper : 0,
        UpperNext = areThere ? gradients.UpperNext : 0,
        Lower = areThere ? gradients.Lower : 0,
        LowerNext = areThere ? gradients.LowerNext : 0,
    };

    /// <summary>Two rows of the other side, four times sixteen columns.</summary>
    private static void Multiply<TColumns>(TileMemory shared, int row, Gradients gradients, ref Sums sums)
        where TColumns : struct, ITensorColumns
    {
        Multiply(default(TColumns).Take(shared, row, 0), gradients, ref sums.Upper.First, ref sums.Lower.First);
        Multiply(default(TColumns).Take(shared, row, TensorProduct.Rows), gradients, ref sums.Upper.Second, ref sums.Lower.Second);
        Multiply(default(TColumns).Take(shared, row, 2 * TensorProduct.Rows), gradients, ref sums.Upper.Third, ref sums.Lower.Third);
        Multiply(default(TColumns).Take(shared, row, 3 * TensorProduct.Rows), gradients, ref sums.Upper.Fourth, ref sums.Lower.Fourth);
    }

    private static void Multiply(TensorProduct.Factor columns, Gradients gradients, ref Float4 upper, ref Float4 lower)
    {
        TensorProduct.Add(columns, gradients.Upper, gradients.UpperNext, ref upper);
        TensorProduct.Add(columns, gradients.Lower, gradients.LowerNext, ref lower);
    }

    /// <summary>
    /// Adds the sums of 16 rows to a matrix: those of slots <paramref name="slot"/> and behind, but before <paramref name="end"/>. Rows have room for whole sixteens of columns; behind a row's end there are zeros on
    /// both sides, so that nothing is added there.
    /// </summary>
    private static void AddRows<TColumns>(TileArguments a, TileMemory shared, long matrix, int slot, int end, int place, int lane, Sums sums)
        where TColumns : struct, ITensorColumns
    {
        int sixteens = (a.Span.Size - place + TensorProduct.Rows - 1) / TensorProduct.Rows, row = slot + (2 * (lane & 3)), bytes = sizeof(float) * a.Span.Stride;
        long columns = matrix + (sizeof(float) * (place + default(TColumns).First(lane >> 2)));
        if (sixteens <= 0)
            return;
        AddTwoRows<TColumns>(shared, columns, bytes, row, end, sixteens, sums.Upper);
        AddTwoRows<TColumns>(shared, columns, bytes, row + Half, end, sixteens, sums.Lower);
    }

    private static void AddTwoRows<TColumns>(TileMemory shared, long columns, int bytes, int slot, int end, int sixteens, HalfSums sums)
        where TColumns : struct, ITensorColumns
    {
        // Slots come in fours: both of two are there, or none.
        if (slot >= end)
            return;
        int word = shared.Words[slot], nextWord = shared.Words[slot + 1];
        float scale = shared.Scales[slot], nextScale = shared.Scales[slot + 1];
        Float4 p = sums.First, q = sums.Second, r = sums.Third, s = sums.Fourth;
        AddRow<TColumns>(CardAddition.Row(columns, word, bytes), scale, sixteens, Of(p.X, q.X, r.X, s.X), Of(p.Z, q.Z, r.Z, s.Z));
        AddRow<TColumns>(CardAddition.Row(columns, nextWord, bytes), nextScale, sixteens, Of(p.Y, q.Y, r.Y, s.Y), Of(p.W, q.W, r.W, s.W));
    }

    /// <summary>Of each sixteen columns a lane's first, and its second.</summary>
    private static void AddRow<TColumns>(long address, float scale, int sixteens, Float4 first, Float4 second)
        where TColumns : struct, ITensorColumns
    {
        if (scale == 0)
            return;
        const int Next = sizeof(float) * TensorProduct.Rows;
        default(TColumns).Add(address, scale * first.X, scale * second.X);
        if (sixteens > 1)
            default(TColumns).Add(address + Next, scale * first.Y, scale * second.Y);
        if (sixteens > 2)
            default(TColumns).Add(address + (2 * Next), scale * first.Z, scale * second.Z);
        if (sixteens > 3)
            default(TColumns).Add(address + (3 * Next), scale * first.W, scale * second.W);
    }

    private static Float4 Of(float first, float second, float third, float fourth) => new() { X = first, Y = second, Z = third, W = fourth };
}
