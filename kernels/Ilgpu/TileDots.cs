using ILGPU;
using Group = ILGPU.Group;

namespace Word2Vec.Kernels.Ilgpu;

/// <summary>The dot products of a tile, and the gradients they become.</summary>
internal static class TileDots
{
    /// <summary>
    /// Adds a chunk's part of the dot products of four samples and two contexts at a time: six vectors are loaded for eight products of them. Two threads share
    /// a block, every other vector each, and keep their parts apart. Of the centers only blocks with a context in the widest window are taken.
    /// </summary>
    public static void Multiply<TLanes>(TileArguments a, TileMemory shared, int chunk)
        where TLanes : struct, ILaneCount
    {
        int lanes = 1 << default(TLanes).Log, stride = lanes + 1, contexts = a.ContextSlots, half = (a.CenterSlots + a.NegativeSlots) * contexts;
        int negativePairs = contexts / 2, centerPairs = a.Span.Window + 2;
        int negativeBlocks = a.NegativeSlots / 4 * negativePairs, blocks = negativeBlocks + (a.CenterSlots / 4 * centerPairs);
        for (int task = Group.IdxX; task < 2 * blocks; task += Group.DimX)
        {
            int block = task >> 1, part = task & 1, sample, context;
            if (block < negativeBlocks)
            {
                int quad = TileArguments.Quotient(block, a.NegativePairsInverse);
                (sample, context) = (a.CenterSlots + (4 * quad), 2 * (block - quad * negativePairs));
            }
            else
            {
                int quad = TileArguments.Quotient(block - negativeBlocks, a.CenterPairsInverse);
                (sample, context) = (4 * quad, 4 * quad + 2 * (block - negativeBlocks - quad * centerPairs));
            }

            int x = context * stride, y = (contexts + sample) * stride, reach = lanes >= 4 ? 3 : 1;
            float d00 = 0, d01 = 0, d10 = 0, d11 = 0, d20 = 0, d21 = 0, d30 = 0, d31 = 0;
            for (int i = part; i < lanes; i += 4)
            {
                // Indices in a view of its own are constants, so that the addresses are offsets.
                ArrayView<Float4> inputs = shared.Rows.SubView(x + i, stride + reach), outputs = shared.Rows.SubView(y + i, (3 * stride) + reach);
                Multiply(inputs, outputs, 0, stride, ref d00, ref d01, ref d10, ref d11, ref d20, ref d21, ref d30, ref d31);
                if (lanes >= 4)
                    Multiply(inputs, outputs, 2, stride, ref d00, ref d01, ref d10, ref d11, ref d20, ref d21, ref d30, ref d31);
            }

            int target = ((part * half) + (sample * contexts) + context) / 2, row = contexts / 2;
            Float2 first = Pair(d00, d01), second = Pair(d10, d11), third = Pair(d20, d21), fourth = Pair(d30, d31);
            if (chunk > 0)
            {
                Add(shared.DotPairs[target], ref first);
                Add(shared.DotPairs[target + row], ref second);
                Add(shared.DotPairs[target + (2 * row)], ref third);
                Add(shared.DotPairs[target + (3 * row)], ref fourth);
            }

            shared.DotPairs[target] = first;
            shared.DotPairs[target + row] = second;
            shared.DotPairs[target + (2 * row)] = third;
            shared.DotPairs[target + (3 * row)] = fourth;
        }
    }

    /// <summary>Writes the gradients rate · weight · (label − σ(dot)); returns this thread's share of the loss.</summary>
    public static float ToGradients<TArithmetic, TLanes>(TileArguments a, TileMemory shared, float rate)
        where TArithmetic : struct, IDeviceArithmetic
        where TLanes : struct, ILaneCount
    {
        int lanes = 1 << default(TLanes).Log, lane = Group.IdxX & (lanes - 1), contexts = a.ContextSlots, samples = a.CenterSlots + a.NegativeSlots;
        float loss = 0;
        for (int sample = Group.IdxX >> default(TLanes).Log; sample < samples; sample += Group.DimX >> default(TLanes).Log)
        {
            bool isCenter = sample < a.CenterSlots;
            for (int context = lane; context < contexts; context += lanes)
            {
                float weight = isCenter ? CenterWeight(a, shared, sample, context) : NegativeWeight(a, shared, sample, context);
                float gradient = 0;
                if (weight > 0)
                {
                    int pair = (sample * contexts) + context;
                    float dot = shared.Dots[pair] + shared.Dots[pair + (samples * contexts)];
                    gradient = rate * weight * PairError.Of<TArithmetic>(dot, isCenter, out float pairLoss);
                    loss += weight * pairLoss;
                }

                shared.Gradients[(sample * contexts) + context] = gradient;
            }
        }

        return loss;
    }

    private static float CenterWeight(TileArguments a, TileMemory shared, int center, int context) =>
        ((shared.Bits[context] >> center) & 1) == 0 ? 0f : 1f;

    /// <summary>How often the negative counts for the context: once for each center that sees it and that it is not.</summary>
    private static float NegativeWeight(TileArguments a, TileMemory shared, int sample, int context) =>
        a.NegativeWeight * IntrinsicMath.PopCount(shared.Bits[context] & ~shared.Bits[a.ContextSlots + sample]);

    private static float Dot(Float4 x, Float4 y, float sum) => x.W * y.W + (x.Z * y.Z + (x.Y * y.Y + (x.X * y.X + sum)));

    private static void Multiply(ArrayView<Float4> inputs, ArrayView<Float4> outputs, int at, int stride,
        ref float d00, ref float d01, ref float d10, ref float d11, ref float d20, ref float d21, ref float d30, ref float d31)
    {
        Float4 x0 = inputs[at], x1 = inputs[at + stride], y0 = outputs[at];
        (d00, d01) = (Dot(x0, y0, d00), Dot(x1, y0, d01));
        Float4 y1 = outputs[at + stride];
        (d10, d11) = (Dot(x0, y1, d10), Dot(x1, y1, d11));
        Float4 y2 = outputs[at + (2 * stride)];
        (d20, d21) = (Dot(x0, y2, d20), Dot(x1, y2, d21));
        Float4 y3 = outputs[at + (3 * stride)];
        (d30, d31) = (Dot(x0, y3, d30), Dot(x1, y3, d31));
    }

    private static Float2 Pair(float x, float y) => new() { X = x, Y = y };

    private static void Add(Float2 more, ref Float2 sum)
    {
        sum.X += more.X;
        sum.Y += more.Y;
    }
}
