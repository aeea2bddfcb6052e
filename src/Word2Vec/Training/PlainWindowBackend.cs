using Word2Vec.Numerics;
using Word2Vec.Sampling;
using Word2Vec.Words;

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
internal sealed class PlainWindowBackend : ITrainingBackend
{
    private readonly TrainingJob _job;
    private readonly WindowShape _shape;
    private readonly LearningRateSchedule _rate;
    private readonly List<(int Word, long Position)> _kept = [];
    private EpochDraws _draws;
    private int _epoch;
    private double _loss;
    private long _pairs;

    public PlainWindowBackend(TrainingJob job)
    {
        (_job, _shape) = (job, WindowShape.Of(job.Options));
        _rate = new LearningRateSchedule(job.Options.LearningRate, job.Options.Epochs, job.Corpus.Length);
        _draws = job.Sampler.Epoch(0);
    }

    public string Description => "plain loop, 1 thread";

    public int PreferredSpan => SpanLength.For(_job.Options, 50_000, shortest: 64);

    public TrainingLoss Train(TrainingSpan span, CancellationToken cancellation)
    {
        if (span.Epoch != _epoch)
            (_epoch, _draws) = (span.Epoch, _job.Sampler.Epoch(span.Epoch));
        (_loss, _pairs) = (0, 0);
        ReadOnlySpan<int> ids = _job.Corpus.Ids(span.Start, checked((int)(span.End - span.Start)));
        for (int i = 0; i < ids.Length; i++)
        {
            if (ids[i] == EncodedCorpus.SentenceEnd)
                TrainSentence();
            else if (_draws.Keeps(ids[i], span.Start + i))
                _kept.Add((ids[i], span.Start + i));
        }

        return new TrainingLoss(_loss, _pairs);
    }

    public void ReadWeights()
    {
        // The rows that were trained are the job's own.
    }

    public void Dispose()
    {
        // Nothing is held.
    }

    private void TrainSentence()
    {
        for (int center = 0; center < _kept.Count; center++)
        {
            (int word, long position) = _kept[center];
            int radius = _draws.Radius(position);
            int first = Math.Max(0, center - radius), end = Math.Min(_kept.Count, center + radius + 1);
            int[] contexts = [.. Enumerable.Range(first, end - first).Where(i => i != center).Select(i => _kept[i].Word)];
            if (contexts.Length > 0)
                TrainWindow(word, contexts, position);
        }

        _kept.Clear();
    }

    private void TrainWindow(int center, int[] contexts, long position)
    {
        int[] predicted = _shape.CenterIsInput ? contexts : [center];
        List<int[]> inputs = Inputs(center, contexts);
        List<Target> targets = _job.Tree is { } tree ? Turns(tree, predicted) : Samples(predicted, position);
        _pairs += inputs.Count * predicted.Length;
        float[][] means = [.. inputs.Select(Mean)];
        float[][] inputChanges = [.. inputs.Select(_ => new float[_job.Weights.Size])], outputChanges = [.. targets.Select(_ => new float[_job.Weights.Size])];
        float rate = _rate.At(_epoch, position);
        for (int i = 0; i < inputs.Count; i++)
        {
            for (int t = 0; t < targets.Count; t++)
                TrainPair(means[i], targets[t], rate, inputChanges[i], outputChanges[t]);
        }

        for (int t = 0; t < targets.Count; t++)
            PlainVectorMath.AddScaled(_job.Weights.OutputRow(targets[t].Row), 1f, outputChanges[t]);
        for (int i = 0; i < inputs.Count; i++)
        {
            foreach (int row in inputs[i].Where(row => !_job.Weights.IsFrozen(row)))
                PlainVectorMath.AddScaled(_job.Weights.InputRow(row), 1f, inputChanges[i]);
        }
    }

    /// <summary>The rows of each input: of the center, of all contexts together, or of each of them.</summary>
    private List<int[]> Inputs(int center, int[] contexts) =>
        _shape.CenterIsInput ? [Rows(center)]
        : _job.Options.Architecture == TrainingArchitecture.Cbow ? [[.. contexts.SelectMany(Rows)]]
        : [.. contexts.Select(Rows)];

    private int[] Rows(int word) => _job.Rows[word].ToArray();

    /// <summary>The turns on the ways to the <paramref name="predicted"/> words.</summary>
    private static List<Target> Turns(HuffmanTree tree, int[] predicted) =>
        [.. predicted.SelectMany(word => tree.Path(word).ToArray()).Select(turn => new Target(turn >> 1, Label: 1 - (turn & 1), Weight: 1))];

    /// <summary>The <paramref name="predicted"/> words, and the negatives, each for those of them that it is not.</summary>
    private List<Target> Samples(int[] predicted, long position)
    {
        List<Target> targets = [.. predicted.Select(word => new Target(word, Label: 1, Weight: 1))];
        for (int k = 0; k < _shape.Negatives; k++)
        {
            int negative = _draws.Negative(position, k), others = predicted.Count(word => word != negative);
            if (others > 0)
                targets.Add(new Target(negative, Label: 0, others * _shape.NegativeWeight));
        }

        return targets;
    }

    private float[] Mean(int[] rows)
    {
        var mean = new float[_job.Weights.Size];
        foreach (int row in rows)
            PlainVectorMath.AddScaled(mean, 1f, _job.Weights.InputRow(row));
        for (int i = 0; i < mean.Length; i++)
            mean[i] /= rows.Length;
        return mean;
    }

    /// <summary>Adds what an input and a target say to their changes and to the loss.</summary>
    private void TrainPair(ReadOnlySpan<float> input, Target target, float rate, Span<float> inputChange, Span<float> outputChange)
    {
        ReadOnlySpan<float> output = _job.Weights.OutputRow(target.Row);
        float dot = PlainVectorMath.Dot(input, output);
        float gradient = rate * target.Weight * (target.Label - LogisticFunction.Sigmoid(dot));
        _loss += target.Weight * LogisticFunction.MinusLogSigmoid(target.Label == 1 ? dot : -dot);
        PlainVectorMath.AddScaled(inputChange, gradient, output);
        PlainVectorMath.AddScaled(outputChange, gradient, input);
    }

    /// <param name="Row">The output row.</param>
    /// <param name="Label">1: the input belongs to it; 0: it does not.</param>
    /// <param name="Weight">How often it counts.</param>
    private readonly record struct Target(int Row, int Label, float Weight);
}
