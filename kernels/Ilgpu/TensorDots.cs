using ILGPU;
using Group = ILGPU.Group;

namespace Word2Vec.Kernels.Ilgpu;

/// <summary>The dot products of a tile on tensor cores, and the gradients they become where they are: see <see cref="TileDots"/>.</summary>
/// <remarks>
/// A lane has the sums of eight pairs of a sample and a context, and nobody else has to do with these before the changes. So they are kept in the gradients' place from chunk to chunk, and
/// what the last chunk adds becomes a gradient in registers: no barrier in between, and no memory for dot products.
/// </remarks>
internal static class TensorDots
{
    private const int Half = TensorProduct.Rows / 2;

    /// <summary>A sample of a lane: in a pair with a context it counts for each center of <see cref="Centers"/> that sees the context.</summary>
    private struct Sample
    {
        public uint Centers;

        /// <summary>−1 for a center, whose dot products should be large; 1 for a negative.</summary>
        public float Sign;

        /// <summary>The weight of a pair for each center, and the gradient.</summary>
        public float Weight, Step;
    }

    /// <summary>Adds a chunk's part of all dot products, and with the last one makes gradients of them; returns this thread's share of the loss.</summary>
    /// <remarks>
    /// A warp takes 16 samples and 16 contexts: rows of samples times columns that are contexts. Lanes of a warp read 8 rows by 4 columns, which lie in 32 different banks. All centers
    /// meet all contexts; what is out of reach has no weight.
    /// </remarks>
    public static float Multiply<TArithmetic>(TileArguments a, TileMemory shared, int chunk, bool isLast, float rate)
        where TArithmetic : struct, IDeviceArithmetic
    {
        int lane = Group.IdxX % TensorProduct.Lanes, g = lane >> 2, t = lane & 3, contexts = a.ContextSlots, samples = a.CenterSlots + a.NegativeSlots;
        int contextBlocks = (contexts + TensorProduct.Rows - 1) / TensorProduct.Rows, sampleBlocks = (samples + TensorProduct.Rows - 1) / TensorProduct.Rows;
        ArrayView<int> rows = shared.Columns.Cast<int>();
        float loss = 0;
        for (int task = Group.IdxX / TensorProduct.Lanes; task < contextBlocks * sampleBlocks; task += Group.DimX / TensorProduct.Lanes)
        {
            int block = TileArguments.Quotient(task, a.ContextBlocksInverse), sample = (TensorProduct.Rows * block) + g, firstContext = TensorProduct.Rows * (task - (block * contextBlocks));

            // Of a sample or context that there is not, the last one stands in, and its sums are kept nowhere.
            int upper = Row(contexts + IntrinsicMath.Min(sample, samples - 1)) + t, lower = Row(contexts + IntrinsicMath.Min(sample + Half, samples - 1)) + t;
            int left = Row(IntrinsicMath.Min(firstContext + g, contexts - 1)) + t, right = Row(IntrinsicMath.Min(firstContext + Half + g, contexts - 1)) + t;
            Float4 leftSums = default, rightSums = default;
            for (int k = 0; k < 4; k++)
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

            int context = firstContext + (2 * t), upperPairs = (sample * contexts) + context, lowerPairs = upperPairs + (Half * contexts);
            bool hasUpper = sample < samples, hasLower = sample + Half < samples, hasLeft = context < contexts, hasRight = context + Half < contexts;
            if (chunk > 0)
            {
                AddTo(shared, hasUpper && hasLeft, upperPairs, ref leftSums.X, ref leftSums.Y);
                AddTo(shared, hasLower && hasLeft, lowerPairs, ref leftSums.Z, ref leftSums.W);
                AddTo(shared, hasUpper && hasRight, upperPairs + Half, ref rightSums.X, ref rightSums.Y);
                AddTo(shared, hasLower && hasRight, lowerPairs + Half, ref rightSums.Z, ref rightSums.W);
            }

            if (isLast)
            {
                Sample first = SampleAt(a, shared, sample, samples, rate), second = SampleAt(a, shared, sample + Half, samples, rate);
                ToGradients<TArithmetic>(shared, first, second, context, contexts, ref leftSums, ref loss);
                ToGradients<TArithmetic>(shared, first, second, context + Half, contexts, ref rightSums, ref loss);
            }

            Store(shared, hasUpper && hasLeft, upperPairs, leftSums.X, leftSums.Y);
            Store(shared, hasLower && hasLeft, lowerPairs, leftSums.Z, leftSums.W);
            Store(shared, hasUpper && hasRight, upperPairs + Half, rightSums.X, rightSums.Y);
            Store(shared, hasLower && hasRight, lowerPairs + Half, rightSums.Z, rightSums.W);
        }

        return loss;
    }

