using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Word2Vec.Words;

/// <summary>The bytes that stand for an id in <see cref="ProvisionalIds"/>.</summary>
/// <remarks>
/// An id + 1 (0 for the end of a sentence) takes two bytes where it is below 2^15, as it mostly is since frequent words come early; else
/// four: the low 15 bits with the top bit set, then the upper 16. The bytes are in the machine's order, as no other one reads them. Eight
/// ids at a time are written and read, since where one begins depends on the one before it.
/// </remarks>
internal static unsafe class ProvisionalCode
{
    /// <summary>The most bytes of an id.</summary>
    public const int LongestId = sizeof(uint);

    private const int ShortBits = 15, ShortMask = (1 << ShortBits) - 1, Group = 8;

    /// <summary>
    /// Writes <paramref name="ids"/> to <paramref name="target"/>, which has room for <see cref="LongestId"/> bytes each, and returns how
    /// many bytes they took.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // hot from its first call on: a text is read once
    public static int Write(ReadOnlySpan<int> ids, byte* target)
    {
        int written = 0;
        for (; ids.Length >= Group; ids = ids[Group..])
        {
            Vector128<uint> low = Vector128.Create(ids).AsUInt32() + Vector128<uint>.One;
            Vector128<uint> high = Vector128.Create(ids[Vector128<int>.Count..]).AsUInt32() + Vector128<uint>.One;
            if (((low | high) & Vector128.Create(~(uint)ShortMask)) == Vector128<uint>.Zero)
            {
                Vector128.Narrow(low, high).Store((ushort*)(target + written));
                written += Group * sizeof(ushort);
            }
            else
            {
                written += WritePlain(ids[..Group], target + written);
            }
        }

        return written + WritePlain(ids, target + written);
    }

    /// <summary>The same as <see cref="Write"/>, id by id: its tail and its yardstick.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int WritePlain(ReadOnlySpan<int> ids, byte* target)
    {
        int written = 0;
        foreach (int id in ids)
        {
            uint value = (uint)id + 1, upper = value >> ShortBits;
            uint isLong = (upper | 0u - upper) >> 31;
            Unsafe.WriteUnaligned(target + written, value & ShortMask | isLong << ShortBits | upper << 16);
            written += Size(isLong);
        }

        return written;
    }

    /// <summary>
    /// Reads up to as many ids as <paramref name="ids"/> has room for and returns how many; <paramref name="start"/> moves behind them.
    /// </summary>
    /// <param name="start">Where in <paramref name="source"/> the first id begins.</param>
    /// <param name="end">Ids that begin before this are there; <see cref="LongestId"/> bytes from there on may be read.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Read(byte* source, ref int start, int end, Span<int> ids)
    {
        int count = 0;
        while (ids.Length - count >= Group && end - start > Group * sizeof(ushort))
        {
            Vector128<ushort> values = Vector128.Load((ushort*)(source + start));
            (Vector128<uint> low, Vector128<uint> high) = Vector128.Widen(values);
            (low.AsInt32() - Vector128<int>.One).CopyTo(ids[count..]);
            (high.AsInt32() - Vector128<int>.One).CopyTo(ids[(count + Vector128<int>.Count)..]);
            // Up to the first long one, which goes alone.
            int shorts = BitOperations.TrailingZeroCount(values.ExtractMostSignificantBits() | 1u << Group);
            start += shorts * sizeof(ushort);
            count += shorts;
            if (shorts < Group)
                ids[count++] = ReadOne(source, ref start);
        }

        return count + ReadPlain(source, ref start, end, ids[count..]);
    }

    /// <summary>The same as <see cref="Read"/>, id by id: its tail and its yardstick.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int ReadPlain(byte* source, ref int start, int end, Span<int> ids)
    {
        int count = 0;
        while (count < ids.Length && start < end)
            ids[count++] = ReadOne(source, ref start);
        return count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int ReadOne(byte* source, ref int start)
    {
        uint word = Unsafe.ReadUnaligned<uint>(source + start);
        uint isLong = word >> ShortBits & 1;
        start += Size(isLong);
        return (int)(word & ShortMask | (word >> 16 & 0u - isLong) << ShortBits) - 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Size(uint isLong) => sizeof(ushort) + sizeof(ushort) * (int)isLong;
}
