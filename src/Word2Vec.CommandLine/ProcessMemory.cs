using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Word2Vec.CommandLine;

/// <summary>What this process holds of the machine's memory.</summary>
internal static class ProcessMemory
{
    /// <summary>The most that was resident at any time, in bytes, as <c>/usr/bin/time -v</c> reports it; 0 where the system does not say.</summary>
    public static long Peak
    {
        get
        {
            using Process process = Process.GetCurrentProcess();
            return process.PeakWorkingSet64;
        }
    }

    /// <summary>Gives back what a finished stage has left behind, which would otherwise lie beside what the next one allocates.</summary>
    public static void ReturnUnused()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        if (OperatingSystem.IsLinux())
            TrimNative();
    }

    // Having freed blocks of some megabytes once, the C library keeps up to 64 MB of them for the next time.
    private static void TrimNative()
    {
        try
        {
            _ = Trim(0);
        }
        catch (Exception exception) when (exception is EntryPointNotFoundException or DllNotFoundException)
        {
            // Other C libraries than GNU's have no such function, and no such habit.
        }
    }

    [DllImport("libc", EntryPoint = "malloc_trim")]
    private static extern int Trim(nuint padding);
}
