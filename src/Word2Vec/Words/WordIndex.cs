using System.Runtime.CompilerServices;
using System.Text;

namespace Word2Vec.Words;

/// <summary>
/// An immutable list of words, each a string of bytes (UTF-8 where the text was), that finds a word's id in constant time.
/// </summary>
public sealed class WordIndex
{
    private readonly byte[] _bytes;
    private readonly int[] _offsets;
    private readonly int[] _slots;

    /// <summary>
    /// Takes over words that lie one after another in <paramref name="bytes"/>, word i from <paramref name="offsets"/>[i] to
    /// <paramref name="offsets"/>[i + 1].
    /// </summary>
    internal WordIndex(byte[] bytes, int[] offsets)
    {
        _bytes = bytes;
        _offsets = offsets;
        _slots = BuildSlots();
    }

    /// <summary>The number of words.</summary>
    public int Count => _offsets.Length - 1;

    /// <summary>Returns the bytes of word <paramref name="id"/>, 0 ≤ id &lt; <see cref="Count"/>.</summary>
    public ReadOnlySpan<byte> Bytes(int id) => _bytes.AsSpan(_offsets[id], _offsets[id + 1] - _offsets[id]);

    /// <summary>The bytes of all words, one after another.</summary>
    internal ReadOnlySpan<byte> AllBytes => _bytes;

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
        int mask = _slots.Length - 1;
        for (int slot = (int)Hash(word) & mask; ; slot = (slot + 1) & mask)
        {
            id = _slots[slot] - 1;
            if (id < 0 || Bytes(id).SequenceEqual(word))
                return id >= 0;
        }
    }

    /// <summary>Finds the id of <paramref name="word"/>, encoded as UTF-8.</summary>
    public bool TryGetId(string word, out int id) => TryGetId(Encoding.UTF8.GetBytes(word), out id);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // hot from its first call on: an index is built once
    private int[] BuildSlots()
    {
        var slots = new int[System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(4, 2L * Count))];
        int mask = slots.Length - 1;
        for (int id = 0; id < Count; id++)
        {
            int slot = (int)Hash(Bytes(id)) & mask;
            while (slots[slot] != 0 && !Bytes(slots[slot] - 1).SequenceEqual(Bytes(id)))
                slot = (slot + 1) & mask;
            if (slots[slot] == 0)
                slots[slot] = id + 1;
        }

        return slots;
    }

    // FNV-1a folded: order never depends on it, only the speed of a look-up.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static uint Hash(ReadOnlySpan<byte> word)
    {
        uint hash = 2166136261;
        foreach (byte b in word)
            hash = (hash ^ b) * 16777619;
        return hash ^ (hash >> 15);
    }

    /// <summary>Collects words for a <see cref="WordIndex"/>.</summary>
    public sealed class Builder
    {
        private readonly List<int> _offsets = [0];
        private byte[] _bytes = new byte[1024];

        /// <summary>The number of words so far.</summary>
        public int Count => _offsets.Count - 1;

        /// <summary>Appends a word; its id is the number of words before it.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Add(ReadOnlySpan<byte> word)
        {
            int start = _offsets[^1], end = checked(start + word.Length);
            if (end > _bytes.Length)
                Array.Resize(ref _bytes, (int)Math.Min(Array.MaxLength, Math.Max(end, 2L * _bytes.Length)));
            word.CopyTo(_bytes.AsSpan(start));
            _offsets.Add(end);
        }

        /// <summary>The same; false, and nothing is done, if all words together would take more bytes than an array holds.</summary>
        internal bool TryAdd(ReadOnlySpan<byte> word)
        {
            bool fits = (long)_offsets[^1] + word.Length <= Array.MaxLength;
            if (fits)
                Add(word);
            return fits;
        }

        /// <summary>Makes the index. The builder must not be used afterwards.</summary>
        public WordIndex Build()
        {
            Array.Resize(ref _bytes, _offsets[^1]);
            return new WordIndex(_bytes, [.. _offsets]);
        }
    }
}
