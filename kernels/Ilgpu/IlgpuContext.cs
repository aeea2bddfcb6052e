using System.Runtime.InteropServices;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;

namespace Word2Vec.Kernels.Ilgpu;

/// <summary>Makes ILGPU contexts the one way that gives good code and finds the drivers.</summary>
internal static class IlgpuContext
{
    private static readonly object Gate = new();
    private static bool s_resolverSet;

    /// <summary>The devices that this machine has, each with the context it belongs to: CUDA, then OpenCL, then ILGPU's CPU accelerator.</summary>
    /// <remarks>One context a kind, so that a broken driver of one does not take the others with it. A context without a device gets one of
    /// ILGPU's own, which is passed over.</remarks>
    public static IEnumerable<(Context Context, Device Device, int Index)> FindDevices()
    {
        SetResolver();
        return Devices(AcceleratorType.Cuda, builder => WithCardArithmetic(builder).Cuda(card => CudaTarget.Set(card.Device)))
            .Concat(Devices(AcceleratorType.OpenCL, builder => builder.OpenCL()))
            .Concat(Devices(AcceleratorType.CPU, builder => builder.CPU(new CPUDevice(4, 4, 1))));
    }

    private static IEnumerable<(Context Context, Device Device, int Index)> Devices(AcceleratorType kind, Func<Context.Builder, Context.Builder> add)
    {
        Context context;
        try
        {
            context = Context.Create(builder => add(Configure(builder)));
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // A broken driver, or a library that only bears its name, may do anything; there is no device of this kind then.
            return [];
        }

        return context.Devices.Where(device => device.AcceleratorType == kind).Select((device, index) => (context, device, index));
    }

    /// <summary>A context without drivers: ILGPU's CPU accelerator with <paramref name="lanes"/> × <paramref name="rows"/> threads a group.</summary>
    /// <param name="lanes">Threads of a warp.</param>
    /// <param name="rows">Warps of a group.</param>
    /// <param name="forCuda">Whether code for CUDA is to be compiled with it.</param>
    public static Context CreateCpu(int lanes, int rows, bool forCuda = false) =>
        Context.Create(builder => (forCuda ? WithCardArithmetic(Configure(builder)) : Configure(builder)).CPU(new CPUDevice(lanes, rows, 1)));

    /// <summary>
    /// For code that CUDA executes: numbers below 1.2·10⁻³⁸ are zeros, as in its atomic additions, and inverses and quotients are the card's own. With all their bits powers of two and logarithms take three more instructions
    /// each.
    /// </summary>
    private static Context.Builder WithCardArithmetic(Context.Builder builder) => builder.Math(MathMode.Fast);

    // O1, the default, addresses memory generically and makes loops of floating-point atomics.
    private static Context.Builder Configure(Context.Builder builder) => builder.EnableAlgorithms().Optimize(OptimizationLevel.O2);

    /// <summary>
    /// ILGPU asks for libcuda.so and libOpenCL.so; a machine that only runs programs has them under their versioned names alone. On Windows
    /// Subsystem for Linux ILGPU sets a resolver of its own, and a second one is an error.
    /// </summary>
    private static void SetResolver()
    {
        lock (Gate)
        {
            if (s_resolverSet || !OperatingSystem.IsLinux() || GraphicsDrivers.IsSubsystem)
                return;
            s_resolverSet = true;
            NativeLibrary.SetDllImportResolver(typeof(Context).Assembly, static (name, _, _) => GraphicsDrivers.Load(name));
        }
    }
}
