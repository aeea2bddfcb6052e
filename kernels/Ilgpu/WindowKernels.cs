using ILGPU;
using Word2Vec.Numerics;
using Word2Vec.Words;
using Group = ILGPU.Group;

namespace Word2Vec.Kernels.Ilgpu;

/// <summary>What the training kernel reads and changes.</summary>
internal struct WindowArguments
{
    /// <summary>Rows, kept tokens and draws.</summary>
    public SpanArguments Span;

    /// <summary>Scratch of the groups, one stretch a group (see <see cref="WindowKernels"/>).</summary>
    public ArrayView<float> Gradients, Changes, Partials;

    /// <summary>Scratch: the samples of each group's window.</summary>
    public ArrayView<int> Samples;

    /// <summary>Out: sum and its rounding error for each row of lanes, and pairs for each group.</summary>
    public ArrayView<float> Losses;

    /// <summary>Out: pairs for each group.</summary>
    public ArrayView<int> Pairs;

    /// <summary>Negative samples of a window, and threads that share a dot product.</summary>
    public int Negatives, Lanes;
}

/// <summary>
/// The training kernel: the window update that the plain backend defines, one window a group at a time.
/// </summary>
/// <remarks>
/// Launch shape: as many groups as windows may be in flight; a group has one or more rows of <c>Lanes</c> threads. Each group trains a contiguous
/// stretch of the kept tokens, so one group alone trains them in the order of the text. For the dot products a row of lanes takes one (context,
/// sample) pair at a time, each lane every Lanes-th component. For the update a thread owns every DimX-th component of all rows of the window, so it
/// reads all old values of its components before it changes one. Changes are atomic additions, because other groups change the same rows.
/// Registers hold one component; what must outlive a barrier (samples, gradients, changes) lies in the group's stretch of global scratch, which the
/// caches hold and whose size has no fixed limit. No shared memory.
/// </remarks>
internal static class WindowKernels
{
    /// <summary>Trains the kept tokens of a span.</summary>
    public static void Train<TArithmetic>(WindowArguments a)
        where TArithmetic : struct, IDeviceArithmetic
    {
        int samples = 1 + a.Negatives, maxContexts = 2 * a.Span.Window, group = Grid.IdxX, row = Group.IdxX / a.Lanes;
        var ids = a.Samples.SubView(group * samples, samples);
        var gradients = a.Gradients.SubView(group * samples * maxContexts, samples * maxContexts);
        var changes = a.Changes.SubView((long)group * maxContexts * Group.DimX, maxContexts * Group.DimX);
        var partials = a.Partials.SubView(group * Group.DimX, Group.DimX);
        int total = a.Span.Starts[a.Span.Runs].Kept;
        int first = (int)((long)total * group / Grid.DimX), end = (int)((long)total * (group + 1) / Grid.DimX);
        float loss = 0, lossError = 0;
        int pairs = 0;
        for (int center = first; center < end; center++)
        {
            int word = a.Span.KeptWords[center];
            if (word == EncodedCorpus.SentenceEnd)
                continue;
            long position = a.Span.Start + a.Span.KeptPositions[center];
            int radius = SpanArguments.Radius(a.Span, position);
            int left = SpanArguments.Left(a.Span, center, radius), contexts = left + SpanArguments.Right(a.Span, center, radius, total);
            if (contexts == 0)
                continue;
            for (int s = Group.IdxX; s < samples; s += Group.DimX)
                ids[s] = s == 0 ? word : Negative(a, word, s - 1, position);
            Group.Barrier();

            float rate = SpanArguments.RateAt(a.Span, center);
            float windowLoss = Gradients<TArithmetic>(a, ids, gradients, partials, center - left, center, contexts, rate, row);
            float sum = loss + windowLoss;
            lossError += windowLoss - (sum - loss);
            loss = sum;
            pairs += contexts;
            Group.Barrier();

            Update<TArithmetic>(a, ids, gradients, changes, center - left, center, contexts);
            Group.Barrier();
        }

        if (Group.IdxX % a.Lanes == 0)
        {
            int slot = 2 * (group * (Group.DimX / a.Lanes) + row);
            a.Losses[slot] = loss;
            a.Losses[slot + 1] = lossError;
        }

        if (Group.IdxX == 0)
            a.Pairs[group] = pairs;
    }

