using System.Runtime.InteropServices;

namespace Word2Vec.Words;

/// <summary>
/// Takes pages of a read-only mapped file out of the process's memory. The system keeps what it likes of them in its cache of files; a touch brings
/// them back.
/// </summary>
/// <remarks>
/// A mapped page counts as the process's resident memory until the system is short of it, so that a long corpus looks like memory that is needed, and
/// in a container with a limit competes with memory that is.
/// </remarks>
internal static unsafe partial class MappedPages
{
    private const int DontNeed = 4; // MADV_DONTNEED, the same on Linux, macOS and FreeBSD

    /// <summary>Releases <paramref name="bytes"/> from <paramref name="first"/> on, both multiples of the page size. It is advice and cannot fail.</summary>
    public static void Release(byte* first, nuint bytes)
    {
        // To unlock pages that are not locked is how a Windows process takes them out of its working set.
        if (OperatingSystem.IsWindows())
            _ = VirtualUnlock(first, bytes);
        else if (OperatingSystem.IsLinux() || OperatingSystem.IsMacOS() || OperatingSystem.IsFreeBSD())
            _ = Advise(first, bytes, DontNeed);
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(byte* first, nuint bytes, int advice);

    [LibraryImport("kernel32")]
    private static partial int VirtualUnlock(byte* first, nuint bytes);
}
