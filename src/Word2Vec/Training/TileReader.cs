using System.Runtime.InteropServices;
using Word2Vec.Sampling;
using Word2Vec.Words;

namespace Word2Vec.Training;

/// <summary>Goes through a piece of the corpus and cuts its sentences into tiles.</summary>
internal sealed unsafe class TileReader
{
    private readonly TrainingJob _job;
    private readonly TileShape _tile;
    private readonly LearningRateSchedule _rate;
    private readonly SentenceTokens _sentence = new();
    private readonly List<int> _negatives = [];
    private EpochDraws _draws;
    private int _epoch, _next, _last, _drawn;
    private long _position, _end;

    public TileReader(TrainingJob job, TileShape tile)
    {
        (_job, _tile) = (job, tile);
        _rate = new LearningRateSchedule(job.Options.LearningRate, job.Options.Epochs, job.Corpus.Length);
        _draws = job.Sampler.Epoch(0);
    }

    /// <summary>
    /// Goes to the start of a piece. It need not start or end between sentences: its centers are the tokens at its positions, with the contexts that
    /// they have in their sentences.
    /// </summary>
    public void Begin(TrainingSpan piece)
    {
        if (piece.Epoch != _epoch)
            (_epoch, _draws) = (piece.Epoch, _job.Sampler.Epoch(piece.Epoch));
        (_position, _end, _next, _last) = (piece.Start, piece.End, 0, 0);
        _negatives.Clear();
    }

    /// <summary>Fills <paramref name="tile"/> with the next tile; returns false at the end of the piece.</summary>
    public bool Read(TileRows tile)
    {
        if (!ReadSentence())
            return false;
        long position = _sentence.Position(_next);
        TakeNegatives(position, tile.NegativeWords);
        int centers = Math.Min(_tile.Centers, _last - _next);
        tile.Fill(_sentence, _next, centers, _rate.At(_epoch, position));
        _next += centers;
        return true;
    }

    /// <summary>Claims all rows of <paramref name="span"/> for <paramref name="piece"/>, and keeps its draws for when it is read, which is the next to be done.</summary>
    public void Claim(TrainingSpan span, RowClaims claims, int piece)
    {
        Begin(span);
        Span<int> negatives = stackalloc int[_tile.Negatives];
        while (ReadSentence())
        {
            long position = _sentence.Position(_next);
            Draw(position, negatives);
            _negatives.AddRange(negatives);
            foreach (int word in negatives)
                claims.ClaimOutput(word, piece);
            int end = Math.Min(_next + _tile.Centers, _last);
            ReadOnlySpan<int> words = _sentence.Words;
            foreach (int word in words[_next..end])
                claims.ClaimOutput(word, piece);

            // Contexts may be claimed that no center sees: it only costs a copy.
            int window = _job.Options.Window;
            foreach (int word in words[Math.Max(0, _next - window)..Math.Min(words.Length, end + window)])
                claims.ClaimInput(word, piece);
            _next = end;
        }

        (_position, _next, _last, _drawn) = (span.Start, 0, 0, 0);
    }

    // Where the sentence is used up: the next one of the piece that has two tokens or more, since a word by itself has nothing to learn from.
    private bool ReadSentence()
    {
        while (_next >= _last)
        {
            if (_position >= _end)
                return false;
            int* ids = _job.Corpus.First;
            long start = MarginStart(ids, _position);
            long end = _sentence.Read(ids, start, _end, _job.Options.Window, _draws);
            _next = start == _position ? 0 : _sentence.IndexOf(_position);
            _last = _sentence.Count == 1 ? 0 : _sentence.IndexOf(_end);
            _position = end + 1;
        }

        return true;
    }

    // Inside a sentence the tokens before the first center are its contexts.
    private long MarginStart(int* ids, long position)
    {
        int kept = 0;
        while (position > 0 && ids[position - 1] != EncodedCorpus.SentenceEnd && kept < _job.Options.Window)
        {
            position--;
            kept += _draws.Keeps(ids[position], position) ? 1 : 0;
        }

        return position;
    }

    private void TakeNegatives(long position, Span<int> negatives)
    {
        if (_negatives.Count == 0)
        {
            Draw(position, negatives);
            return;
        }

        CollectionsMarshal.AsSpan(_negatives).Slice(_drawn, negatives.Length).CopyTo(negatives);
        _drawn += negatives.Length;
    }

    private void Draw(long position, Span<int> negatives)
    {
        for (int k = 0; k < negatives.Length; k++)
            negatives[k] = _draws.Negative(position, k);
    }
}