    private static void AddTerms(
        ArrayView<int> upper, ArrayView<int> lower, ArrayView<int> left, ArrayView<int> right, int at, ref Float4 leftSums, ref Float4 rightSums)
    {
        var factor = new TensorProduct.Factor { Upper = upper[at], Lower = lower[at], UpperNext = upper[at + 4], LowerNext = lower[at + 4] };
        TensorProduct.Add(factor, left[at], left[at + 4], ref leftSums);
        TensorProduct.Add(factor, right[at], right[at + 4], ref rightSums);
    }

    private static int Row(int slot) => slot * TensorProduct.Stride;

    private static void AddTo(TileMemory shared, bool isThere, int pairs, ref float x, ref float y)
    {
        if (!isThere)
            return;
        Float2 before = shared.GradientPairs[pairs / 2];
        (x, y) = (before.X + x, before.Y + y);
    }

    private static void Store(TileMemory shared, bool isThere, int pairs, float x, float y)
    {
        if (isThere)
            shared.GradientPairs[pairs / 2] = new Float2 { X = x, Y = y };
    }

    private static Sample SampleAt(TileArguments a, TileMemory shared, int sample, int samples, float rate)
    {
        bool isCenter = sample < a.CenterSlots;
        uint itself = shared.Bits[a.ContextSlots + IntrinsicMath.Min(IntrinsicMath.Max(sample, a.CenterSlots), samples - 1)];
        return new Sample
        {
            Centers = isCenter ? 1u << sample : sample < samples ? ~itself : 0u,
            Sign = isCenter ? -1f : 1f,
            Weight = isCenter ? 1f : a.NegativeWeight,
            Step = rate * (isCenter ? 1f : -a.NegativeWeight),
        };
    }

    /// <summary>Makes gradients of the dot products of two samples and two contexts side by side.</summary>
    private static void ToGradients<TArithmetic>(TileMemory shared, Sample upper, Sample lower, int context, int contexts, ref Float4 sums, ref float loss)
        where TArithmetic : struct, IDeviceArithmetic
    {
        // Contexts come in fours: both of two are there, or none.
        int there = IntrinsicMath.Min(context, contexts - 2);
        uint first = shared.Bits[there], second = shared.Bits[there + 1];
        bool isThere = context < contexts;
        (first, second) = (isThere ? first : 0, isThere ? second : 0);
        sums = new Float4
        {
            X = ToGradient<TArithmetic>(upper, first, sums.X, ref loss),
            Y = ToGradient<TArithmetic>(upper, second, sums.Y, ref loss),
            Z = ToGradient<TArithmetic>(lower, first, sums.Z, ref loss),
            W = ToGradient<TArithmetic>(lower, second, sums.W, ref loss),
        };
    }

    // Without a branch the pairs of a lane are waited for side by side.
    private static float ToGradient<TArithmetic>(Sample sample, uint seenBy, float dot, ref float loss)
        where TArithmetic : struct, IDeviceArithmetic
    {
        float times = IntrinsicMath.PopCount(seenBy & sample.Centers), error = PairError.Size<TArithmetic>(sample.Sign * dot, out float pairLoss);
        loss += times > 0 ? sample.Weight * times * pairLoss : 0f;
        return times > 0 ? sample.Step * times * error : 0f;
    }
}
