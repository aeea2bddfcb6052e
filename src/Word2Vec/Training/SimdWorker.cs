using Word2Vec.Numerics;
using Word2Vec.Sampling;

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
    // Losses are added up in 32 bits for so many windows, then in 64.
    private const int WindowsALoss = 256;

    private readonly TrainingJob _job;
    private readonly LearningRateSchedule _rate;
    private readonly WindowKernel<TLanes, TVector> _kernel;
    private readonly SentenceWindows _sentence;
    private EpochDraws _draws;
    private int _epoch;

    public SimdWorker(TrainingJob job)
    {
        _job = job;
        _rate = new LearningRateSchedule(job.Options.LearningRate, job.Options.Epochs, job.Corpus.Length);
        _kernel = new WindowKernel<TLanes, TVector>(job.Weights, job.Options.Window, job.Options.Negatives);
        _sentence = new SentenceWindows(job.Options.Negatives);
        _draws = job.Sampler.Epoch(0);
    }

    public TrainingLoss Train(TrainingSpan piece)
    {
        if (piece.Epoch != _epoch)
            (_epoch, _draws) = (piece.Epoch, _job.Sampler.Epoch(piece.Epoch));
        TrainingLoss loss = default;
        for (long position = piece.Start; position < piece.End; position++)
        {
            position = _sentence.Read(_job.Corpus.First, position, _draws);
            if (_sentence.Count > 1)
                TrainSentence(ref loss);
        }

        return loss;
    }

    public void Dispose() => _kernel.Dispose();

    /// <summary>Trains window by window; while one is trained, the rows of the next one come in from memory.</summary>
    private void TrainSentence(ref TrainingLoss loss)
    {
        int count = _sentence.Count;
        _sentence.Fill(0, _kernel.Next);
        for (int center = 0; center < count; center++)
        {
            _kernel.Advance();
            if (center + 1 < count)
                Prepare(center + 1);
            _kernel.Train(_rate.At(_epoch, _sentence.Position(center)));
            if (center % WindowsALoss == WindowsALoss - 1)
                loss += _kernel.TakeLoss();
        }

        loss += _kernel.TakeLoss();
    }

    private void Prepare(int center)
    {
        _sentence.Fill(center, _kernel.Next);
        _kernel.Next.PrefetchSamples();

        // The window slides: one context word is new, at most as far away as the widest window reaches.
        int newest = center + _job.Options.Window;
        if (newest < _sentence.Count)
            _kernel.Next.PrefetchContext(_sentence.Word(newest));
    }
}
