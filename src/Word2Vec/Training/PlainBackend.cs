using Word2Vec.Numerics;
using Word2Vec.Sampling;
using Word2Vec.Words;

namespace Word2Vec.Training;

/// <summary>
/// The page that defines the training; every other backend is tested against it. One thread goes through the kept tokens; the window around each
/// is one update: all dot products come from the values before it, all changes are made after it. Context words index the input vectors, the
/// center word and its negative samples index the output vectors, and the negatives are shared by the window's context words
/// (Mikolov et al. 2013b, equation 4, in the batched form of Ji et al. 2016, "Parallelizing Word2Vec in Shared and Distributed Memory").
/// </summary>
internal sealed class PlainBackend : ITrainingBackend
{
    private readonly TrainingJob _job;
    private readonly LearningRateSchedule _rate;
    private readonly List<(int Word, long Position)> _kept = [];
    private readonly List<int> _contexts = [], _samples = [];
    private readonly float[] _inputChanges, _outputChanges;
    private EpochDraws _draws;
    private int _epoch;
    private double _loss;
    private long _pairs;

    public PlainBackend(TrainingJob job)
    {
        _job = job;
        _rate = new LearningRateSchedule(job.Options.LearningRate, job.Options.Epochs, job.Corpus.Length);
        _inputChanges = new float[2 * job.Options.Window * job.Options.VectorSize];
        _outputChanges = new float[(1 + job.Options.Negatives) * job.Options.VectorSize];
        _draws = job.Sampler.Epoch(0);
    }

    public string Description => "plain loop, 1 thread";

    public int PreferredSpan => 50_000;

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
            _contexts.Clear();
            for (int i = Math.Max(0, center - radius); i <= Math.Min(_kept.Count - 1, center + radius); i++)
            {
                if (i != center)
                    _contexts.Add(_kept[i].Word);
            }

            _samples.Clear();
            _samples.Add(word);
            for (int k = 0; k < _job.Options.Negatives; k++)
            {
                int negative = _draws.Negative(position, k);
                if (negative != word)
                    _samples.Add(negative);
            }

            TrainWindow(_rate.At(_epoch, position));
        }

        _kept.Clear();
    }

    /// <summary>One update: sample 0 is the center word with label 1, the others are negatives with label 0.</summary>
    private void TrainWindow(float rate)
    {
        Array.Clear(_inputChanges);
        Array.Clear(_outputChanges);
        int size = _job.Options.VectorSize;
        for (int c = 0; c < _contexts.Count; c++)
        {
            ReadOnlySpan<float> input = _job.Weights.InputRow(_contexts[c]);
            for (int s = 0; s < _samples.Count; s++)
            {
                ReadOnlySpan<float> output = _job.Weights.OutputRow(_samples[s]);
                float dot = PlainVectorMath.Dot(input, output);
                float gradient = rate * ((s == 0 ? 1f : 0f) - LogisticFunction.Sigmoid(dot));
                _loss += LogisticFunction.MinusLogSigmoid(s == 0 ? dot : -dot);
                PlainVectorMath.AddScaled(_inputChanges.AsSpan(c * size, size), gradient, output);
                PlainVectorMath.AddScaled(_outputChanges.AsSpan(s * size, size), gradient, input);
            }
        }

        for (int c = 0; c < _contexts.Count; c++)
            PlainVectorMath.AddScaled(_job.Weights.InputRow(_contexts[c]), 1f, _inputChanges.AsSpan(c * size, size));
        for (int s = 0; s < _samples.Count; s++)
            PlainVectorMath.AddScaled(_job.Weights.OutputRow(_samples[s]), 1f, _outputChanges.AsSpan(s * size, size));
        _pairs += _contexts.Count;
    }
}
