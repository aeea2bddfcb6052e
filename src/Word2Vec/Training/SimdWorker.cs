using Word2Vec.Numerics;
using Word2Vec.Sampling;
using Word2Vec.Words;

namespace Word2Vec.Training;

/// <summary>What one thread of the CPU backend does, whatever its vector width.</summary>
internal interface ISimdWorker : IDisposable
{
    /// <summary>Trains the windows of a piece of whole sentences.</summary>
    TrainingLoss Train(TrainingSpan piece);
}

/// <summary>One thread: subsamples sentence by sentence, makes windows of what is left, and trains each with its kernel.</summary>
internal sealed unsafe class SimdWorker<TLanes, TVector> : ISimdWorker
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    private readonly TrainingJob _job;
    private readonly LearningRateSchedule _rate;
    private readonly WindowKernel<TLanes, TVector> _kernel;
    // Losses are added up in 32 bits for so many windows, then in 64.
    private const int WindowsALoss = 256;

    private int[] _words = new int[1024];
    private long[] _positions = new long[1024];
    private EpochDraws _draws;
    private int _epoch;

    public SimdWorker(TrainingJob job)
    {
        _job = job;
        _rate = new LearningRateSchedule(job.Options.LearningRate, job.Options.Epochs, job.Corpus.Length);
        _kernel = new WindowKernel<TLanes, TVector>(job.Weights, job.Options.Window, job.Options.Negatives);
        _draws = job.Sampler.Epoch(0);
    }

    public TrainingLoss Train(TrainingSpan piece)
    {
        if (piece.Epoch != _epoch)
            (_epoch, _draws) = (piece.Epoch, _job.Sampler.Epoch(piece.Epoch));
        TrainingLoss loss = default;
        int* ids = _job.Corpus.First;
        for (long position = piece.Start; position < piece.End; position++)
        {
            int kept = 0;
            for (; ids[position] != EncodedCorpus.SentenceEnd; position++)
            {
                if (_draws.Keeps(ids[position], position))
                    Keep(kept++, ids[position], position);
            }

            TrainSentence(kept, ref loss);
        }

        return loss;
    }

    public void Dispose() => _kernel.Dispose();

    private void Keep(int index, int word, long position)
    {
        if (index == _words.Length)
        {
            Array.Resize(ref _words, 2 * index);
            Array.Resize(ref _positions, 2 * index);
        }

        _words[index] = word;
        _positions[index] = position;
    }

    private void TrainSentence(int kept, ref TrainingLoss loss)
    {
        for (int center = 0; center < kept; center++)
        {
            long position = _positions[center];
            int radius = _draws.Radius(position);
            int first = Math.Max(0, center - radius), last = Math.Min(kept - 1, center + radius);
            if (first == last)
                continue;
            _kernel.Rows.Begin(_words[center]);
            for (int k = 0; k < _job.Options.Negatives; k++)
                _kernel.Rows.AddNegative(_draws.Negative(position, k));
            for (int i = first; i <= last; i++)
            {
                if (i != center)
                    _kernel.Rows.AddContext(_words[i]);
            }

            _kernel.Train(_rate.At(_epoch, position));
            if (center % WindowsALoss == WindowsALoss - 1)
                loss += _kernel.TakeLoss();
        }

        loss += _kernel.TakeLoss();
    }
}
