using System.Reflection;
using ILGPU;
using ILGPU.Backends;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.OpenCL;
using ILGPU.Backends.PTX;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;

namespace Word2Vec.Kernels.Ilgpu;

/// <summary>Compiles the kernels for CUDA and OpenCL without a device, so that a machine without one can tell whether they would compile.</summary>
internal static class KernelCode
{
    /// <summary>The code of the kernels that train, by names such as <c>ptx Scan</c>.</summary>
    public static IReadOnlyDictionary<string, string> Emit()
    {
        MethodInfo windows = typeof(WindowKernels).GetMethod(nameof(WindowKernels.Train))!, tiles = typeof(TileKernels).GetMethod(nameof(TileKernels.Train))!;
        MethodInfo means = typeof(MeanWindowKernels).GetMethod(nameof(MeanWindowKernels.Train))!;
        return Emit(
        [
            .. Kernels(typeof(SamplingKernels)),
            ("Windows", windows.MakeGenericMethod(typeof(WarpArithmetic)), windows.MakeGenericMethod(typeof(MemoryArithmetic))),
            ("MeanWindows", means.MakeGenericMethod(typeof(WarpArithmetic)), means.MakeGenericMethod(typeof(MemoryArithmetic))),
            ("Tiles", Tiles(tiles, typeof(WarpArithmetic), typeof(FloatProducts<SpreadColumns>)), Tiles(tiles, typeof(MemoryArithmetic), typeof(FloatProducts<SpreadColumns>))),
            ("TensorTiles", Tiles(tiles, typeof(WarpArithmetic), typeof(TensorProducts<TensorSectors>)), null),
            ("TensorPairTiles", Tiles(tiles, typeof(WarpArithmetic), typeof(TensorProducts<TensorPairs>)), null),
            ("VectorTiles", Tiles(tiles, typeof(WarpArithmetic), typeof(FloatProducts<VectorColumns>)), null),
        ]);
    }

    /// <summary>The code of the kernels that measure what a device does at best, by names such as <c>ptx Gather</c>.</summary>
    public static IReadOnlyDictionary<string, string> EmitRates() =>
        Emit(Kernels(typeof(RowRates), nameof(RowRates.Gather), nameof(RowRates.Add), nameof(RowRates.Copy), nameof(RowRates.MultiplyAdd))
            .Concat(Kernels(typeof(RowRates), nameof(RowRates.AddVectors), nameof(RowRates.AddPairs)).Select(kernel => kernel with { OpenCl = null })));

    private static MethodInfo Tiles(MethodInfo train, Type arithmetic, Type products) => train.MakeGenericMethod(arithmetic, typeof(Lanes32), products);

    private static IEnumerable<(string Name, MethodInfo Cuda, MethodInfo? OpenCl)> Kernels(Type type, params string[] names) =>
        type.GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Where(kernel => names.Length == 0 || names.Contains(kernel.Name))
            .Select(kernel => (kernel.Name, kernel, (MethodInfo?)kernel));

    private static Dictionary<string, string> Emit(IEnumerable<(string Name, MethodInfo Cuda, MethodInfo? OpenCl)> kernels)
    {
        using Context context = IlgpuContext.CreateCpu(lanes: 2, rows: 1), cudaContext = IlgpuContext.CreateCpu(lanes: 2, rows: 1, forCuda: true);
        using var ptx = new PTXBackend(cudaContext, CudaTarget.WithoutCard(), CudaArchitecture.SM_90, CudaInstructionSet.ISA_81, null);
        using var openCl = new CLBackend(
            context, new CLCapabilityContext(float16: false, float64: false, genericAddressSpace: true, int64_Atomics: false, subGroups: false),
            CLDeviceVendor.Other, CLCVersion.CL20);
        var code = new Dictionary<string, string>();
        foreach ((string name, MethodInfo forCuda, MethodInfo? forOpenCl) in kernels)
        {
            code[$"ptx {name}"] = Ptx(ptx, forCuda);
            if (forOpenCl is not null)
                code[$"opencl {name}"] = OpenCl(openCl, forOpenCl);
        }

        return code;
    }

    private static string Ptx(PTXBackend backend, MethodInfo kernel) =>
        ((PTXCompiledKernel)Compile(backend, kernel, IsOnTensorCores(kernel) ? TensorProduct.Resident(LaunchShape.TileGroup, int.MaxValue) : default)).PTXAssembly;

    private static bool IsOnTensorCores(MethodInfo kernel) => kernel.GetGenericArguments().Any(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(TensorProducts<>));

    private static string OpenCl(CLBackend backend, MethodInfo kernel) =>
        ((CLCompiledKernel)Compile(backend, kernel, default)).Source;

    private static CompiledKernel Compile(Backend backend, MethodInfo kernel, KernelSpecialization specialization) =>
        backend.Compile(EntryPointDescription.FromExplicitlyGroupedKernel(kernel), specialization);
}