    /// <summary>All dot products of the window, from the values before it; returns this row of lanes' share of the loss.</summary>
    private static float Gradients<TArithmetic>(
        WindowArguments a, ArrayView<int> ids, ArrayView<float> gradients, ArrayView<float> partials, int first, int center, int contexts, float rate, int row)
        where TArithmetic : struct, IDeviceArithmetic
    {
        int samples = 1 + a.Negatives, rows = Group.DimX / a.Lanes, lane = Group.IdxX % a.Lanes;
        float loss = 0;
        for (int begin = 0; begin < contexts * samples; begin += rows)
        {
            // Every row of lanes goes through the sum, also one that has no pair left: the sum may hold barriers.
            int pair = begin + row;
            int context = pair / samples, sample = pair - context * samples;
            int output = pair < contexts * samples ? ids[sample] : -1;
            float dot = 0;
            if (output >= 0)
            {
                var x = a.Span.Input.SubView((long)SpanArguments.ContextWord(a.Span, first, center, context) * a.Span.Stride, a.Span.Stride);
                var y = a.Span.Output.SubView((long)output * a.Span.Stride, a.Span.Stride);
                for (int i = lane; i < a.Span.Size; i += a.Lanes)
                    dot += x[i] * y[i];
            }

            dot = default(TArithmetic).SumLanes(dot, a.Lanes, partials);
            if (lane == 0 && pair < contexts * samples)
            {
                float label = sample == 0 ? 1f : 0f;
                gradients[pair] = output < 0 ? 0f : rate * (label - LogisticFunction.Sigmoid(dot));
                loss += output < 0 ? 0f : Loss(sample == 0 ? dot : -dot);
            }
        }

        return loss;
    }

    /// <summary>The loss of a pair. In ILGPU's OpenCL C the logarithm would clamp a NaN like a large number and hide it.</summary>
    public static float Loss(float dot) => float.IsNaN(dot) ? dot : LogisticFunction.MinusLogSigmoid(dot);

    /// <summary>All changes of the window, after its dot products.</summary>
    private static void Update<TArithmetic>(
        WindowArguments a, ArrayView<int> ids, ArrayView<float> gradients, ArrayView<float> changes, int first, int center, int contexts)
        where TArithmetic : struct, IDeviceArithmetic
    {
        int samples = 1 + a.Negatives;
        for (int i = Group.IdxX; i < a.Span.Size; i += Group.DimX)
        {
            for (int c = 0; c < contexts; c++)
            {
                float change = 0;
                for (int s = 0; s < samples; s++)
                {
                    if (ids[s] >= 0)
                        change += gradients[c * samples + s] * a.Span.Output[(long)ids[s] * a.Span.Stride + i];
                }

                changes[c * Group.DimX + Group.IdxX] = change;
            }

            for (int s = 0; s < samples; s++)
            {
                float change = 0;
                for (int c = 0; c < contexts; c++)
                    change += gradients[c * samples + s] * a.Span.Input[(long)SpanArguments.ContextWord(a.Span, first, center, c) * a.Span.Stride + i];
                if (ids[s] >= 0)
                    default(TArithmetic).Add(a.Span.Output, (long)ids[s] * a.Span.Stride + i, change * a.Span.OutputScales[ids[s]]);
            }

            for (int c = 0; c < contexts; c++)
            {
                int word = SpanArguments.ContextWord(a.Span, first, center, c);
                default(TArithmetic).Add(a.Span.Input, (long)word * a.Span.Stride + i, changes[c * Group.DimX + Group.IdxX] * a.Span.InputScales[word]);
            }
        }
    }

    /// <summary>The negative sample, or −1 where it hits the center.</summary>
    private static int Negative(WindowArguments a, int center, int index, long position)
    {
        int word = SpanArguments.Negative(a.Span, index, position);
        return word == center ? -1 : word;
    }
}
