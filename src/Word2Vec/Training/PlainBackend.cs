using Word2Vec.Numerics;
using Word2Vec.Sampling;
using Word2Vec.Words;

namespace Word2Vec.Training;

/// <summary>
/// The page that defines the training; every other backend is tested against it. One thread goes through the kept tokens, tile by tile: the windows
/// around a few consecutive center words are one update, in which all dot products come from the values before it and all changes are made after it.
/// Context words index the input vectors, center words and negative samples index the output vectors, and the negatives are shared by the tile
/// (Mikolov et al. 2013b, equation 4, in the batched form of Ji et al. 2016, "Parallelizing Word2Vec in Shared and Distributed Memory", which has
/// tiles of one center). A tile never reaches beyond its sentence.
/// </summary>
internal sealed class PlainBackend : ITrainingBackend
{
    private readonly TrainingJob _job;
    private readonly TileShape _tile;
    private readonly LearningRateSchedule _rate;
    private readonly List<(int Word, long Position)> _kept = [];
    private readonly int[] _negatives;
    private readonly int[,] _negativeCounts;
    private readonly float[] _inputChanges, _centerChanges, _negativeChanges;
    private EpochDraws _draws;
    private int _epoch;
    private double _loss;
    private long _pairs;

    public PlainBackend(TrainingJob job)
    {
        _job = job;
        _tile = TileShape.Of(job.Options);
        _rate = new LearningRateSchedule(job.Options.LearningRate, job.Options.Epochs, job.Corpus.Length);
        int size = job.Options.VectorSize, contexts = _tile.Centers + 2 * job.Options.Window;
        _negatives = new int[_tile.Negatives];
        _negativeCounts = new int[contexts, _tile.Negatives];
        _inputChanges = new float[contexts * size];
        _centerChanges = new float[_tile.Centers * size];
        _negativeChanges = new float[_tile.Negatives * size];
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
        for (int first = 0; first < _kept.Count; first += _tile.Centers)
            TrainTile(first, Math.Min(_kept.Count, first + _tile.Centers));
        _kept.Clear();
    }

    /// <summary>One update: the windows around the kept tokens <paramref name="first"/> … <paramref name="end"/> − 1.</summary>
    private void TrainTile(int first, int end)
    {
        long position = _kept[first].Position;
        float rate = _rate.At(_epoch, position);
        for (int k = 0; k < _negatives.Length; k++)
            _negatives[k] = _draws.Negative(position, k);
        int window = _job.Options.Window, firstContext = Math.Max(0, first - window), endContext = Math.Min(_kept.Count, end + window);
        for (int center = first; center < end; center++)
        {
            int radius = _draws.Radius(_kept[center].Position);
            for (int c = Math.Max(0, center - radius); c <= Math.Min(_kept.Count - 1, center + radius); c++)
            {
                if (c == center)
                    continue;
                _pairs++;
                TrainPair(_kept[c].Word, _kept[center].Word, label: 1, weight: 1, rate,
                    Row(_inputChanges, c - firstContext), Row(_centerChanges, center - first));
                for (int k = 0; k < _negatives.Length; k++)
                    _negativeCounts[c - firstContext, k] += _negatives[k] == _kept[center].Word ? 0 : 1;
            }
        }

        for (int c = firstContext; c < endContext; c++)
        {
            for (int k = 0; k < _negatives.Length; k++)
            {
                int count = _negativeCounts[c - firstContext, k];
                if (count > 0)
                    TrainPair(_kept[c].Word, _negatives[k], label: 0, count * _tile.NegativeWeight, rate,
                        Row(_inputChanges, c - firstContext), Row(_negativeChanges, k));
            }
        }

        MakeChanges(first, end, firstContext, endContext);
    }

    /// <summary>Adds what a context word and a center (label 1) or a negative sample (label 0) say to their changes and to the loss.</summary>
    private void TrainPair(int context, int sample, float label, float weight, float rate, Span<float> inputChange, Span<float> outputChange)
    {
        ReadOnlySpan<float> input = _job.Weights.InputRow(context), output = _job.Weights.OutputRow(sample);
        float dot = PlainVectorMath.Dot(input, output);
        float gradient = rate * weight * (label - LogisticFunction.Sigmoid(dot));
        _loss += weight * LogisticFunction.MinusLogSigmoid(label == 1 ? dot : -dot);
        PlainVectorMath.AddScaled(inputChange, gradient, output);
        PlainVectorMath.AddScaled(outputChange, gradient, input);
    }

    private void MakeChanges(int first, int end, int firstContext, int endContext)
    {
        for (int c = firstContext; c < endContext; c++)
        {
            if (!_job.Weights.IsFrozen(_kept[c].Word))
                PlainVectorMath.AddScaled(_job.Weights.InputRow(_kept[c].Word), 1f, Row(_inputChanges, c - firstContext));
        }

        for (int center = first; center < end; center++)
            PlainVectorMath.AddScaled(_job.Weights.OutputRow(_kept[center].Word), 1f, Row(_centerChanges, center - first));
        for (int k = 0; k < _negatives.Length; k++)
            PlainVectorMath.AddScaled(_job.Weights.OutputRow(_negatives[k]), 1f, Row(_negativeChanges, k));
        Array.Clear(_inputChanges);
        Array.Clear(_centerChanges);
        Array.Clear(_negativeChanges);
        Array.Clear(_negativeCounts);
    }

    private Span<float> Row(float[] changes, int row) => changes.AsSpan(row * _job.Options.VectorSize, _job.Options.VectorSize);
}
