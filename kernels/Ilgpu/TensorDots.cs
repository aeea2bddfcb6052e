using ILGPU;
using Group = ILGPU.Group;

namespace Word2Vec.Kernels.Ilgpu;

/// <summary>The dot products of a tile on tensor cores; see <see cref="TileDots"/>, whose layout of the results it keeps.</summary>
internal static class TensorDots
{
    /// <summary>
    /// A warp takes 16 samples and 16 contexts, half of the chunk's columns: rows of samples times columns that are contexts. Lanes of a warp read 8 rows by 4 columns, which lie in 32
    /// different banks. All centers meet all contexts; what is out of reach has no weight later.
    /// </summary>
    public static void Multiply(TileArguments a, TileMemory shared, int chunk)
    {
        int lane = Group.IdxX % TensorProduct.Lanes, g = lane >> 2, t = lane & 3, contexts = a.ContextSlots, samples = a.CenterSlots + a.NegativeSlots;
        int contextBlocks = (contexts + TensorProduct.Rows - 1) / TensorProduct.Rows, sampleBlocks = (samples + TensorProduct.Rows - 1) / TensorProduct.Rows;
        ArrayView<int> rows = shared.Columns.Cast<int>();
        for (int task = Group.IdxX / TensorProduct.Lanes; task < 2 * contextBlocks * sampleBlocks; task += Group.DimX / TensorProduct.Lanes)
        {
            int part = task & 1, block = (task >> 1) / contextBlocks;
            int sample = (TensorProduct.Rows * block) + g, context = (TensorProduct.Rows * ((task >> 1) - (block * contextBlocks))) + g;

            // Of a sample or context that there is not, the last one stands in, and its sums are kept nowhere.
            int column = (2 * TensorProduct.Lanes * part) + t;
            int upper = Row(contexts + IntrinsicMath.Min(sample, samples - 1)) + column, lower = Row(contexts + IntrinsicMath.Min(sample + 8, samples - 1)) + column;
            int left = Row(IntrinsicMath.Min(context, contexts - 1)) + column, right = Row(IntrinsicMath.Min(context + 8, contexts - 1)) + column;
            int upperSums = (((part * samples) + sample) * contexts) + context - g + (2 * t), lowerSums = upperSums + (8 * contexts);
            bool hasUpper = sample < samples, hasLower = sample + 8 < samples, hasLeft = context - g + (2 * t) < contexts, hasRight = context - g + 8 + (2 * t) < contexts;
            Float4 leftSums = default, rightSums = default;
            for (int k = 0; k < 2; k++)
            {
                // Indices in views of their own are constants, so that the addresses are offsets.
                ArrayView<int> first = rows.SubView(upper, TensorProduct.Lanes), second = rows.SubView(lower, TensorProduct.Lanes);
                ArrayView<int> firstContexts = rows.SubView(left, TensorProduct.Lanes), secondContexts = rows.SubView(right, TensorProduct.Lanes);
                AddTerms(first, second, firstContexts, secondContexts, 0, ref leftSums, ref rightSums);
                AddTerms(first, second, firstContexts, secondContexts, TensorProduct.Terms, ref leftSums, ref rightSums);
                AddTerms(first, second, firstContexts, secondContexts, 2 * TensorProduct.Terms, ref leftSums, ref rightSums);
                AddTerms(first, second, firstContexts, secondContexts, 3 * TensorProduct.Terms, ref leftSums, ref rightSums);
                (upper, lower, left, right) = (upper + TensorProduct.Lanes, lower + TensorProduct.Lanes, left + TensorProduct.Lanes, right + TensorProduct.Lanes);
            }

            Store(shared, chunk, hasUpper && hasLeft, upperSums, leftSums.X, leftSums.Y);
            Store(shared, chunk, hasLower && hasLeft, lowerSums, leftSums.Z, leftSums.W);
            Store(shared, chunk, hasUpper && hasRight, upperSums + 8, rightSums.X, rightSums.Y);
            Store(shared, chunk, hasLower && hasRight, lowerSums + 8, rightSums.Z, rightSums.W);
        }
    }

    private static void AddTerms(
        ArrayView<int> upper, ArrayView<int> lower, ArrayView<int> left, ArrayView<int> right, int at, ref Float4 leftSums, ref Float4 rightSums)
    {
        var factor = new TensorProduct.Factor { Upper = upper[at], Lower = lower[at], UpperNext = upper[at + 4], LowerNext = lower[at + 4] };
        TensorProduct.Add(factor, left[at], left[at + 4], ref leftSums);
        TensorProduct.Add(factor, right[at], right[at + 4], ref rightSums);
    }

    private static int Row(int slot) => slot * TensorProduct.Stride;

    private static void Store(TileMemory shared, int chunk, bool isThere, int at, float x, float y)
    {
        if (!isThere)
            return;
        if (chunk > 0)
        {
            Float2 before = shared.DotPairs[at / 2];
            (x, y) = (before.X + x, before.Y + y);
        }

        shared.DotPairs[at / 2] = new Float2 { X = x, Y = y };
    }
}
