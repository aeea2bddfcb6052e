using System.Runtime.InteropServices;

namespace Word2Vec.Numerics;

/// <summary>Zeroed memory outside the garbage-collected heap, on huge pages where it is large and the system gives them.</summary>
/// <remarks>
/// Training jumps from row to row, and the reading of a text from word to word of a table. On pages of 4 KB many jumps miss the
/// processor's table of page addresses, which then come from memory too; on pages of 2 MB few do, and the memory is there after a few page
/// faults instead of thousands. Linux gives them to who asks (transparent_hugepage: madvise or always); what it refuses stays on small
/// pages.
/// </remarks>
internal static unsafe partial class LargeMemory
{
    private const int CacheLine = 64, HugePage = 1 << 21, AdviceHugePage = 14;

    /// <summary>Allocates <paramref name="bytes"/>, all 0, from the start of a cache line on; <see cref="Free"/> gives them back.</summary>
    public static void* AllocateZeroed(nuint bytes)
    {
        bool isLarge = OperatingSystem.IsLinux() && bytes >= 2 * HugePage;
        void* memory = NativeMemory.AlignedAlloc(Math.Max(bytes, CacheLine), isLarge ? HugePage : (nuint)CacheLine);
        if (isLarge)
            _ = Advise(memory, bytes / HugePage * HugePage, AdviceHugePage);
        NativeMemory.Clear(memory, bytes);
        return memory;
    }

    /// <summary>Frees what <see cref="AllocateZeroed"/> returned, or null.</summary>
    public static void Free(void* memory) => NativeMemory.AlignedFree(memory);

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(void* address, nuint length, int advice);
}
