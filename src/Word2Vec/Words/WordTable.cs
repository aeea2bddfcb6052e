using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using Word2Vec.Corpora;

namespace Word2Vec.Words;

/// <summary>Gives each different word an id in the order in which they are first seen, and counts them.</summary>
/// <remarks>
/// An open-addressing table, at most half full. A slot holds a word's first eight bytes, its length (up to 255) and 24 bits of its hash, so that words
/// of up to eight bytes are found without leaving the slot. Look-ups go in batches: all slots of a batch are prefetched before the first is read.
/// </remarks>
internal sealed unsafe class WordTable : IDisposable
{
    private const int BatchSize = 32, ShortWord = sizeof(ulong);
    private const long FirstSlots = 1 << 15;

    // Odd constants of about 32 set bits each: the fractional parts of the golden ratio and of the square root of 3.
    private const ulong FirstFactor = 0x9E3779B97F4A7C15, SecondFactor = 0xBB67AE8584CAA73B;

    private readonly NativeBuffer<byte> _bytes = new(1 << 16);
    private readonly NativeBuffer<long> _offsets = new(1 << 12);
    private readonly NativeBuffer<long> _counts = new(1 << 12);
    private NativeBuffer<Slot> _slots = new(FirstSlots);
    private long _mask = FirstSlots - 1;

    [StructLayout(LayoutKind.Sequential)]
    private struct Slot
    {
        public ulong Head;
        public uint Tag;

        // The id + 1; 0 in an empty slot.
        public int Id;
    }

    private struct Key
    {
        public ulong Head;
        public ulong Hash;

        public readonly uint Tag(int length) => (uint)(Hash >> 32) & 0xFFFFFF00 | (uint)Math.Min(length, 255);
    }

    /// <summary>The number of different words.</summary>
    public int Count { get; private set; }

    /// <summary>The number of words with repetitions.</summary>
    public long Total { get; private set; }

    /// <summary>How often word <paramref name="id"/> was added.</summary>
    public long CountOf(int id) => _counts.First[id];

    /// <summary>The bytes of word <paramref name="id"/>.</summary>
    public ReadOnlySpan<byte> Bytes(int id) => new(_bytes.First + _offsets.First[id], LengthOf(id));

    /// <summary>Writes the id of each word of <paramref name="tokens"/> to <paramref name="ids"/>; −1 for the end of a sentence.</summary>
    /// <param name="bytes">Where tokens start to count from; <see cref="TokenReader.Slack"/> bytes may be read behind each word.</param>
    public void Add(byte* bytes, ReadOnlySpan<Token> tokens, Span<int> ids)
    {
        Key* keys = stackalloc Key[BatchSize];
        for (int first = 0; first < tokens.Length; first += BatchSize)
        {
            var batch = tokens.Slice(first, Math.Min(BatchSize, tokens.Length - first));
            Reserve(batch.Length);
            for (int i = 0; i < batch.Length; i++)
            {
                keys[i] = KeyOf(bytes + batch[i].Start, batch[i].Length);
                if (Sse.IsSupported)
                    Sse.Prefetch0(_slots.First + ((long)keys[i].Hash & _mask));
            }

            for (int i = 0; i < batch.Length; i++)
                ids[first + i] = batch[i].Length == 0 ? EncodedCorpus.SentenceEnd : Add(bytes + batch[i].Start, batch[i].Length, keys[i]);
        }
    }

    public void Dispose()
    {
        _bytes.Dispose();
        _offsets.Dispose();
        _counts.Dispose();
        _slots.Dispose();
    }

    private int LengthOf(int id) => (int)(_offsets.First[id + 1] - _offsets.First[id]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Add(byte* word, int length, Key key)
    {
        Total++;
        uint tag = key.Tag(length);
        for (long slot = (long)key.Hash & _mask; ; slot = (slot + 1) & _mask)
        {
            Slot* s = _slots.First + slot;
            int id = s->Id - 1;
            if (s->Head == key.Head && s->Tag == tag && id >= 0 && (length <= ShortWord || HasRest(id, word, length)))
            {
                _counts.First[id]++;
                return id;
            }

            if (id < 0)
                return AddNew(s, word, length, key);
        }
    }

    private bool HasRest(int id, byte* word, int length)
    {
        if (length != LengthOf(id))
            return false;
        byte* other = _bytes.First + _offsets.First[id];
        for (int i = ShortWord; i < length - ShortWord; i += ShortWord)
        {
            if (Load(word + i) != Load(other + i))
                return false;
        }

        return Load(word + length - ShortWord) == Load(other + length - ShortWord);
    }

    private int AddNew(Slot* slot, byte* word, int length, Key key)
    {
        int id = Count++;
        long start = _offsets.First[id];
        _bytes.Reserve(start + length);
        Unsafe.CopyBlockUnaligned(_bytes.First + start, word, (uint)length);
        _offsets.First[id + 1] = start + length;
        _counts.First[id] = 1;
        *slot = new Slot { Head = key.Head, Tag = key.Tag(length), Id = id + 1 };
        return id;
    }

    private void Reserve(int words)
    {
        long count = (long)Count + words;
        if (count >= int.MaxValue)
            throw new Word2VecException(ErrorKind.Input, $"The corpus has more than {Count} different words; split it or clean it.");
        _offsets.Reserve(count + 1);
        _counts.Reserve(count);
        if (2 * count > _slots.Capacity)
            Rehash(2 * _slots.Capacity);
    }

    private void Rehash(long capacity)
    {
        var slots = new NativeBuffer<Slot>(capacity);
        long mask = capacity - 1;
        // Loading a word's key may read behind the last word.
        _bytes.Reserve(_offsets.First[Count] + TokenReader.Slack);
        for (int id = 0; id < Count; id++)
        {
            Key key = KeyOf(_bytes.First + _offsets.First[id], LengthOf(id));
            long slot = (long)key.Hash & mask;
            while (slots.First[slot].Id != 0)
                slot = (slot + 1) & mask;
            slots.First[slot] = new Slot { Head = key.Head, Tag = key.Tag(LengthOf(id)), Id = id + 1 };
        }

        _slots.Dispose();
        (_slots, _mask) = (slots, mask);
    }

    // Reads eight bytes even of a shorter word.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Key KeyOf(byte* word, int length)
    {
        if (length <= ShortWord)
        {
            ulong head = length == 0 ? 0 : Load(word) & ulong.MaxValue >> (64 - 8 * length);
            return new Key { Head = head, Hash = Mix(head, (ulong)length) };
        }

        ulong hash = Mix(Load(word), Load(word + length - ShortWord) + (ulong)length);
        for (int i = ShortWord; i < length - ShortWord; i += ShortWord)
            hash = Mix(hash, Load(word + i));
        return new Key { Head = Load(word), Hash = hash };
    }

    private static ulong Mix(ulong a, ulong b)
    {
        ulong high = Math.BigMul(a ^ FirstFactor, b ^ SecondFactor, out ulong low);
        return high ^ low;
    }

    private static ulong Load(byte* address)
    {
        ulong value = Unsafe.ReadUnaligned<ulong>(address);
        return BitConverter.IsLittleEndian ? value : System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(value);
    }
}
