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

    /// <summary>Contexts of every device that this machine has: CUDA, then OpenCL, then ILGPU's CPU accelerator.</summary>
    /// <remarks>One context each, so that a broken driver of one kind does not take the others with it.</remarks>
    public static IEnumerable<Context> CreateAll()
    {
        SetResolver();
        Func<Context.Builder, Context.Builder>[] kinds = [builder => builder.Cuda(), builder => builder.OpenCL(), builder => builder.CPU(new CPUDevice(4, 4, 1))];
        foreach (Func<Context.Builder, Context.Builder> kind in kinds)
        {
            Context? context;
            try
            {
                context = Context.Create(builder => kind(Configure(builder)));
            }
            catch (Exception e) when (e is AcceleratorException or DllNotFoundException or EntryPointNotFoundException or NotSupportedException)
            {
                continue;
            }

            yield return context;
        }
    }

    /// <summary>A context without drivers: ILGPU's CPU accelerator with <paramref name="lanes"/> × <paramref name="rows"/> threads a group.</summary>
    public static Context CreateCpu(int lanes, int rows) => Context.Create(builder => Configure(builder).CPU(new CPUDevice(lanes, rows, 1)));

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
            if (s_resolverSet || !OperatingSystem.IsLinux() || Directory.Exists("/usr/lib/wsl/lib"))
                return;
            s_resolverSet = true;
            NativeLibrary.SetDllImportResolver(typeof(Context).Assembly, static (name, _, _) =>
            {
                string[] candidates = name switch
                {
                    "cuda" => ["libcuda.so.1", "libcuda.so"],
                    "OpenCL" => ["libOpenCL.so.1", "libOpenCL.so"],
                    _ => [],
                };
                foreach (string candidate in candidates)
                {
                    if (NativeLibrary.TryLoad(candidate, out nint handle))
                        return handle;
                }

                return 0;
            });
        }
    }
}
