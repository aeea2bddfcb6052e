using Word2Vec.Numerics;

namespace Word2Vec.Training;

/// <summary>
/// The page that defines the training; every other backend is tested against it. One thread goes through the kept tokens, tile by tile: the windows
/// around a few consecutive center words are one update, in which all dot products come from the values before it and all changes are made after it.
/// Context words index the input vectors, center words and negative samples index the output vectors, and the negatives are shared by the tile
/// (Mikolov et al. 2013b, equation 4, in the batched form of Ji et al. 2016, "Parallelizing Word2Vec in Shared and Distributed Memory", which has
/// tiles of one center). A tile never reaches beyond its sentence.
/// </summary>
internal sealed class PlainBackend : PlainLoop
{
    private readonly TileShape _tile;
    private readonly int[] _negatives;
    private readonly int[,] _negativeCounts;
    private readonly float[] _inputChanges, _centerChanges, _negativeChanges;

    public PlainBackend(TrainingJob job)
        : base(job)
    {
        _tile = TileShape.Of(job.Options);
        int size = job.Options.VectorSize, contexts = _tile.Centers + 2 * job.Options.Window;
        _negatives = new int[_tile.Negatives];
        _negativeCounts = new int[contexts, _tile.Negatives];
        _inputChanges = new float[contexts * size];
        _centerChanges = new float[_tile.Centers * size];
        _negativeChanges = new float[_tile.Negatives * size];
    }

    protected override void TrainSentence()
    {
        for (int first = 0; first < Kept.Count; first += _tile.Centers)
            TrainTile(first, Math.Min(Kept.Count, first + _tile.Centers));
    }

    /// <summary>One update: the windows around the kept tokens <paramref name="first"/> … <paramref name="end"/> − 1.</summary>
    private void TrainTile(int first, int end)
    {
        long position = Kept[first].Position;
        float rate = RateAt(position);
        for (int k = 0; k < _negatives.Length; k++)
            _negatives[k] = Draws.Negative(position, k);
        int window = Job.Options.Window, firstContext = Math.Max(0, first - window), endContext = Math.Min(Kept.Count, end + window);
        for (int center = first; center < end; center++)
        {
            int radius = Draws.Radius(Kept[center].Position);
            for (int c = Math.Max(0, center - radius); c <= Math.Min(Kept.Count - 1, center + radius); c++)
            {
                if (c == center)
                    continue;
                Pairs++;
                TrainPair(Kept[c].Word, Kept[center].Word, label: 1, weight: 1, rate,
                    Row(_inputChanges, c - firstContext), Row(_centerChanges, center - first));
                for (int k = 0; k < _negatives.Length; k++)
                    _negativeCounts[c - firstContext, k] += _negatives[k] == Kept[center].Word ? 0 : 1;
            }
        }

        for (int c = firstContext; c < endContext; c++)
        {
            for (int k = 0; k < _negatives.Length; k++)
            {
                int count = _negativeCounts[c - firstContext, k];
                if (count > 0)
                    TrainPair(Kept[c].Word, _negatives[k], label: 0, count * _tile.NegativeWeight, rate,
                        Row(_inputChanges, c - firstContext), Row(_negativeChanges, k));
            }
        }

        MakeChanges(first, end, firstContext, endContext);
    }

    /// <summary>Adds what a context word and a center (label 1) or a negative sample (label 0) say to their changes and to the loss.</summary>
    private void TrainPair(int context, int sample, float label, float weight, float rate, Span<float> inputChange, Span<float> outputChange)
    {
        ReadOnlySpan<float> input = Job.Weights.InputRow(context), output = Job.Weights.OutputRow(sample);
        float dot = PlainVectorMath.Dot(input, output);
        float gradient = rate * weight * (label - LogisticFunction.Sigmoid(dot));
        Loss += weight * LogisticFunction.MinusLogSigmoid(label == 1 ? dot : -dot);
        PlainVectorMath.AddScaled(inputChange, gradient, output);
        PlainVectorMath.AddScaled(outputChange, gradient, input);
    }

    private void MakeChanges(int first, int end, int firstContext, int endContext)
    {
        for (int c = firstContext; c < endContext; c++)
        {
            if (!Job.Weights.IsFrozen(Kept[c].Word))
                PlainVectorMath.AddScaled(Job.Weights.InputRow(Kept[c].Word), 1f, Row(_inputChanges, c - firstContext));
        }

        for (int center = first; center < end; center++)
            PlainVectorMath.AddScaled(Job.Weights.OutputRow(Kept[center].Word), 1f, Row(_centerChanges, center - first));
        for (int k = 0; k < _negatives.Length; k++)
            PlainVectorMath.AddScaled(Job.Weights.OutputRow(_negatives[k]), 1f, Row(_negativeChanges, k));
        Array.Clear(_inputChanges);
        Array.Clear(_centerChanges);
        Array.Clear(_negativeChanges);
        Array.Clear(_negativeCounts);
    }

    private Span<float> Row(float[] changes, int row) => changes.AsSpan(row * Job.Options.VectorSize, Job.Options.VectorSize);
}
