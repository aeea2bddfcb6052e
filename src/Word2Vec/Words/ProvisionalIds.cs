using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Word2Vec.Words;

/// <summary>
/// A stream of ids in the order in which words are first seen, written once and read once, before the vocabulary is known.
/// </summary>
/// <remarks>
/// An id + 1 (0 for the end of a sentence) takes two bytes where it is below 2^15, as it mostly is since frequent words come early; else
/// four: the low 15 bits with the top bit set, then the upper 16. Both ways go without branches. The bytes are in the machine's order, as
/// no other one reads them.
/// </remarks>
internal sealed class ProvisionalIds(Stream stream)
{
    private const int LongestId = sizeof(uint), ShortBits = 15, ShortMask = (1 << ShortBits) - 1, BufferSize = 1 << 18;

    // A short id, too, is written and read as four bytes, of which two count.
    private readonly byte[] _buffer = new byte[BufferSize + LongestId];
    private int _start;
    private int _end;
    private bool _allRead;

    /// <summary>Bytes written so far.</summary>
    public long Length { get; private set; }

    /// <summary>Appends <paramref name="ids"/>; −1 is the end of a sentence.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // hot from its first call on: a text is read once
    public void Write(ReadOnlySpan<int> ids)
    {
        ref byte target = ref MemoryMarshal.GetArrayDataReference(_buffer);
        foreach (int id in ids)
        {
            if (_end > BufferSize - LongestId)
                Flush();
            uint value = (uint)id + 1, upper = value >> ShortBits;
            uint isLong = (upper | 0u - upper) >> 31;
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref target, _end), value & ShortMask | isLong << ShortBits | upper << 16);
            _end += Size(isLong);
        }
    }

    /// <summary>Ends the writing and goes to the begin.</summary>
    public void Rewind()
    {
        Flush();
        stream.Flush();
        stream.Position = 0;
    }

    /// <summary>Reads up to as many ids as <paramref name="ids"/> has room for; 0 only at the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Read(Span<int> ids)
    {
        if (_end - _start < LongestId && !_allRead)
            Fill();
        ref byte source = ref MemoryMarshal.GetArrayDataReference(_buffer);
        int start = _start, last = _allRead ? _end - 1 : _end - LongestId, count = 0;
        while (count < ids.Length && start <= last)
        {
            uint word = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref source, start));
            uint isLong = word >> ShortBits & 1;
            ids[count++] = (int)(word & ShortMask | (word >> 16 & 0u - isLong) << ShortBits) - 1;
            start += Size(isLong);
        }

        _start = start;
        return count;
    }

    private static int Size(uint isLong) => sizeof(ushort) + sizeof(ushort) * (int)isLong;

    private void Flush()
    {
        stream.Write(_buffer, 0, _end);
        Length += _end;
        _end = 0;
    }

    private void Fill()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        int read = stream.ReadAtLeast(_buffer.AsSpan(_end, BufferSize - _end), LongestId, throwOnEndOfStream: false);
        _allRead = read < LongestId;
        _end += read;
    }
}
