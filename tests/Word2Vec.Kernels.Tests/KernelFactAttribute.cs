namespace Word2Vec.Kernels.Tests;

/// <summary>A test that needs the kernels; where they were left out of the build it is skipped, with the reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class KernelFactAttribute : FactAttribute
{
    public KernelFactAttribute() => Skip = GpuDevices.LeftOutReason;
}

/// <summary>A theory that needs the kernels; where they were left out of the build it is skipped, with the reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class KernelTheoryAttribute : TheoryAttribute
{
    public KernelTheoryAttribute() => Skip = GpuDevices.LeftOutReason;
}
