using ILGPU;
using Word2Vec.Numerics;
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
                int quad = block / negativePairs;
                (sample, context) = (a.CenterSlots + (4 * quad), 2 * (block - quad * negativePairs));
            }
            else
            {
                int quad = (block - negativeBlocks) / centerPairs;
                (sample, context) = (4 * quad, 4 * quad + 2 * (block - negativeBlocks - quad * centerPairs));
            }

            int x = context * stride, y = (contexts + sample) * stride;
            float d00 = 0, d01 = 0, d10 = 0, d11 = 0, d20 = 0, d21 = 0, d30 = 0, d31 = 0;
            for (int i = part; i < lanes; i += 2)
            {
                // Indices in a view of its own are constants, so that the addresses are offsets.
                ArrayView<Float4> inputs = shared.Rows.SubView(x + i, stride + 1), outputs = shared.Rows.SubView(y + i, (3 * stride) + 1);
                Float4 x0 = inputs[0], x1 = inputs[stride], y0 = outputs[0];
                (d00, d01) = (Dot(x0, y0, d00), Dot(x1, y0, d01));
                Float4 y1 = outputs[stride];
                (d10, d11) = (Dot(x0, y1, d10), Dot(x1, y1, d11));
                Float4 y2 = outputs[2 * stride];
                (d20, d21) = (Dot(x0, y2, d20), Dot(x1, y2, d21));
                Float4 y3 = outputs[3 * stride];
                (d30, d31) = (Dot(x0, y3, d30), Dot(x1, y3, d31));
            }

            int target = (part * half) + (sample * contexts) + context;
            bool isFirst = chunk == 0;
            Put(shared.Dots, target, d00, d01, isFirst);
            Put(shared.Dots, target + contexts, d10, d11, isFirst);
            Put(shared.Dots, target + (2 * contexts), d20, d21, isFirst);
            Put(shared.Dots, target + (3 * contexts), d30, d31, isFirst);
        }
    }

    /// <summary>Writes the gradients rate · weight · (label − σ(dot)); returns this thread's share of the loss.</summary>
    public static float ToGradients<TLanes>(TileArguments a, TileMemory shared, float rate)
        where TLanes : struct, ILaneCount
    {
        int log = default(TLanes).Log, lane = Group.IdxX & ((1 << log) - 1), contexts = a.ContextSlots, samples = a.CenterSlots + a.NegativeSlots;
        float loss = 0;
        for (int sample = Group.IdxX >> log; sample < samples; sample += Group.DimX >> log)
        {
            bool isCenter = sample < a.CenterSlots;
            for (int context = lane; context < contexts; context += 1 << log)
            {
                float weight = isCenter ? CenterWeight(a, shared, sample, context) : NegativeWeight(a, shared, sample, context);
                float gradient = 0;
                if (weight > 0)
                {
                    int pair = (sample * contexts) + context;
                    float dot = shared.Dots[pair] + shared.Dots[pair + (samples * contexts)];
                    gradient = rate * weight * ((isCenter ? 1f : 0f) - LogisticFunction.Sigmoid(dot, out float softPlus));
                    float wrong = isCenter ? -dot : dot;

                    // In ILGPU's OpenCL C the logarithm would clamp a NaN like a large number and hide it.
                    loss += float.IsNaN(dot) ? dot : weight * ((wrong > 0 ? wrong : 0f) + softPlus);
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

    private static void Put(ArrayView<float> dots, int target, float first, float second, bool isFirst)
    {
        dots[target] = isFirst ? first : dots[target] + first;
        dots[target + 1] = isFirst ? second : dots[target + 1] + second;
    }
}
