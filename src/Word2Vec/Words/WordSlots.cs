using System.Numerics;
using System.Runtime.CompilerServices;

namespace Word2Vec.Words;

/// <summary>The hash table of a <see cref="WordIndex"/>, in memory or in a mapped file: formats that keep it fix how it is made.</summary>
/// <remarks>
/// The number of slots is a power of two greater than that of the words. A slot is 0 where it is empty, or the id of a word + 1. A word's first
/// slot is the lower bits of its hash, FNV-1a of 32 bits (http://www.isthe.com/chongo/tech/comp/fnv/) exclusive-ored with itself shifted right
/// by 15. A word stands in the first slot from there on that was empty when it came, the first slot following the last; words come in the order
/// of their ids, and of equal words only the first.
/// </remarks>
internal sealed unsafe class WordSlots
{
    // Words of a language take two or three each; words that were chosen to have one hash would take hours.
    private const long MostProbes = 1_000_000, MostProbesPerWord = 1000;

    private readonly int[]? _array;
    private readonly int* _mapped;
    private readonly int _count;
    private readonly int _words;

    /// <summary>Takes <paramref name="count"/> slots in a mapped file that were made of <paramref name="words"/> words.</summary>
    public WordSlots(int* mapped, int count, int words)
    {
        _mapped = mapped;
        (_count, _words) = (count, words);
    }

    private WordSlots(int[] array, int words) => (_array, _count, _words) = (array, array.Length, words);

    /// <summary>All slots.</summary>
    public ReadOnlySpan<int> All => _array ?? new ReadOnlySpan<int>(_mapped, _count);

    /// <summary>Makes the slots of <paramref name="words"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // hot from its first call on: an index is built once
    public static WordSlots Of(WordIndex words)
    {
        var slots = new int[CountFor(words.Count)];
        int mask = slots.Length - 1;
        ReadOnlySpan<byte> bytes = words.AllBytes;
        ReadOnlySpan<int> offsets = words.Offsets;
        long probes = 0, mostProbes = MostProbes + MostProbesPerWord * words.Count;
        for (int id = 0; id < offsets.Length - 1; id++)
        {
            ReadOnlySpan<byte> word = bytes[offsets[id]..offsets[id + 1]];
            int slot = (int)Hash(word) & mask;
            while (slots[slot] != 0 && !bytes[offsets[slots[slot] - 1]..offsets[slots[slot]]].SequenceEqual(word))
            {
                slot = (slot + 1) & mask;
                probes++;
            }

            if (probes > mostProbes)
                throw new Word2VecException(ErrorKind.Format, $"The first {id + 1} of {words.Count} words have too few different hashes to be looked " +
                    "up; they were chosen to do harm, or the file is damaged.");
            if (slots[slot] == 0)
                slots[slot] = id + 1;
        }

        return new WordSlots(slots, words.Count);
    }

    /// <summary>
    /// The slots that are made for <paramref name="words"/> words: at most three quarters of them are taken, because what lies in a file is read
    /// and checked when it is opened.
    /// </summary>
    public static int CountFor(int words) =>
        (int)Math.Min(1u << 30, BitOperations.RoundUpToPowerOf2((uint)Math.Max(4, (4L * words + 2) / 3)));

    /// <summary>Whether a file may hold <paramref name="count"/> slots for <paramref name="words"/> words.</summary>
    public static bool IsPossible(long count, int words) => count > words && count <= 1 << 30 && BitOperations.IsPow2(count);

    /// <summary>Whether these are the slots of exactly <paramref name="words"/> words.</summary>
    public bool IsFor(int words) => words == _words;

    /// <summary>Finds the id of <paramref name="word"/> among <paramref name="words"/>, which may be the first ones of those in the slots.</summary>
    public bool TryFind(WordIndex words, ReadOnlySpan<byte> word, out int id)
    {
        ReadOnlySpan<int> slots = All;
        int mask = slots.Length - 1;
        // The table of a file that was made to do harm may have no empty slot.
        for (int slot = (int)Hash(word) & mask, left = slots.Length; left > 0 && slots[slot] != 0; slot = (slot + 1) & mask, left--)
        {
            id = slots[slot] - 1;
            if ((uint)id < (uint)words.Count && words.Bytes(id).SequenceEqual(word))
                return true;
        }

        id = -1;
        return false;
    }

    // Order never depends on it, only the speed of a look-up.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static uint Hash(ReadOnlySpan<byte> word)
    {
        uint hash = 2166136261;
        foreach (byte b in word)
            hash = (hash ^ b) * 16777619;
        return hash ^ (hash >> 15);
    }
}
