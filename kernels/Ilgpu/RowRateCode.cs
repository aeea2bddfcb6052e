using System.Reflection;
using ILGPU;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.OpenCL;
using ILGPU.Backends.PTX;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;

namespace Word2Vec.Kernels.Ilgpu;

/// <summary>Compiles the kernels of <see cref="RowRates"/> for CUDA and OpenCL without a device.</summary>
internal static class RowRateCode
{
    private static readonly string[] Kernels = [nameof(RowRates.Gather), nameof(RowRates.Add), nameof(RowRates.Copy), nameof(RowRates.MultiplyAdd)];

    /// <summary>The code of each kernel, by names such as <c>ptx Gather</c>.</summary>
    public static IReadOnlyDictionary<string, string> Emit()
    {
        using Context context = IlgpuContext.CreateCpu(lanes: 2, rows: 1);
        using var ptx = new PTXBackend(context, new CudaCapabilityContext(CudaArchitecture.SM_90), CudaArchitecture.SM_90, CudaInstructionSet.ISA_80, null);
        using var openCl = new CLBackend(
            context, new CLCapabilityContext(float16: false, float64: false, genericAddressSpace: true, int64_Atomics: false, subGroups: false),
            CLDeviceVendor.Other, CLCVersion.CL20);
        var code = new Dictionary<string, string>();
        foreach (string name in Kernels)
        {
            MethodInfo kernel = typeof(RowRates).GetMethod(name)!;
            EntryPointDescription entry = EntryPointDescription.FromExplicitlyGroupedKernel(kernel);
            code[$"ptx {name}"] = ((PTXCompiledKernel)ptx.Compile(entry, default)).PTXAssembly;
            code[$"opencl {name}"] = ((CLCompiledKernel)openCl.Compile(entry, default)).Source;
        }

        return code;
    }
}
