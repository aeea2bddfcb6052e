namespace Word2Vec.Kernels.Tests;

/// <summary>A test that needs the kernels; skipped, with the build's reason, where they were left out.</summary>
/// <remarks>ILGPU's CPU accelerator is part of the package, so such a test runs wherever the kernels are in.</remarks>
[AttributeUsage(AttributeTargets.Method)]
public sealed class GpuFactAttribute : FactAttribute
{
    public GpuFactAttribute() => Skip = Missing.Kernels;
}

/// <summary>As <see cref="GpuFactAttribute"/>, with data.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class GpuTheoryAttribute : TheoryAttribute
{
    public GpuTheoryAttribute() => Skip = Missing.Kernels;
}

/// <summary>A test that needs a device of one kind, <c>cuda</c>, <c>opencl</c> or <c>ilgpu-cpu</c>; skipped where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DeviceFactAttribute : FactAttribute
{
    public DeviceFactAttribute(string kind) => Skip = Missing.Device(kind);
}

/// <summary>What this machine lacks, as the reason to skip a test; null when it is there.</summary>
internal static class Missing
{
    public static string? Kernels { get; } = GpuDevices.LeftOutReason is { } reason ? $"GPU kernels left out: {reason}" : null;

    public static string? Device(string kind) =>
        Kernels ?? (GpuDevices.All.Any(device => IsOfKind(device.Id, kind)) ? null : $"no {kind} device on this machine{Hint(kind)}");

    private static string Hint(string kind) => kind == "opencl" ? "; kernels/opencl-on-cpu.sh makes the processor one" : "";

    private static bool IsOfKind(string id, string kind) => id == kind || id.StartsWith(kind + ":", StringComparison.Ordinal);
}
