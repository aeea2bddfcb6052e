using System.Runtime.InteropServices;

namespace Word2Vec.Kernels;

/// <summary>
/// The libraries of graphics drivers, under the names that a machine has which only runs programs: the versioned ones. Where none of them is
/// there is no card, and the search for cards, which would be the longest step of a start, need not be made.
/// </summary>
internal static class GraphicsDrivers
{
    // Windows's driver serves its subsystem for Linux from a folder of its own.
    private const string SubsystemFolder = "/usr/lib/wsl/lib";

    private static readonly string[] Cuda = ["libcuda.so.1", "libcuda.so"];
    private static readonly string[] OpenCl = ["libOpenCL.so.1", "libOpenCL.so"];
    private static readonly string[] Windows = ["nvcuda.dll", "OpenCL.dll"];

    /// <summary>Whether this is Windows's subsystem for Linux.</summary>
    internal static bool IsSubsystem => OperatingSystem.IsLinux() && Directory.Exists(SubsystemFolder);

    /// <summary>False only where it is sure that there is none.</summary>
    public static bool MayBeThere()
    {
        if (OperatingSystem.IsLinux())
            return IsSubsystem || Load(Cuda) != 0 || Load(OpenCl) != 0;
        return !OperatingSystem.IsWindows() || Load(Windows) != 0;
    }

    /// <summary>Loads what a program for Linux imports as <c>cuda</c> or <c>OpenCL</c>; 0: it is not there, or another library.</summary>
    internal static nint Load(string import) => import.ToUpperInvariant() switch
    {
        "CUDA" => Load(Cuda),
        "OPENCL" => Load(OpenCl),
        _ => 0,
    };

    // It stays loaded: where it is there, the search comes next.
    private static nint Load(string[] names)
    {
        foreach (string name in names)
        {
            if (NativeLibrary.TryLoad(name, out nint handle))
                return handle;
        }

        return 0;
    }
}
