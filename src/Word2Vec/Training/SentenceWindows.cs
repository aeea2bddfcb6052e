using Word2Vec.Sampling;
using Word2Vec.Words;

namespace Word2Vec.Training;

/// <summary>
/// One sentence after subsampling, with the radius and the negatives of every window drawn in advance: draws come cheaper by the register than one by
/// one, and the rows of a window are known while the one before it is trained.
/// </summary>
internal sealed unsafe class SentenceWindows
{
    private const int Chunk = 256;

    private readonly int _negatives;
    private readonly uint[] _bits = new uint[Chunk];
    private readonly uint[] _fractions = new uint[Chunk];
    private int[] _words = new int[1024];
    private long[] _positions = new long[1024];
    private int[] _radii = new int[1024];
    private int[] _samples;

    /// <summary>Makes room for sentences with <paramref name="negatives"/> negatives a window.</summary>
    public SentenceWindows(int negatives)
    {
        _negatives = negatives;
        _samples = new int[1024 * negatives];
    }

    /// <summary>Tokens that stayed; each is the center of a window.</summary>
    public int Count { get; private set; }

    /// <summary>The word of token <paramref name="index"/>.</summary>
    public int Word(int index) => _words[index];

    /// <summary>Where token <paramref name="index"/> is in the corpus.</summary>
    public long Position(int index) => _positions[index];

    /// <summary>Takes the sentence that starts at <paramref name="position"/>; returns the position of its end.</summary>
    public long Read(int* ids, long position, EpochDraws draws)
    {
        Count = 0;
        long end = position;
        while (ids[end] != EncodedCorpus.SentenceEnd)
            end++;
        for (; position < end; position += Chunk)
            Keep(ids, position, (int)Math.Min(Chunk, end - position), draws);
        for (int first = 0; first < Count; first += Chunk)
            DrawWindows(first, Math.Min(Chunk, Count - first), draws);
        return end;
    }

    /// <summary>Puts the window around token <paramref name="center"/> into <paramref name="rows"/>; with two tokens or more it has a context word.</summary>
    public void Fill(int center, WindowRows rows)
    {
        int radius = _radii[center], first = Math.Max(0, center - radius), last = Math.Min(Count - 1, center + radius);
        rows.Begin(_words[center]);
        foreach (int negative in _samples.AsSpan(center * _negatives, _negatives))
            rows.AddNegative(negative);
        for (int i = first; i < center; i++)
            rows.AddContext(_words[i]);
        for (int i = center + 1; i <= last; i++)
            rows.AddContext(_words[i]);
    }

    private void Keep(int* ids, long position, int length, EpochDraws draws)
    {
        MakeRoom(Count + length);
        draws.Keys[EpochDraws.KeepKey].DrawRange(position, _bits.AsSpan(0, length));
        uint[] thresholds = draws.KeepThresholds;
        int count = Count;
        for (int i = 0; i < length; i++)
        {
            int word = ids[position + i];
            _words[count] = word;
            _positions[count] = position + i;
            count += _bits[i] <= thresholds[word] ? 1 : 0;
        }

        Count = count;
    }

    private void DrawWindows(int first, int length, EpochDraws draws)
    {
        ReadOnlySpan<long> positions = _positions.AsSpan(first, length);
        draws.Keys[EpochDraws.RadiusKey].Draw(positions, _bits);
        for (int i = 0; i < length; i++)
            _radii[first + i] = draws.RadiusOf(_bits[i]);
        for (int k = 0; k < _negatives; k++)
        {
            draws.Keys[EpochDraws.BucketKey(k)].Draw(positions, _bits);
            draws.Keys[EpochDraws.FractionKey(k)].Draw(positions, _fractions);
            for (int i = 0; i < length; i++)
                _samples[(first + i) * _negatives + k] = draws.NegativeOf(_bits[i], _fractions[i]);
        }
    }

    private void MakeRoom(int tokens)
    {
        if (tokens <= _words.Length)
            return;
        int length = Math.Max(tokens, 2 * _words.Length);
        Array.Resize(ref _words, length);
        Array.Resize(ref _positions, length);
        Array.Resize(ref _radii, length);
        Array.Resize(ref _samples, checked(length * _negatives));
    }
}
