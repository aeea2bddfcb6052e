using Word2Vec.Numerics;

namespace Word2Vec.Training;

/// <summary>
/// The page that defines the models without tiles: CBOW, hierarchical softmax, subwords, in all combinations. One thread goes through the kept tokens,
/// window by window. A window has inputs, each the mean of some input rows, and targets, each an output row with a label; every input meets every target,
/// all dot products come from the values before the window, and all changes are made after it.
/// </summary>
/// <remarks>
/// The change of an input is added to each of its rows undivided, as word2vec.c, fastText and gensim do, so that the mean moves by as much
/// (Mikolov et al. 2013a and 2013b; Bojanowski et al. 2017).
/// </remarks>
internal sealed class PlainWindowBackend : PlainLoop
{
    private readonly WindowShape _shape;

    public PlainWindowBackend(TrainingJob job)
        : base(job) => _shape = WindowShape.Of(job.Options);

    protected override void TrainSentence()
    {
        for (int center = 0; center < Kept.Count; center++)
        {
            (int word, long position) = Kept[center];
            int radius = Draws.Radius(position);
            int first = Math.Max(0, center - radius), end = Math.Min(Kept.Count, center + radius + 1);
            int[] contexts = [.. Enumerable.Range(first, end - first).Where(i => i != center).Select(i => Kept[i].Word)];
            if (contexts.Length > 0)
                TrainWindow(word, contexts, position);
        }
    }

    private void TrainWindow(int center, int[] contexts, long position)
    {
        int[] predicted = _shape.CenterIsInput ? contexts : [center];
        List<int[]> inputs = Inputs(center, contexts);
        List<Target> targets = Job.Tree is { } tree ? Turns(tree, predicted) : Samples(predicted, position);
        Pairs += inputs.Count * predicted.Length;
        float[][] means = [.. inputs.Select(Mean)];
        float[][] inputChanges = [.. inputs.Select(_ => new float[Job.Weights.Size])], outputChanges = [.. targets.Select(_ => new float[Job.Weights.Size])];
        float rate = RateAt(position);
        for (int i = 0; i < inputs.Count; i++)
        {
            for (int t = 0; t < targets.Count; t++)
                TrainPair(means[i], targets[t], rate, inputChanges[i], outputChanges[t]);
        }

        for (int t = 0; t < targets.Count; t++)
            PlainVectorMath.AddScaled(Job.Weights.OutputRow(targets[t].Row), 1f, outputChanges[t]);
        for (int i = 0; i < inputs.Count; i++)
        {
            foreach (int row in inputs[i].Where(row => !Job.Weights.IsFrozen(row)))
                PlainVectorMath.AddScaled(Job.Weights.InputRow(row), 1f, inputChanges[i]);
        }
    }

    /// <summary>The rows of each input: of the center, of all contexts together, or of each of them.</summary>
    private List<int[]> Inputs(int center, int[] contexts) =>
        _shape.CenterIsInput ? [Rows(center)]
        : Job.Options.Architecture == TrainingArchitecture.Cbow ? [[.. contexts.SelectMany(Rows)]]
        : [.. contexts.Select(Rows)];

    private int[] Rows(int word) => Job.Rows[word].ToArray();

    /// <summary>The turns on the ways to the <paramref name="predicted"/> words.</summary>
    private static List<Target> Turns(HuffmanTree tree, int[] predicted) =>
        [.. predicted.SelectMany(word => tree.Path(word).ToArray()).Select(turn => new Target(turn >> 1, Label: 1 - (turn & 1), Weight: 1))];

    /// <summary>The <paramref name="predicted"/> words, and the negatives, each for those of them that it is not.</summary>
    private List<Target> Samples(int[] predicted, long position)
    {
        List<Target> targets = [.. predicted.Select(word => new Target(word, Label: 1, Weight: 1))];
        for (int k = 0; k < _shape.Negatives; k++)
        {
            int negative = Draws.Negative(position, k), others = predicted.Count(word => word != negative);
            if (others > 0)
                targets.Add(new Target(negative, Label: 0, others * _shape.NegativeWeight));
        }

        return targets;
    }

    private float[] Mean(int[] rows)
    {
        var mean = new float[Job.Weights.Size];
        foreach (int row in rows)
            PlainVectorMath.AddScaled(mean, 1f, Job.Weights.InputRow(row));
        for (int i = 0; i < mean.Length; i++)
            mean[i] /= rows.Length;
        return mean;
    }

    /// <summary>Adds what an input and a target say to their changes and to the loss.</summary>
    private void TrainPair(ReadOnlySpan<float> input, Target target, float rate, Span<float> inputChange, Span<float> outputChange)
    {
        ReadOnlySpan<float> output = Job.Weights.OutputRow(target.Row);
        float dot = PlainVectorMath.Dot(input, output);
        float gradient = rate * target.Weight * (target.Label - LogisticFunction.Sigmoid(dot));
        Loss += target.Weight * LogisticFunction.MinusLogSigmoid(target.Label == 1 ? dot : -dot);
        PlainVectorMath.AddScaled(inputChange, gradient, output);
        PlainVectorMath.AddScaled(outputChange, gradient, input);
    }

    /// <param name="Row">The output row.</param>
    /// <param name="Label">1: the input belongs to it; 0: it does not.</param>
    /// <param name="Weight">How often it counts.</param>
    private readonly record struct Target(int Row, int Label, float Weight);
}
