using ILGPU;
using Word2Vec.Words;
using Group = ILGPU.Group;

namespace Word2Vec.Kernels.Ilgpu;

/// <summary>
/// The kernel for windows with one input that is the mean of input rows, of CBOW and of skip-gram with subwords, as the plain window backend defines it.
/// </summary>
/// <remarks>
/// Launch shape: as many groups as windows may be in flight; a group has one or more rows of <c>Lanes</c> threads, and trains a contiguous stretch of the
/// kept tokens window by window. The mean lies in shared memory. A thread owns every DimX-th component: it makes the mean of it, and after the dot
/// products reads all old values of it before it changes one, in the outputs and then in all input rows. For the dot products a row of lanes takes one
/// target at a time. Targets, their weights and gradients outlive barriers in the group's stretch of global scratch, which the caches hold: there may be
/// thousands of turns. Changes are atomic additions, because other groups change the same rows.
/// </remarks>
internal static class MeanWindowKernels
{
    /// <summary>Trains the kept tokens of a span.</summary>
    public static void Train<TArithmetic>(MeanWindowArguments a)
        where TArithmetic : struct, IDeviceArithmetic
    {
        int group = Grid.IdxX, row = Group.IdxX / a.Lanes;
        long scratch = (long)group * a.MostTargets;
        ArrayView<float> mean = default(TArithmetic).SharedRow();
        var targets = a.Targets.SubView(scratch, a.MostTargets);
        var weights = a.TargetWeights.SubView(scratch, a.MostTargets);
        var gradients = a.Gradients.SubView(scratch, a.MostTargets);
        var partials = a.Partials.SubView(group * Group.DimX, Group.DimX);
        int total = a.Span.Starts[a.Span.Runs].Kept;
        int first = (int)((long)total * group / Grid.DimX), end = (int)((long)total * (group + 1) / Grid.DimX);
        float loss = 0, lossError = 0;
        int pairs = 0;
        for (int center = first; center < end; center++)
        {
            if (a.Span.KeptWords[center] == EncodedCorpus.SentenceEnd)
                continue;
            MeanWindow window = At(a, center, total);
            if (window.Contexts == 0)
                continue;
            int count = MeanWindowTargets.Fill(a, window, targets, weights);
            Mean(a, window, mean);
            Group.Barrier();

            float windowLoss = Gradients<TArithmetic>(a, mean, targets, weights, gradients, partials, count, SpanArguments.RateAt(a.Span, center), row);
            float sum = loss + windowLoss;
            lossError += windowLoss - (sum - loss);
            loss = sum;
            pairs += MeanWindow.Predictions(a, window);
            Group.Barrier();

            Update<TArithmetic>(a, window, mean, targets, gradients, count);
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

    private static MeanWindow At(MeanWindowArguments a, int center, int total)
    {
        long position = a.Span.Start + a.Span.KeptPositions[center];
        int radius = SpanArguments.Radius(a.Span, position), left = SpanArguments.Left(a.Span, center, radius);
        return new MeanWindow
        {
            Center = center,
            First = center - left,
            Contexts = left + SpanArguments.Right(a.Span, center, radius, total),
            Position = position,
        };
    }

    /// <summary>The mean of the input rows.</summary>
    private static void Mean(MeanWindowArguments a, MeanWindow window, ArrayView<float> mean)
    {
        int inputs = MeanWindow.Inputs(a, window);
        for (int i = Group.IdxX; i < a.Span.Size; i += Group.DimX)
        {
            float sum = 0;
            int rows = 0;
            for (int w = 0; w < inputs; w++)
            {
                int word = MeanWindow.Input(a, window, w), end = a.RowStarts[word + 1];
                for (int r = a.RowStarts[word]; r < end; r++, rows++)
                    sum += a.Span.Input[SpanArguments.Offset(a.Rows[r], a.Span.Stride) + i];
            }

            mean[i] = sum / rows;
        }
    }

    /// <summary>All dot products of the window, from the values before it; returns this row of lanes' share of the loss.</summary>
    private static float Gradients<TArithmetic>(
        MeanWindowArguments a, ArrayView<float> mean, ArrayView<int> targets, ArrayView<float> weights, ArrayView<float> gradients, ArrayView<float> partials,
        int count, float rate, int row)
        where TArithmetic : struct, IDeviceArithmetic
    {
        int rows = Group.DimX / a.Lanes, lane = Group.IdxX % a.Lanes;
        float loss = 0;
        for (int begin = 0; begin < count; begin += rows)
        {
            // Every row of lanes goes through the sum, also one that has no target left: the sum may hold barriers.
            int t = begin + row, target = t < count ? targets[t] : -1;
            float dot = 0;
            if (target >= 0)
            {
                var output = a.Span.Output.SubView(SpanArguments.Offset(target >> 1, a.Span.Stride), a.Span.Stride);
                for (int i = lane; i < a.Span.Size; i += a.Lanes)
                    dot += mean[i] * output[i];
            }

            dot = default(TArithmetic).SumLanes(dot, a.Lanes, partials);
            if (lane == 0 && target >= 0)
            {
                float weight = weights[t];
                gradients[t] = rate * weight * PairError.Of<TArithmetic>(dot, (target & 1) == 0, out float pairLoss);
                loss += weight * pairLoss;
            }
        }

        return loss;
    }

    /// <summary>All changes of the window, after its dot products.</summary>
    private static void Update<TArithmetic>(
        MeanWindowArguments a, MeanWindow window, ArrayView<float> mean, ArrayView<int> targets, ArrayView<float> gradients, int count)
        where TArithmetic : struct, IDeviceArithmetic
    {
        int inputs = MeanWindow.Inputs(a, window);
        for (int i = Group.IdxX; i < a.Span.Size; i += Group.DimX)
        {
            float input = mean[i], change = 0;
            for (int t = 0; t < count; t++)
            {
                if (targets[t] >= 0)
                    change += gradients[t] * a.Span.Output[SpanArguments.Offset(targets[t] >> 1, a.Span.Stride) + i];
            }

            for (int t = 0; t < count; t++)
            {
                int output = targets[t] >> 1;
                if (output >= 0)
                    default(TArithmetic).Add(a.Span.Output, SpanArguments.Offset(output, a.Span.Stride) + i, gradients[t] * input * a.Span.OutputScales[output]);
            }

            for (int w = 0; w < inputs; w++)
            {
                int word = MeanWindow.Input(a, window, w), end = a.RowStarts[word + 1];
                for (int r = a.RowStarts[word]; r < end; r++)
                {
                    float scale = a.Span.InputScales[a.Rows[r]];
                    if (scale != 0)
                        default(TArithmetic).Add(a.Span.Input, SpanArguments.Offset(a.Rows[r], a.Span.Stride) + i, change * scale);
                }
            }
        }
    }
}
