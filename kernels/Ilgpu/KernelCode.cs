using System.Reflection;
using ILGPU;
using ILGPU.Backends;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.OpenCL;
using ILGPU.Backends.PTX;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;

namespace Word2Vec.Kernels.Ilgpu;

/// <summary>Compiles the kernels for CUDA and OpenCL without a device, so that a machine without one can tell whether they would compile.</summary>
internal static class KernelCode
{
    /// <summary>The code of each kernel, by names such as <c>ptx Scan</c>.</summary>
    public static IReadOnlyDictionary<string, string> Emit()
    {
        using Context context = IlgpuContext.CreateCpu(lanes: 2, rows: 1);
        using var ptx = new PTXBackend(context, new CudaCapabilityContext(CudaArchitecture.SM_90), CudaArchitecture.SM_90, CudaInstructionSet.ISA_80, null);
        using var openCl = new CLBackend(
            context, new CLCapabilityContext(float16: false, float64: false, genericAddressSpace: true, int64_Atomics: false, subGroups: false),
            CLDeviceVendor.Other, CLCVersion.CL20);
        var code = new Dictionary<string, string>();
        foreach (MethodInfo kernel in typeof(SamplingKernels).GetMethods(BindingFlags.Public | BindingFlags.Static))
        {
            code[$"ptx {kernel.Name}"] = Ptx(ptx, kernel);
            code[$"opencl {kernel.Name}"] = OpenCl(openCl, kernel);
        }

        MethodInfo windows = typeof(WindowKernels).GetMethod(nameof(WindowKernels.Train))!, tiles = typeof(TileKernels).GetMethod(nameof(TileKernels.Train))!;
        code["ptx Windows"] = Ptx(ptx, windows.MakeGenericMethod(typeof(WarpArithmetic)));
        code["opencl Windows"] = OpenCl(openCl, windows.MakeGenericMethod(typeof(MemoryArithmetic)));
        code["ptx Tiles"] = Ptx(ptx, tiles.MakeGenericMethod(typeof(WarpArithmetic), typeof(Lanes32)));
        code["opencl Tiles"] = OpenCl(openCl, tiles.MakeGenericMethod(typeof(MemoryArithmetic), typeof(Lanes32)));
        return code;
    }

    private static string Ptx(PTXBackend backend, MethodInfo kernel) =>
        ((PTXCompiledKernel)Compile(backend, kernel)).PTXAssembly;

    private static string OpenCl(CLBackend backend, MethodInfo kernel) =>
        ((CLCompiledKernel)Compile(backend, kernel)).Source;

    private static CompiledKernel Compile(Backend backend, MethodInfo kernel) =>
        backend.Compile(EntryPointDescription.FromExplicitlyGroupedKernel(kernel), default);
}
