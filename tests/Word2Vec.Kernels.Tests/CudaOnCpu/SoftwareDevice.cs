using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Word2Vec.CudaOnCpu;

namespace Word2Vec.Kernels.Tests.CudaOnCpu;

/// <summary>Where a machine has no driver for CUDA, the tests have one that executes the kernels' PTX on the processor.</summary>
internal static class SoftwareDevice
{
    /// <summary>Whether CUDA is the processor in these tests; a card's driver is not replaced.</summary>
    public static bool IsLoaded { get; private set; }

    /// <summary>With few multiprocessors, which is more windows in flight than the corpora of the tests allow.</summary>
    [ModuleInitializer]
    internal static void Load()
    {
        if (NativeLibrary.TryLoad("libcuda.so.1", out _))
            return;
        CudaDriver.Multiprocessors = 8;
        IsLoaded = CudaDriver.Load();
    }

    /// <summary>Why a test that needs it is skipped; null: it is not.</summary>
    internal static string? Missing => IsLoaded ? null : "CUDA is not the processor here: this machine has a driver, or is not Linux on x64";
}

/// <summary>A test of what only the device in software has.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SoftwareFactAttribute : FactAttribute
{
    public SoftwareFactAttribute() => Skip = SoftwareDevice.Missing;
}

/// <summary>As <see cref="SoftwareFactAttribute"/>, with data, and with the kernels.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SoftwareTheoryAttribute : TheoryAttribute
{
    public SoftwareTheoryAttribute() => Skip = Missing.Kernels ?? SoftwareDevice.Missing;
}
