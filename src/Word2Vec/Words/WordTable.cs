using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using Word2Vec.Corpora;

namespace Word2Vec.Words;

/// <summary>Gives each different word an id in the order in which they are first seen, and counts them.</summary>
/// <remarks>
/// An open-addressing table, at most two thirds full. A slot of half a cache line holds a word's first and last eight bytes, its length (up
/// to 255) and 24 bits of its hash, so that words of up to 16 bytes are found and counted without leaving it. Look-ups go in batches: all
/// slots of a batch are prefetched before the first is read. Where there is a limit, words are dropped and their ids given anew.
/// </remarks>
internal sealed unsafe partial class WordTable : IDisposable
{
    private const int BatchSize = 128, Half = sizeof(ulong), ShortWord = 2 * Half, Bits = 8, MostLength = 255, LengthSize = sizeof(ushort);
    private const long FirstSlots = 1 << 15;

    // Odd constants of about 32 set bits each: the fractional parts of the golden ratio and of the square root of 3.
    private const ulong FirstFactor = 0x9E3779B97F4A7C15, SecondFactor = 0xBB67AE8584CAA73B;

    // Each word is its length in two bytes, then its bytes; an id that is free has, below 0, the free one after it.
    private readonly NativeBuffer<long> _starts = new(1 << 12);
    private NativeBuffer<byte> _bytes = new(1 << 16);
    private long _bytesUsed;
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

    // What a slot must hold to be the word's, and where it should be.
    [StructLayout(LayoutKind.Sequential)]
    private struct Key
    {
        public ulong Head;
        public ulong Tail;
        public uint Tag;
        public int Length;
        public Slot* Slot;
    }

    /// <summary>Ids are 0 … this − 1. Without a limit each is a word's.</summary>
    public int Count { get; private set; }

    /// <summary>The number of words with repetitions.</summary>
    public long Total { get; private set; }

    /// <summary>How often each word was added, by id; 0 for an id that is no word's any more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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
    public ReadOnlySpan<byte> Bytes(int id) => new(_bytes.First + _starts.First[id] + LengthSize, LengthOf(id));

    /// <summary>Writes the id of each word of <paramref name="tokens"/> to <paramref name="ids"/>; −1 for the end of a sentence.</summary>
    /// <param name="bytes">Where tokens start to count from; <see cref="TokenReader.Slack"/> bytes may be read behind each word.</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // hot from its first call on: a text is read once
    public void Add(byte* bytes, ReadOnlySpan<Token> tokens, Span<int> ids)
    {
        Key* keys = stackalloc Key[BatchSize];
        fixed (Token* first = tokens)
        fixed (int* target = ids[..tokens.Length])
        {
            for (int done = 0, count; done < tokens.Length; done += count)
            {
                count = MakeRoom(Math.Min(BatchSize, tokens.Length - done));
                Reserve(count);
                Prepare(bytes, first + done, count, keys);
                Find(bytes, first + done, count, keys, target + done);
                _position += count;
            }
        }
    }

    public void Dispose()
    {
        _bytes.Dispose();
        _starts.Dispose();
        _generations?.Dispose();
        _slots.Dispose();
    }

    private int LengthOf(int id) => Unsafe.ReadUnaligned<ushort>(_bytes.First + _starts.First[id]);

