using System.Runtime.CompilerServices;
using Word2Vec.Corpora;

namespace Word2Vec.Words;

/// <summary>
/// The words of a sentence, one after another with a space between them, so that several in a row are a part of the bytes: the key of a phrase is looked up
/// and counted where it lies, and joining is to overwrite the spaces. Words hold no space.
/// </summary>
internal sealed unsafe class SentenceLine
{
    /// <summary>A longer sentence is taken as several; phrases do not reach from one to the next.</summary>
    public const int MostWords = 1 << 20, MostBytes = 1 << 23;

    public const byte Space = (byte)' ';

    private byte[] _bytes = GC.AllocateUninitializedArray<byte>(1 << 12, pinned: true);
    private Token[] _words = new Token[1 << 8];

    /// <summary>The number of words.</summary>
    public int Count { get; private set; }

    /// <summary>The bytes of all words and the spaces between them.</summary>
    public int Length { get; private set; }

    /// <summary>Where the words lie in <see cref="First"/>.</summary>
    public ReadOnlySpan<Token> Words => _words.AsSpan(0, Count);

    /// <summary>The sentence's first byte; <see cref="TokenReader.Slack"/> more than <see cref="Length"/> may be read.</summary>
    public byte* First => (byte*)Unsafe.AsPointer(ref _bytes[0]); // pinned

    /// <summary>The bytes of the sentence.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, Length);

    /// <summary>Whether another word would make it too long.</summary>
    public bool IsFull => Count == MostWords || Length >= MostBytes;

    public void Clear() => (Count, Length) = (0, 0);

    /// <summary>Appends a word.</summary>
    public void Add(ReadOnlySpan<byte> word)
    {
        int start = Count == 0 ? 0 : Length + 1;
        if (start + word.Length + TokenReader.Slack > _bytes.Length)
            Grow(start + word.Length + TokenReader.Slack);
        if (Count == _words.Length)
            Array.Resize(ref _words, 2 * Count);
        if (Count > 0)
            _bytes[Length] = Space;
        word.CopyTo(_bytes.AsSpan(start));
        _words[Count++] = new Token(start, word.Length);
        Length = start + word.Length;
    }

    /// <summary>Makes one word of each phrase of <paramref name="table"/>, from left to right; a word is part of one phrase only.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Join(PhraseTable table)
    {
        int kept = 0, begin = -1;
        for (int i = 0; i < Count; i++)
        {
            Token word = _words[i];
            _words[kept++] = word;
            if (table.IsConnector(_bytes.AsSpan(word.Start, word.Length)))
                continue;
            int start = begin < 0 ? 0 : _words[begin].Start, length = word.Start + word.Length - start;
            if (begin < 0 || !table.Contains(_bytes.AsSpan(start, length)))
            {
                begin = kept - 1;
                continue;
            }

            _bytes.AsSpan(start, length).Replace(Space, table.Joiner);
            _words[begin] = new Token(start, length);
            (kept, begin) = (begin + 1, -1);
        }

        Count = kept;
    }

    private void Grow(int length)
    {
        byte[] larger = GC.AllocateUninitializedArray<byte>(Math.Max(length, 2 * _bytes.Length), pinned: true);
        Bytes.CopyTo(larger);
        _bytes = larger;
    }
}
