using System.Runtime.InteropServices;

namespace Word2Vec.Training;

/// <summary>Zeroed memory for a matrix, on huge pages where it is large and the system gives them.</summary>
/// <remarks>
/// Training jumps from row to row. On pages of 4 KB most jumps miss the processor's table of page addresses, which then come from memory too; on
/// pages of 2 MB they do not, and the memory is there after a few page faults instead of thousands. Linux gives them to who asks
/// (transparent_hugepage: madvise, the default of most distributions, or always); what it refuses stays on small pages.
/// </remarks>
internal static unsafe partial class RowMemory
{
    private const int CacheLine = 64, HugePage = 1 << 21, AdviceHugePage = 14;

    /// <summary>Allocates <paramref name="bytes"/>, all 0, from the start of a cache line on; <see cref="Free"/> gives them back.</summary>
    public static float* Allocate(nuint bytes)
    {
        bool isLarge = OperatingSystem.IsLinux() && bytes >= 2 * HugePage;
        void* memory = NativeMemory.AlignedAlloc(Math.Max(bytes, CacheLine), isLarge ? HugePage : (nuint)CacheLine);
        if (isLarge)
            _ = Advise(memory, bytes / HugePage * HugePage, AdviceHugePage);
        NativeMemory.Clear(memory, bytes);
        return (float*)memory;
    }

    /// <summary>Frees what <see cref="Allocate"/> returned, or null.</summary>
    public static void Free(float* memory) => NativeMemory.AlignedFree(memory);

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(void* address, nuint length, int advice);
}
