using Word2Vec.Sampling;

namespace Word2Vec.Training;

/// <summary>Goes through a piece of the corpus and cuts its sentences into tiles.</summary>
internal sealed unsafe class TileReader
{
    private readonly TrainingJob _job;
    private readonly TileShape _tile;
    private readonly LearningRateSchedule _rate;
    private readonly SentenceTokens _sentence = new();
    private EpochDraws _draws;
    private int _epoch, _next;
    private long _position, _end;

    public TileReader(TrainingJob job, TileShape tile)
    {
        (_job, _tile) = (job, tile);
        _rate = new LearningRateSchedule(job.Options.LearningRate, job.Options.Epochs, job.Corpus.Length);
        _draws = job.Sampler.Epoch(0);
    }

    /// <summary>Goes to the start of a piece of whole sentences.</summary>
    public void Begin(TrainingSpan piece)
    {
        if (piece.Epoch != _epoch)
            (_epoch, _draws) = (piece.Epoch, _job.Sampler.Epoch(piece.Epoch));
        (_position, _end, _next) = (piece.Start, piece.End, _sentence.Count);
    }

    /// <summary>Fills <paramref name="tile"/> with the next tile; returns false at the end of the piece.</summary>
    public bool Read(TileRows tile)
    {
        while (_next >= _sentence.Count)
        {
            if (_position >= _end)
                return false;
            _position = _sentence.Read(_job.Corpus.First, _position, _draws) + 1;

            // A word by itself has nothing to learn from.
            _next = _sentence.Count == 1 ? 1 : 0;
        }

        long position = _sentence.Position(_next);
        Span<int> negatives = tile.NegativeWords;
        for (int k = 0; k < negatives.Length; k++)
            negatives[k] = _draws.Negative(position, k);
        tile.Fill(_sentence, _next, _rate.At(_epoch, position));
        _next += _tile.Centers;
        return true;
    }
}
