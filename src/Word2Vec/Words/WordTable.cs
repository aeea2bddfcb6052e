using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using Word2Vec.Corpora;

namespace Word2Vec.Words;

/// <summary>Gives each different word an id in the order in which they are first seen, and counts them.</summary>
/// <remarks>
/// An open-addressing table, at most two thirds full. A slot of half a cache line holds a word's first and last eight bytes, its length (up
/// to 255) and 24 bits of its hash, so that words of up to 16 bytes are found and counted without leaving it. Look-ups go in batches: all
/// slots of a batch are prefetched before the first is read.
/// </remarks>
internal sealed unsafe class WordTable : IDisposable
{
    private const int BatchSize = 128, Half = sizeof(ulong), ShortWord = 2 * Half;
    private const long FirstSlots = 1 << 15;

    // Odd constants of about 32 set bits each: the fractional parts of the golden ratio and of the square root of 3.
    private const ulong FirstFactor = 0x9E3779B97F4A7C15, SecondFactor = 0xBB67AE8584CAA73B;

    private readonly NativeBuffer<byte> _bytes = new(1 << 16);
    private readonly NativeBuffer<long> _offsets = new(1 << 12);
    private NativeBuffer<Slot> _slots = new(FirstSlots);
    private long _mask = FirstSlots - 1;

    [StructLayout(LayoutKind.Sequential)]
    private struct Slot
    {
        public ulong Head;
        public ulong Tail;
        public uint Tag;
        public int Id;
        public long Count;
    }

    private struct Key
    {
        public ulong Head;
        public ulong Tail;
        public ulong Hash;
        public Slot* Slot;

        // Never 0, which marks an empty slot, because a word has a length.
        public readonly uint Tag(int length) => (uint)(Hash >> 32) & 0xFFFFFF00 | (uint)Math.Min(length, 255);
    }

    /// <summary>The number of different words.</summary>
    public int Count { get; private set; }

    /// <summary>The number of words with repetitions.</summary>
    public long Total { get; private set; }

    /// <summary>How often each word was added, by id.</summary>
    public long[] Counts()
    {
        var counts = new long[Count];
        for (long slot = 0; slot <= _mask; slot++)
        {
            if (_slots.First[slot].Tag != 0)
                counts[_slots.First[slot].Id] = _slots.First[slot].Count;
        }

        return counts;
    }

    /// <summary>The bytes of word <paramref name="id"/>.</summary>
    public ReadOnlySpan<byte> Bytes(int id) => new(_bytes.First + _offsets.First[id], LengthOf(id));

    /// <summary>Writes the id of each word of <paramref name="tokens"/> to <paramref name="ids"/>; −1 for the end of a sentence.</summary>
    /// <param name="bytes">Where tokens start to count from; <see cref="TokenReader.Slack"/> bytes may be read behind each word.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // hot from its first call on: a text is read once
    public void Add(byte* bytes, ReadOnlySpan<Token> tokens, Span<int> ids)
    {
        Key* keys = stackalloc Key[BatchSize];
        for (int first = 0; first < tokens.Length; first += BatchSize)
        {
            var batch = tokens.Slice(first, Math.Min(BatchSize, tokens.Length - first));
            Reserve(batch.Length);
            Slot* slots = _slots.First;
            long mask = _mask;
            for (int i = 0; i < batch.Length; i++)
            {
                keys[i] = KeyOf(bytes + batch[i].Start, batch[i].Length);
                keys[i].Slot = slots + ((long)keys[i].Hash & mask);
                if (Sse.IsSupported)
                    Sse.Prefetch0(keys[i].Slot);
            }

            Find(bytes, batch, keys, ids.Slice(first, batch.Length));
        }
    }

    public void Dispose()
    {
        _bytes.Dispose();
        _offsets.Dispose();
        _slots.Dispose();
    }

    private int LengthOf(int id) => (int)(_offsets.First[id + 1] - _offsets.First[id]);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Find(byte* bytes, ReadOnlySpan<Token> batch, Key* keys, Span<int> ids)
    {
        long words = 0;
        for (int i = 0; i < batch.Length; i++)
        {
            Token token = batch[i];
            if (token.Length == 0)
            {
                ids[i] = EncodedCorpus.SentenceEnd;
                continue;
            }

            Slot* slot = keys[i].Slot;
            uint tag = keys[i].Tag(token.Length);
            if (slot->Head != keys[i].Head || slot->Tail != keys[i].Tail || slot->Tag != tag || token.Length > ShortWord)
                slot = Search(slot, keys[i], tag, bytes + token.Start, token.Length);
            slot->Count++;
            ids[i] = slot->Id;
            words++;
        }

        Total += words;
    }

    // Goes on from the slot where the word should be to the one where it is, or where it comes to be.
    private Slot* Search(Slot* slot, in Key key, uint tag, byte* word, int length)
    {
        for (Slot* slots = _slots.First; slot->Tag != 0; slot = slots + (slot - slots + 1 & _mask))
        {
            if (slot->Head == key.Head && slot->Tail == key.Tail && slot->Tag == tag
                && (length <= ShortWord || HasBytes(slot->Id, word, length)))
                return slot;
        }

        int id = Count++;
        long start = _offsets.First[id];
        _bytes.Reserve(start + length);
        Unsafe.CopyBlockUnaligned(_bytes.First + start, word, (uint)length);
        _offsets.First[id + 1] = start + length;
        *slot = new Slot { Head = key.Head, Tail = key.Tail, Tag = tag, Id = id };
        return slot;
    }

    private bool HasBytes(int id, byte* word, int length) => Bytes(id).SequenceEqual(new ReadOnlySpan<byte>(word, length));

    private void Reserve(int words)
    {
        long count = (long)Count + words;
        if (count >= int.MaxValue)
            throw new Word2VecException(ErrorKind.Input, $"The corpus has more than {Count} different words; split it or clean it.");
        _offsets.Reserve(count + 1);
        if (count > _slots.Capacity / 3 * 2)
            Rehash(2 * _slots.Capacity);
    }

    private void Rehash(long capacity)
    {
        var slots = new NativeBuffer<Slot>(capacity);
        long mask = capacity - 1;
        // Loading a word's key may read behind the last word.
        _bytes.Reserve(_offsets.First[Count] + TokenReader.Slack);
        for (long old = 0; old <= _mask; old++)
        {
            Slot moved = _slots.First[old];
            if (moved.Tag == 0)
                continue;
            long slot = (long)KeyOf(_bytes.First + _offsets.First[moved.Id], LengthOf(moved.Id)).Hash & mask;
            while (slots.First[slot].Tag != 0)
                slot = (slot + 1) & mask;
            slots.First[slot] = moved;
        }

        _slots.Dispose();
        (_slots, _mask) = (slots, mask);
    }

    // Reads eight bytes even of a shorter word; without branches for all but the longest words.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Key KeyOf(byte* word, int length)
    {
        ulong mask = HalfMask(Math.Min(length, Half));
        ulong head = Load(word) & mask;
        ulong tail = Load(word + Math.Max(length - Half, 0)) & mask;
        ulong hash = Mix(head, tail + (ulong)length);
        for (int i = Half; i < length - Half; i += Half)
            hash = Mix(hash, Load(word + i));
        return new Key { Head = head, Tail = tail, Hash = hash };
    }

    // The lower 8 · length bits; two shifts, because a shift by 64 is one by 0.
    private static ulong HalfMask(int length) => ~(ulong.MaxValue << (4 * length) << (4 * length));

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
