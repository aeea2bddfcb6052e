using Word2Vec.Sampling;
using Word2Vec.Words;

namespace Word2Vec.Training;

/// <summary>One sentence after subsampling, with the radius of every window: draws come cheaper by the register than one by one.</summary>
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
            DrawRadii(first, Math.Min(Chunk, Count - first), draws);
        return end;
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
