using System.Runtime.InteropServices;

namespace Word2Vec.CudaOnCpu;

/// <summary>What the code of a kernel knows of the thread that executes it; its registers follow.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ThreadHeader
{
    /// <summary>Where it goes on: an entry of <see cref="PtxProgram"/>.</summary>
    public int Resume;

    /// <summary>The line of the instruction that accesses memory or waits, the last one so far.</summary>
    public int Line;

    /// <summary>%tid.x, %ctaid.x, %ntid.x, %nctaid.x, %dynamic_smem_size.</summary>
    public int Thread, Group, GroupSize, Groups, DynamicSharedBytes;

    /// <summary>While it waits for a shuffle: what it gives, whose value it wants (a mask to the lane's number), the place of the register that gets it.</summary>
    public int ShuffleValue, ShuffleMask, ShuffleTarget;

    /// <summary>While it waits for a product: its part of the factors and of what is added to, and the places of the registers that get the sums.</summary>
    public fixed int Operands[TensorCore.Operands];

    public fixed int Targets[TensorCore.Results];

    /// <summary>Where its local memory begins, behind the registers, and how much there is.</summary>
    public int LocalStart, LocalBytes;

    /// <summary>What it waits for.</summary>
    public ThreadStop Stop;

    public byte* Parameters;

    public GroupMemory* Memory;

    /// <summary>Where in the processor's memory an address of a thread's local memory lies.</summary>
    /// <exception cref="PtxException">It lies outside.</exception>
    public static nint Local(nint thread, long address, int bytes)
    {
        var header = (ThreadHeader*)thread;
        return (ulong)address <= (ulong)(header->LocalBytes - bytes) && header->LocalBytes >= bytes && address % bytes == 0
            ? thread + header->LocalStart + (nint)address
            : throw new PtxException(PtxException.IllegalAddress, $"local memory has {header->LocalBytes} bytes, and these are the {bytes} at {address}");
    }

    /// <summary>Where the registers begin.</summary>
    public static int Bytes => (sizeof(ThreadHeader) + 7) / 8 * 8;
}

/// <summary>Why a thread's code returned.</summary>
internal enum ThreadStop
{
    /// <summary>To go on at <see cref="ThreadHeader.Resume"/>, in another piece of the code.</summary>
    Elsewhere,

    Ended,

    AtBarrier,

    AtShuffle,

    AtProduct,
}
