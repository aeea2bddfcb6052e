using Word2Vec.Sampling;
using Word2Vec.Words;

namespace Word2Vec.Training;

/// <summary>One sentence, or a part of it, after subsampling, with the radius of every window: draws come cheaper by the register than one by one.</summary>
internal sealed unsafe class SentenceTokens
{
    private const int Chunk = 256;

    private readonly uint[] _bits = new uint[Chunk];
    private int[] _words = new int[1024];
    private int[] _radii = new int[1024];
    private long[] _positions = new long[1024];

    /// <summary>Tokens that stayed; each is the center of a window.</summary>
    public int Count { get; private set; }

    /// <summary>The word of each.</summary>
    public ReadOnlySpan<int> Words => _words.AsSpan(0, Count);

    /// <summary>The radius of the window around each.</summary>
    public ReadOnlySpan<int> Radii => _radii.AsSpan(0, Count);

    /// <summary>Where token <paramref name="index"/> is in the corpus.</summary>
    public long Position(int index) => _positions[index];

    /// <summary>
    /// Takes the tokens from <paramref name="position"/> to the end of their sentence, or to behind <paramref name="margin"/> that stayed at
    /// <paramref name="stop"/> or later; returns the position behind those it looked at.
    /// </summary>
    public long Read(int* ids, long position, long stop, int margin, EpochDraws draws)
    {
        Count = 0;
        do
        {
            int length = 0;
            while (length < Chunk && ids[position + length] != EncodedCorpus.SentenceEnd)
                length++;
            Keep(ids, position, length, draws);
            position += length;
        }
        while (ids[position] != EncodedCorpus.SentenceEnd && Count - IndexOf(stop) < margin);
        for (int first = 0; first < Count; first += Chunk)
            DrawRadii(first, Math.Min(Chunk, Count - first), draws);
        return position;
    }

    /// <summary>The number of tokens that lie before <paramref name="position"/>.</summary>
    public int IndexOf(long position)
    {
        int index = Count;
        while (index > 0 && _positions[index - 1] >= position)
            index--;
        return index;
    }

    private void Keep(int* ids, long position, int length, EpochDraws draws)
    {
        MakeRoom(Count + length);
        draws.Keys[EpochDraws.KeepKey].DrawRange(position, _bits.AsSpan(0, length));
        ReadOnlySpan<uint> thresholds = draws.KeepThresholds;
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

    private void DrawRadii(int first, int length, EpochDraws draws)
    {
        draws.Keys[EpochDraws.RadiusKey].Draw(_positions.AsSpan(first, length), _bits);
        for (int i = 0; i < length; i++)
            _radii[first + i] = draws.RadiusOf(_bits[i]);
    }

    private void MakeRoom(int tokens)
    {
        if (tokens <= _words.Length)
            return;
        int length = Math.Max(tokens, 2 * _words.Length);
        Array.Resize(ref _words, length);
        Array.Resize(ref _radii, length);
        Array.Resize(ref _positions, length);
    }
}
