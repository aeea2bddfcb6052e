using System.Runtime.CompilerServices;
using System.Text;

namespace Word2Vec.Words;

/// <summary>
/// An immutable list of words, each a string of bytes (UTF-8 where the text was), that finds a word's id in constant time. It lies in memory or
/// in a mapped file (a .w2v), with which it ends.
/// </summary>
/// <exception cref="ObjectDisposedException">From all members but <see cref="Count"/>: it lay in a file that was disposed with its vectors.</exception>
public sealed unsafe class WordIndex
{
    // In memory these two, in a file the three behind them.
    private readonly byte[]? _byteArray;
    private readonly int[]? _offsetArray;
    private readonly FileMap? _map;
    private readonly byte* _mappedBytes;
    private readonly int* _mappedOffsets;
    private readonly WordSlots _slots;

    /// <summary>
    /// Takes over words that lie one after another in <paramref name="bytes"/>, word i from <paramref name="offsets"/>[i] to
    /// <paramref name="offsets"/>[i + 1].
    /// </summary>
    internal WordIndex(byte[] bytes, int[] offsets)
    {
        (_byteArray, _offsetArray, Count) = (bytes, offsets, offsets.Length - 1);
        _slots = WordSlots.Of(this);
    }

    /// <summary>Takes words that lie in <paramref name="map"/> with their <paramref name="slots"/>; the offsets were checked.</summary>
    internal WordIndex(FileMap map, byte* bytes, int* offsets, int count, WordSlots slots)
    {
        (_map, Count, _slots) = (map, count, slots);
        _mappedBytes = bytes;
        _mappedOffsets = offsets;
    }

    /// <summary>The number of words.</summary>
    public int Count { get; }

    /// <summary>Returns the bytes of word <paramref name="id"/>, 0 ≤ id &lt; <see cref="Count"/>.</summary>
    public ReadOnlySpan<byte> Bytes(int id)
    {
        if (_offsetArray is not null)
            return _byteArray.AsSpan(_offsetArray[id], _offsetArray[id + 1] - _offsetArray[id]);
        ThrowIfUnmapped();
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)id, (uint)Count, nameof(id));
        return new ReadOnlySpan<byte>(_mappedBytes + _mappedOffsets[id], _mappedOffsets[id + 1] - _mappedOffsets[id]);
    }

    /// <summary>The bytes of all words, one after another.</summary>
    internal ReadOnlySpan<byte> AllBytes => _byteArray ?? new ReadOnlySpan<byte>(_mappedBytes, Offsets[^1]);

    /// <summary>Where each word begins in <see cref="AllBytes"/>, and where the last one ends.</summary>
    internal ReadOnlySpan<int> Offsets
    {
        get
        {
            ThrowIfUnmapped();
            return _offsetArray ?? new ReadOnlySpan<int>(_mappedOffsets, Count + 1);
        }
    }

    /// <summary>Returns word <paramref name="id"/> for display; bytes that are not UTF-8 show as U+FFFD.</summary>
    public string this[int id] => Encoding.UTF8.GetString(Bytes(id));

    /// <summary>Makes an index of <paramref name="words"/>; of equal words the first one is found.</summary>
    public static WordIndex From(IEnumerable<string> words)
    {
        var builder = new Builder();
        foreach (string word in words)
            builder.Add(Encoding.UTF8.GetBytes(word));
        return builder.Build();
    }

    /// <summary>Finds the id of the word with these bytes.</summary>
    public bool TryGetId(ReadOnlySpan<byte> word, out int id)
    {
        ThrowIfUnmapped();
        return _slots.TryFind(this, word, out id);
    }

    /// <summary>Finds the id of <paramref name="word"/>, encoded as UTF-8.</summary>
    public bool TryGetId(string word, out int id) => TryGetId(Encoding.UTF8.GetBytes(word), out id);

    /// <summary>Slots that hold these words and no others: its own, or new ones where it is the beginning of a longer list.</summary>
    internal WordSlots Slots => _slots.IsFor(Count) ? _slots : WordSlots.Of(this);

    /// <summary>Bytes of memory that they take with what finds them; of those in a file, which the system can drop from memory, none.</summary>
    internal long HeldBytes => _map is null ? BytesFor(Count, AllBytes.Length) : 0;

    /// <summary>What so many words, of so many bytes together, take in memory.</summary>
    internal static long BytesFor(int words, long wordBytes) => wordBytes + (words + 1L + WordSlots.CountFor(words)) * sizeof(int);

    /// <summary>Returns these words in memory of their own where they lie in a file.</summary>
    internal WordIndex InMemory() => _map is null ? this : new WordIndex(AllBytes.ToArray(), Offsets.ToArray());

    private void ThrowIfUnmapped() => ObjectDisposedException.ThrowIf(_map is { IsDisposed: true }, this);

    /// <summary>Collects words for a <see cref="WordIndex"/>.</summary>
    internal sealed class Builder
    {
        private int[] _offsets = new int[64];
        private byte[] _bytes = new byte[1024];

        /// <summary>The number of words so far.</summary>
        public int Count { get; private set; }

        /// <summary>Appends a word; its id is the number of words before it.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Add(ReadOnlySpan<byte> word)
        {
            int start = _offsets[Count], end = checked(start + word.Length);
            if (end > _bytes.Length)
                Grow(ref _bytes, end);
            if (Count + 1 == _offsets.Length)
                Grow(ref _offsets, Count + 2);
            word.CopyTo(_bytes.AsSpan(start));
            _offsets[++Count] = end;
        }

        /// <summary>The same; false, and nothing is done, if all words together would take more bytes than an array holds.</summary>
        public bool TryAdd(ReadOnlySpan<byte> word)
        {
            bool fits = (long)_offsets[Count] + word.Length <= Array.MaxLength;
            if (fits)
                Add(word);
            return fits;
        }

        /// <summary>Makes the index. The builder must not be used afterwards.</summary>
        public WordIndex Build()
        {
            Array.Resize(ref _bytes, _offsets[Count]);
            Array.Resize(ref _offsets, Count + 1);
            return new WordIndex(_bytes, _offsets);
        }

        private static void Grow<T>(ref T[] array, int least) =>
            Array.Resize(ref array, (int)Math.Min(Array.MaxLength, Math.Max(least, 2L * array.Length)));
    }
}
