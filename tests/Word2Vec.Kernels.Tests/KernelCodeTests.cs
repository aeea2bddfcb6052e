namespace Word2Vec.Kernels.Tests;

/// <summary>What the kernels become for CUDA and OpenCL, compiled without a device.</summary>
public sealed class KernelCodeTests
{
    [GpuFact]
    public void Every_kernel_compiles_for_cuda_and_opencl()
    {
        IReadOnlyDictionary<string, string> code = GpuDevices.EmitCode();
        string[] kernels = ["Count", "Scan", "Scatter", "Train"];
        Assert.Equal(kernels.SelectMany(name => new[] { $"opencl {name}", $"ptx {name}" }).Order(), code.Keys.Order());
        Assert.All(code, kernel => Assert.Contains(kernel.Key.StartsWith("ptx", StringComparison.Ordinal) ? ".entry" : "kernel void", kernel.Value, StringComparison.Ordinal));
    }

    [GpuFact]
    public void The_training_kernel_shuffles_on_cuda_adds_atomically_and_keeps_out_of_local_memory()
    {
        string ptx = GpuDevices.EmitCode()["ptx Train"];
        Assert.Contains("shfl.sync", ptx, StringComparison.Ordinal);
        Assert.Contains("red.add.global.f32", ptx, StringComparison.Ordinal);
        Assert.DoesNotContain(".local", ptx, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\b(ld|st|atom|red)\.(?!\w*\.?(global|param|shared|const)|(add|relaxed)\.global)", ptx);
    }

    [GpuFact]
    public void The_training_kernel_needs_no_shuffle_on_opencl()
    {
        string source = GpuDevices.EmitCode()["opencl Train"];
        Assert.DoesNotContain("shuffle", source, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("atomic_compare_exchange", source, StringComparison.Ordinal);
    }
}
