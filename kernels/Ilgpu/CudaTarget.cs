using System.Runtime.CompilerServices;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;

namespace Word2Vec.Kernels.Ilgpu;

/// <summary>The kind of card that PTX is written for.</summary>
/// <remarks>
/// ILGPU 1.5.3 writes for SM 8.0 where a card is newer, because it has no use for more itself. Additions of vectors need SM 9.0 and PTX 8.1, which a driver takes from CUDA 12.1 on.
/// </remarks>
internal static class CudaTarget
{
    /// <summary>Has code for <paramref name="card"/> written for SM 9.0 where it and its driver take that.</summary>
    public static void Set(CudaDevice card)
    {
        if (card is { Architecture: { } architecture, InstructionSet: { } instructions, Capabilities: CudaCapabilityContext capabilities }
            && architecture >= CudaArchitecture.SM_90 && instructions >= CudaInstructionSet.ISA_81)
            SetTarget(capabilities, CudaArchitecture.SM_90);
    }

    /// <summary>For code for SM 9.0 without a card.</summary>
    public static CudaCapabilityContext WithoutCard()
    {
        var capabilities = new CudaCapabilityContext(CudaArchitecture.SM_90);
        SetTarget(capabilities, CudaArchitecture.SM_90);
        return capabilities;
    }

    /// <summary>Whether code for <paramref name="accelerator"/> may add vectors.</summary>
    public static bool HasVectorAdditions(Accelerator accelerator) =>
        accelerator is CudaAccelerator { Capabilities: CudaCapabilityContext capabilities } && capabilities.TargetArchitecture >= CudaArchitecture.SM_90;

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "set_TargetArchitecture")]
    private static extern void SetTarget(CudaCapabilityContext capabilities, CudaArchitecture architecture);
}
