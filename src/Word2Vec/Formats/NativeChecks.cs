using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Word2Vec.Numerics;
using Word2Vec.Words;

namespace Word2Vec.Formats;

/// <summary>Compares the sections of a <see cref="NativeFormat"/> file with their checksums.</summary>
internal sealed unsafe class NativeChecks(MappedFile file, NativeHeader header)
{
    // Longer sections of 32-bit floats are checked on request only: to read them takes longer than all else.
    private const long AlwaysChecked = 64 << 20;
    private const int ChunkBytes = 1 << 18;

    /// <summary>Checks all sections, or all but long rows.</summary>
    /// <exception cref="Word2VecException">One is damaged; the message names its bytes.</exception>
    public void Run(bool withLongRows)
    {
        NativeSection last = header.Sections[^1];
        var expected = new ReadOnlySpan<uint>(file.Start + last.Start, header.Sections.Count);
        if (Checksum.Of(MemoryMarshal.AsBytes(expected[..^1])) != expected[^1])
            throw Damaged(last);
        for (int i = 0; i < header.Sections.Count - 1; i++)
        {
            NativeSection section = header.Sections[i];
            bool areFloats = section.Kind is NativeKind.Rows or NativeKind.OutputRows or NativeKind.SubwordRows && header.Precision == VectorPrecision.Full;
            if (areFloats && section.Length > AlwaysChecked && !withLongRows)
                continue;
            if (ChecksumOf(section, areFloats) != expected[i])
                throw Damaged(section);
        }
    }

    /// <summary>Checks that words lie one after another within <paramref name="words"/>.</summary>
    public void RunOffsets(NativeSection words, NativeSection offsets)
    {
        var all = new ReadOnlySpan<int>(file.Start + offsets.Start, header.Count + 1);
        int wrong = all[0] != 0 ? 0 : FirstDescent(all);
        if (wrong < 0 && all[^1] != words.Length)
            wrong = header.Count;
        if (wrong >= 0)
            throw NativeHeader.Error(file, $"has a word that begins at {all[wrong]} (word offset {wrong}, byte {offsets.Start + sizeof(int) * (long)wrong}) " +
                $"of {words.Length} bytes of words, which cannot be; it was not written by this program");
    }

    // Rows are looked at while they are in the processor's cache.
    private uint ChecksumOf(NativeSection section, bool areFloats)
    {
        var checksum = default(Checksum);
        for (long at = section.Start; at < section.Next; at += ChunkBytes)
        {
            var chunk = new ReadOnlySpan<byte>(file.Start + at, (int)Math.Min(ChunkBytes, section.Next - at));
            checksum.Append(chunk);
            if (areFloats && !VectorMath.IsFinite(MemoryMarshal.Cast<byte, float>(chunk)))
                throw NativeHeader.Error(file, $"has a component that is infinite or not a number in its {section.Kind}, in the " +
                    $"{chunk.Length} bytes from byte {at} on; it is damaged");
        }

        return checksum.Value;
    }

    // The first that is less than the one before it; −1 if there is none.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // hot from its first call on: a file is opened once
    private static int FirstDescent(ReadOnlySpan<int> offsets)
    {
        int i = 1;
        for (; i + Vector<int>.Count <= offsets.Length; i += Vector<int>.Count)
        {
            if (Vector.LessThanAny(new Vector<int>(offsets[i..]), new Vector<int>(offsets[(i - 1)..])))
                break;
        }

        for (; i < offsets.Length; i++)
        {
            if (offsets[i] < offsets[i - 1])
                return i;
        }

        return -1;
    }

    private Word2VecException Damaged(NativeSection section) => NativeHeader.Error(file, $"has {section.Kind} (bytes {section.Start} to " +
        $"{section.Start + section.Length - 1}) whose checksum does not fit; it is damaged. Copy or write it again");
}
