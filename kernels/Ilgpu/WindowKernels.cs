using ILGPU;
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

    /// <summary>Scratch, a stretch of <see cref="MostSamples"/> a group: 2 · output row + 1 − label of each sample of the window; −1: none.</summary>
    public ArrayView<int> Samples;

    /// <summary>The turns on the way to each word, 2 · inner node + code, and where each word's begin; not read without a tree.</summary>
    public ArrayView<int> Turns, TurnStarts;

    /// <summary>Out: sum and its rounding error for each row of lanes, and pairs for each group.</summary>
    public ArrayView<float> Losses;

    /// <summary>Out: pairs for each group.</summary>
    public ArrayView<int> Pairs;

    /// <summary>Samples of a window at most; negatives of it; threads that share a dot product.</summary>
    public int MostSamples, Negatives, Lanes;

    /// <summary>Not 0: the samples of a window are the turns on the way to its center; 0: they are its center and the negatives.</summary>
    public int HasTree;
}

/// <summary>
/// The training kernel of skip-gram over whole words: the window update that the plain backend defines, one window a group at a time; with hierarchical softmax
/// that of the plain window backend.
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
        int maxContexts = 2 * a.Span.Window, group = Grid.IdxX, row = Group.IdxX / a.Lanes;
        var targets = a.Samples.SubView(group * a.MostSamples, a.MostSamples);
        var gradients = a.Gradients.SubView((long)group * a.MostSamples * maxContexts, a.MostSamples * maxContexts);
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
            int samples = Fill(a, word, position, targets);
            Group.Barrier();

            float rate = SpanArguments.RateAt(a.Span, center);
            float windowLoss = Gradients<TArithmetic>(a, targets, samples, gradients, partials, center - left, center, contexts, rate, row);
            float sum = loss + windowLoss;
            lossError += windowLoss - (sum - loss);
            loss = sum;
            pairs += contexts;
            Group.Barrier();

            Update<TArithmetic>(a, targets, samples, gradients, changes, center - left, center, contexts);
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
        WindowArguments a, ArrayView<int> targets, int samples, ArrayView<float> gradients, ArrayView<float> partials,
        int first, int center, int contexts, float rate, int row)
        where TArithmetic : struct, IDeviceArithmetic
    {
        int rows = Group.DimX / a.Lanes, lane = Group.IdxX % a.Lanes;
        float loss = 0;
        for (int begin = 0; begin < contexts * samples; begin += rows)
        {
            // Every row of lanes goes through the sum, also one that has no pair left: the sum may hold barriers.
            int pair = begin + row;
            int context = pair / samples, sample = pair - context * samples;
            int target = pair < contexts * samples ? targets[sample] : -1;
            float dot = 0;
            if (target >= 0)
            {
                var x = a.Span.Input.SubView(SpanArguments.Offset(SpanArguments.ContextWord(a.Span, first, center, context), a.Span.Stride), a.Span.Stride);
                var y = a.Span.Output.SubView(SpanArguments.Offset(target >> 1, a.Span.Stride), a.Span.Stride);
                for (int i = lane; i < a.Span.Size; i += a.Lanes)
                    dot += x[i] * y[i];
            }

            dot = default(TArithmetic).SumLanes(dot, a.Lanes, partials);
            if (lane == 0 && pair < contexts * samples)
            {
                float error = PairError.Of<TArithmetic>(dot, (target & 1) == 0, out float pairLoss);
                gradients[pair] = target < 0 ? 0f : rate * error;
                loss += target < 0 ? 0f : pairLoss;
            }
        }

        return loss;
    }

    /// <summary>All changes of the window, after its dot products.</summary>
    private static void Update<TArithmetic>(
        WindowArguments a, ArrayView<int> targets, int samples, ArrayView<float> gradients, ArrayView<float> changes, int first, int center, int contexts)
        where TArithmetic : struct, IDeviceArithmetic
    {
        for (int i = Group.IdxX; i < a.Span.Size; i += Group.DimX)
        {
            for (int c = 0; c < contexts; c++)
            {
                float change = 0;
                for (int s = 0; s < samples; s++)
                {
                    if (targets[s] >= 0)
                        change += gradients[c * samples + s] * a.Span.Output[SpanArguments.Offset(targets[s] >> 1, a.Span.Stride) + i];
                }

                changes[c * Group.DimX + Group.IdxX] = change;
            }

            for (int s = 0; s < samples; s++)
            {
                float change = 0;
                for (int c = 0; c < contexts; c++)
                    change += gradients[c * samples + s] * a.Span.Input[SpanArguments.Offset(SpanArguments.ContextWord(a.Span, first, center, c), a.Span.Stride) + i];
                int output = targets[s] >> 1;
                if (output >= 0)
                    default(TArithmetic).Add(a.Span.Output, SpanArguments.Offset(output, a.Span.Stride) + i, change * a.Span.OutputScales[output]);
            }

            for (int c = 0; c < contexts; c++)
            {
                int word = SpanArguments.ContextWord(a.Span, first, center, c);
                float scale = a.Span.InputScales[word];
                if (scale != 0)
                    default(TArithmetic).Add(a.Span.Input, SpanArguments.Offset(word, a.Span.Stride) + i, changes[c * Group.DimX + Group.IdxX] * scale);
            }
        }
    }

    /// <summary>Lists the samples of the window around <paramref name="center"/>, a thread each; returns how many there are. A negative that is the center is none.</summary>
    private static int Fill(WindowArguments a, int center, long position, ArrayView<int> targets)
    {
        int start = a.HasTree != 0 ? a.TurnStarts[center] : 0, samples = a.HasTree != 0 ? a.TurnStarts[center + 1] - start : 1 + a.Negatives;
        for (int s = Group.IdxX; s < samples; s += Group.DimX)
        {
            if (a.HasTree != 0)
                targets[s] = a.Turns[start + s];
            else if (s == 0)
                targets[s] = 2 * center;
            else
            {
                int negative = SpanArguments.Negative(a.Span, s - 1, position);
                targets[s] = negative == center ? -1 : 2 * negative + 1;
            }
        }

        return samples;
    }
}
