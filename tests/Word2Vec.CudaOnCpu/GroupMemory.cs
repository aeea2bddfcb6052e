using System.Runtime.InteropServices;

namespace Word2Vec.CudaOnCpu;

/// <summary>The shared memory of a group, with who touched which word since the last barrier.</summary>
/// <remarks>
/// Between two barriers the threads of a group run in no order that a program may rely on. So a word that one thread writes and another one reads or
/// writes in between is an error here, whichever came first, unless both are atomic; and so is reading a word that nobody wrote.
/// </remarks>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct GroupMemory
{
    private const ulong Many = 0x7FFF;
    private const int Atomic = 0x8000;

    /// <summary>Who reads, writes or changes.</summary>
    public enum Access
    {
        Read,
        Write,
        Change,
    }

    public byte* Start;
    public int Bytes;

    /// <summary>Accesses that end below it need not be looked at: none, or in a group that is not compared all that lie inside.</summary>
    public long Unseen;

    /// <summary>The present stretch between two barriers, from 1.</summary>
    public ulong Interval;

    private ulong* _writers, _readers;

    /// <summary>Memory of <paramref name="bytes"/> that holds no numbers.</summary>
    public static GroupMemory* Allocate(int bytes)
    {
        var memory = (GroupMemory*)NativeMemory.AllocZeroed((nuint)sizeof(GroupMemory));
        memory->Bytes = bytes;
        memory->Start = (byte*)NativeMemory.AlignedAlloc((nuint)Math.Max(16, bytes), 256);
        nuint words = (nuint)(bytes + 7) / 4;
        memory->_writers = (ulong*)NativeMemory.AllocZeroed(words, sizeof(ulong));
        memory->_readers = (ulong*)NativeMemory.AllocZeroed(words, sizeof(ulong));
        memory->Clear();
        return memory;
    }

    public static void Free(GroupMemory* memory)
    {
        NativeMemory.AlignedFree(memory->Start);
        NativeMemory.Free(memory->_writers);
        NativeMemory.Free(memory->_readers);
        NativeMemory.Free(memory);
    }

    /// <summary>As it was when it was new: for the next group.</summary>
    /// <param name="compared">Whether accesses are compared with each other, and not only with the bounds.</param>
    public void Clear(bool compared = true)
    {
        Unseen = compared ? 0 : Bytes;
        nuint words = (nuint)(Bytes + 7) / 4;
        new Span<byte>(Start, Bytes).Fill(0xFF);
        NativeMemory.Clear(_writers, words * sizeof(ulong));
        NativeMemory.Clear(_readers, words * sizeof(ulong));
        Interval = 1;
    }

    /// <summary>Where in the processor's memory an address of a thread's shared memory lies.</summary>
    /// <exception cref="PtxException">It lies outside, is not aligned, or another thread has to do with it at the same time.</exception>
    public static nint At(nint thread, long address, int bytes, Access access)
    {
        var header = (ThreadHeader*)thread;
        GroupMemory* memory = header->Memory;
        if ((ulong)address > (ulong)(memory->Bytes - bytes) || memory->Bytes < bytes)
            throw new PtxException(PtxException.IllegalAddress, $"shared memory has {memory->Bytes} bytes, and these are the {bytes} at {address}");
        if (address % bytes != 0)
            throw new PtxException(PtxException.Misaligned, $"{bytes} bytes at {address} of shared memory");
        if (memory->Unseen == 0)
        {
            for (int word = (int)(address >> 2); word < (address + bytes + 3) >> 2; word++)
                memory->Touch(word, header->Thread, access);
        }

        return (nint)(memory->Start + address);
    }

    // A stretch in the upper 48 bits; below it the thread, with a mark where all that it did was atomic.
    private readonly void Touch(int word, int thread, Access access)
    {
        ulong written = _writers[word], read = _readers[word], now = Interval << 16;
        bool writtenNow = written >= now, byOther = (written & Many) != (ulong)thread, atomic = access == Access.Change;
        if (writtenNow && byOther && !(atomic && (written & Atomic) != 0))
            throw Race(word, thread, access, (int)(written & Many), "wrote");
        if (access == Access.Read)
        {
            if (written == 0)
                throw new PtxException(PtxException.LaunchFailed, $"thread {thread} reads the word at {word * 4} of shared memory, which nobody wrote");
            _readers[word] = read >= now && (read & Many) != (ulong)thread ? now | Many : now | (uint)thread;
            return;
        }

        if (read >= now && (read & Many) != (ulong)thread)
            throw Race(word, thread, access, (int)(read & Many), "read");
        _writers[word] = now | (uint)thread | (atomic && (!writtenNow || (written & Atomic) != 0) ? Atomic : 0u);
    }

    private static PtxException Race(int word, int thread, Access access, int other, string did) => new(PtxException.LaunchFailed,
        $"thread {thread} {access switch { Access.Read => "reads", Access.Write => "writes", _ => "changes" }} the word at {word * 4} of shared memory, which "
        + $"{((ulong)other == Many ? "others" : $"thread {other}")} {did} since the last barrier");
}
