using Word2Vec.Sampling;

namespace Word2Vec.Training;

/// <summary>Goes through a piece of whole sentences, window by window.</summary>
internal sealed unsafe class WindowReader
{
    private readonly TrainingJob _job;
    private readonly WindowShape _shape;
    private readonly bool _isCbow;
    private readonly LearningRateSchedule _rate;
    private readonly SentenceTokens _sentence = new();
    private readonly int[] _predicted;
    private EpochDraws _draws;
    private int _epoch, _next;
    private long _position, _end;

    public WindowReader(TrainingJob job)
    {
        (_job, _shape, _isCbow) = (job, WindowShape.Of(job.Options), job.Options.Architecture == TrainingArchitecture.Cbow);
        _rate = new LearningRateSchedule(job.Options.LearningRate, job.Options.Epochs, job.Corpus.Length);
        _predicted = new int[2 * job.Options.Window];
        _draws = job.Sampler.Epoch(0);
    }

    /// <summary>Goes to the start of <paramref name="piece"/>.</summary>
    public void Begin(TrainingSpan piece)
    {
        if (piece.Epoch != _epoch)
            (_epoch, _draws) = (piece.Epoch, _job.Sampler.Epoch(piece.Epoch));
        (_position, _end, _next) = (piece.Start, piece.End, int.MaxValue);
    }

    /// <summary>Fills <paramref name="window"/> with the next window; returns false at the end of the piece.</summary>
    public bool Read(WindowRows window)
    {
        if (!ReadSentence())
            return false;
        int center = _next++;
        ReadOnlySpan<int> words = _sentence.Words;
        int radius = _sentence.Radii[center], first = Math.Max(0, center - radius), end = Math.Min(words.Length, center + radius + 1);
        window.Begin(_rate.At(_epoch, _sentence.Position(center)));
        TakeInputs(words, center, first, end, window);
        ReadOnlySpan<int> predicted = Predicted(words, center, first, end);
        if (_job.Tree is { } tree)
            TakeTurns(tree, predicted, window);
        else
            TakeSamples(predicted, _sentence.Position(center), window);
        window.Complete(predicted.Length);
        return true;
    }

    // Where the sentence is used up: the next one that has two tokens or more, since a word by itself has nothing to learn from.
    private bool ReadSentence()
    {
        while (_next >= _sentence.Count)
        {
            if (_position >= _end)
                return false;
            _position = _sentence.Read(_job.Corpus.First, _position, _end, _job.Options.Window, _draws) + 1;
            _next = _sentence.Count == 1 ? 1 : 0;
        }

        return true;
    }

    private void TakeInputs(ReadOnlySpan<int> words, int center, int first, int end, WindowRows window)
    {
        if (_shape.CenterIsInput)
        {
            window.AddRows(_job.Rows[words[center]]);
            window.EndInput();
            return;
        }

        for (int c = first; c < end; c++)
        {
            if (c == center)
                continue;
            window.AddRows(_job.Rows[words[c]]);
            if (!_isCbow)
                window.EndInput();
        }

        if (_isCbow)
            window.EndInput();
    }

    private ReadOnlySpan<int> Predicted(ReadOnlySpan<int> words, int center, int first, int end)
    {
        if (!_shape.CenterIsInput)
            return words.Slice(center, 1);
        words[first..center].CopyTo(_predicted);
        words[(center + 1)..end].CopyTo(_predicted.AsSpan(center - first));
        return _predicted.AsSpan(0, end - first - 1);
    }

    private static void TakeTurns(HuffmanTree tree, ReadOnlySpan<int> predicted, WindowRows window)
    {
        foreach (int word in predicted)
        {
            foreach (int turn in tree.Path(word))
                window.AddTarget(turn >> 1, 1 - 2 * (turn & 1), 1);
        }
    }

    private void TakeSamples(ReadOnlySpan<int> predicted, long position, WindowRows window)
    {
        foreach (int word in predicted)
            window.AddTarget(word, 1, 1);
        for (int k = 0; k < _shape.Negatives; k++)
        {
            int negative = _draws.Negative(position, k), others = predicted.Length - predicted.Count(negative);
            if (others > 0)
                window.AddTarget(negative, -1, others * _shape.NegativeWeight);
        }
    }
}