    // The slots come from memory while the keys of the others are made.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Prepare(byte* bytes, Token* token, int count, Key* key)
    {
        for (Token* end = token + count; token < end; token++, key++)
        {
            byte* word = bytes + token->Start;
            int length = token->Length, over = Over(length);
            ulong mask = ulong.MaxValue >> (Bits * (Half + over - length));
            ulong head = Load(word) & mask, tail = Load(word + over) & mask;
            key->Head = head;
            key->Tail = tail;
            key->Length = length;
            ulong hash = Mix(head, tail + (ulong)length);
            if (over > Half)
                hash = MixInner(hash, word, over);
            key->Tag = TagOf(hash, length);
            key->Slot = _slots.First + ((long)hash & _mask);
            if (Sse.IsSupported)
                Sse.Prefetch0(key->Slot);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Find(byte* bytes, Token* token, int count, Key* key, int* id)
    {
        long words = 0;
        for (Key* end = key + count; key < end; token++, key++, id++)
        {
            if (key->Length == 0)
            {
                *id = EncodedCorpus.SentenceEnd;
                continue;
            }

            Slot* slot = key->Slot;
            if (((slot->Head ^ key->Head) | (slot->Tail ^ key->Tail) | (slot->Tag ^ key->Tag)) != 0 || key->Length > ShortWord)
                slot = Search(key, bytes + token->Start);
            slot->Count++;
            *id = slot->Id;
            words++;
        }

        Total += words;
    }

    // Goes on from the slot where the word should be to the one where it is, or where it comes to be.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Slot* Search(Key* key, byte* word)
    {
        int length = key->Length;
        Slot* slot = key->Slot;
        for (Slot* slots = _slots.First; slot->Tag != 0; slot = slots + (slot - slots + 1 & _mask))
        {
            if (slot->Head == key->Head && slot->Tail == key->Tail && slot->Tag == key->Tag
                && (length <= ShortWord || HasBytes(slot->Id, word, length)))
                return slot;
        }

        int id = TakeId();
        _starts.First[id] = _bytesUsed;
        _bytes.Reserve(_bytesUsed + LengthSize + length);
        Unsafe.WriteUnaligned(_bytes.First + _bytesUsed, (ushort)length);
        Unsafe.CopyBlockUnaligned(_bytes.First + _bytesUsed + LengthSize, word, (uint)length);
        _bytesUsed += LengthSize + length;
        *slot = new Slot { Head = key->Head, Tail = key->Tail, Tag = key->Tag, Id = id };
        return slot;
    }

    private bool HasBytes(int id, byte* word, int length) => Bytes(id).SequenceEqual(new ReadOnlySpan<byte>(word, length));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Reserve(int words)
    {
        long count = (long)Count + words;
        if (count >= int.MaxValue)
            throw new Word2VecException(ErrorKind.Input, $"The corpus has more than {Count} different words; split it or clean it.");
        bool isFull = (long)WordCount + words > _slots.Capacity / 3 * 2;
        CheckMemory(count, words, isFull);
        _starts.Reserve(count);
        _generations?.Reserve(count);
        if (isFull)
            Rehash(2 * _slots.Capacity);
    }

    private void Rehash(long capacity)
    {
        var slots = new NativeBuffer<Slot>(capacity);
        // Frequent words first, so that they get the slots where they are looked for.
        long frequent = Total / Math.Max(1, Count);
        Move(slots.First, capacity - 1, frequent + 1, long.MaxValue);
        Move(slots.First, capacity - 1, 0, frequent);
        _slots.Dispose();
        (_slots, _mask) = (slots, capacity - 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Move(Slot* slots, long mask, long fewest, long most)
    {
        for (long old = 0; old <= _mask; old++)
        {
            Slot moved = _slots.First[old];
            if (moved.Tag == 0 || moved.Count < fewest || moved.Count > most)
                continue;
            long slot = (long)HashOf(moved) & mask;
            while (slots[slot].Tag != 0)
                slot = (slot + 1) & mask;
            slots[slot] = moved;
        }
    }

    // How many bytes of a word lie behind its first eight. Neither this nor what is made of it has a branch: lengths come as they like, so
    // that a branch would go wrong too often.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Over(int length)
    {
        int over = length - Half;
        return over & ~(over >> 31);
    }

    // Never 0, which marks an empty slot, because a word has a length.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint TagOf(ulong hash, int length) => (uint)(hash >> 32) & ~(uint)MostLength | (uint)Math.Min(length, MostLength);

    // The tag's length is exact for the words that the slot holds all of.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong HashOf(in Slot slot)
    {
        uint length = slot.Tag & MostLength;
        if (length <= ShortWord)
            return Mix(slot.Head, slot.Tail + length);
        length = (uint)LengthOf(slot.Id);
        return MixInner(Mix(slot.Head, slot.Tail + length), _bytes.First + _starts.First[slot.Id] + LengthSize, (int)length - Half);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static ulong MixInner(ulong hash, byte* word, int end)
    {
        for (int i = Half; i < end; i += Half)
            hash = Mix(hash, Load(word + i));
        return hash;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mix(ulong a, ulong b)
    {
        ulong mixed = (a ^ FirstFactor) * SecondFactor;
        mixed = ((mixed ^ mixed >> 32) + b) * FirstFactor;
        return mixed ^ mixed >> 32;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Load(byte* address)
    {
        ulong value = Unsafe.ReadUnaligned<ulong>(address);
        return BitConverter.IsLittleEndian ? value : System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(value);
    }
}
