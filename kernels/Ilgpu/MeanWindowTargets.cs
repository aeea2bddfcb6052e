using ILGPU;
using Group = ILGPU.Group;

namespace Word2Vec.Kernels.Ilgpu;

/// <summary>Lists the targets of a window, a thread each.</summary>
internal static class MeanWindowTargets
{
    /// <summary>Writes targets and their weights; returns how many there are, the ones that are none included.</summary>
    public static int Fill(MeanWindowArguments a, MeanWindow window, ArrayView<int> targets, ArrayView<float> weights) =>
        a.HasTree != 0 ? Turns(a, window, targets, weights) : Samples(a, window, targets, weights);

    /// <summary>The turns on the ways to the predicted words.</summary>
    private static int Turns(MeanWindowArguments a, MeanWindow window, ArrayView<int> targets, ArrayView<float> weights)
    {
        int count = 0;
        for (int p = 0; p < MeanWindow.Predictions(a, window); p++)
        {
            int word = MeanWindow.Predicted(a, window, p), start = a.TurnStarts[word], turns = a.TurnStarts[word + 1] - start;
            for (int t = Group.IdxX; t < turns; t += Group.DimX)
            {
                targets[count + t] = a.Turns[start + t];
                weights[count + t] = 1f;
            }

            count += turns;
        }

        return count;
    }

    /// <summary>The predicted words, and the negatives, each for those of them that it is not.</summary>
    private static int Samples(MeanWindowArguments a, MeanWindow window, ArrayView<int> targets, ArrayView<float> weights)
    {
        int predictions = MeanWindow.Predictions(a, window), count = predictions + a.Negatives;
        for (int t = Group.IdxX; t < predictions; t += Group.DimX)
        {
            targets[t] = 2 * MeanWindow.Predicted(a, window, t);
            weights[t] = 1f;
        }

        for (int k = Group.IdxX; k < a.Negatives; k += Group.DimX)
        {
            int negative = SpanArguments.Negative(a.Span, k, window.Position), others = 0;
            for (int p = 0; p < predictions; p++)
                others += MeanWindow.Predicted(a, window, p) == negative ? 0 : 1;
            targets[predictions + k] = others == 0 ? -1 : 2 * negative + 1;
            weights[predictions + k] = others * a.NegativeWeight;
        }

        return count;
    }
}
