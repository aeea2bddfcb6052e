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

    /// <summary>What it waits for.</summary>
    public ThreadStop Stop;

    public byte* Parameters;

    public GroupMemory* Memory;

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
}
