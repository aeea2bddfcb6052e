using System.Runtime.InteropServices;

namespace Word2Vec.CommandLine;

/// <summary>
/// Whether this machine has a library of a graphics driver, CUDA's or OpenCL's. Without one there is no card, and the search for cards,
/// which would be the longest step of a start, need not be made.
/// </summary>
internal static class GraphicsDrivers
{
    private static readonly string[] LinuxLibraries = ["libcuda.so.1", "libcuda.so", "libOpenCL.so.1", "libOpenCL.so"];
    private static readonly string[] WindowsLibraries = ["nvcuda.dll", "OpenCL.dll"];

    // Windows's driver serves its subsystem for Linux from a folder of its own.
    private const string SubsystemFolder = "/usr/lib/wsl/lib";

    /// <summary>False only where it is sure that there is none.</summary>
    public static bool MayBeThere()
    {
        if (OperatingSystem.IsLinux())
            return Directory.Exists(SubsystemFolder) || LinuxLibraries.Any(CanBeLoaded);
        return !OperatingSystem.IsWindows() || WindowsLibraries.Any(CanBeLoaded);
    }

    // It stays loaded: where it is there, the search comes next.
    private static bool CanBeLoaded(string library) => NativeLibrary.TryLoad(library, out _);
}
