using System.Runtime.InteropServices;
using Word2Vec.CudaOnCpu;

namespace Word2Vec.Kernels.Tests.CudaOnCpu;

/// <summary>A kernel in PTX that is given one array in global memory, at %rd1; %r1 is the thread, %r2 the group.</summary>
internal static unsafe class PtxKernel
{
    /// <summary>Runs it and returns what the array holds then.</summary>
    /// <param name="body">Its instructions; it ends behind them.</param>
    /// <param name="resident">Groups that run at the same time.</param>
    /// <param name="target">The kind of card that it says it is for: 90 is SM 9.0.</param>
    public static T[] Run<T>(string body, T[] array, int groups = 1, int threads = 1, int sharedBytes = 0, int resident = 1, int target = 90)
        where T : unmanaged
    {
        PtxProgram program = PtxCompiler.Compile(PtxModule.Parse(Text(body, target)));
        nint memory = DeviceMemoryPool.Allocate(array.Length * sizeof(T));
        try
        {
            array.CopyTo(new Span<T>((void*)memory, array.Length));
            new KernelLaunch(groups, threads, sharedBytes, MemoryMarshal.AsBytes<nint>([memory]).ToArray()).Run(program, resident);
            return new Span<T>((void*)memory, array.Length).ToArray();
        }
        finally
        {
            DeviceMemoryPool.Release(memory);
        }
    }

    public static string Text(string body, int target = 90) => $$"""
        .version 8.1
        .target sm_{{target}}
        .address_size 64

        .extern .shared .align 16 .b8 dynamic[];

        .visible .entry Kernel(
            .param .b64 array
        )
        {
            .shared .align 4 .b8 words[512];
            .local .align 4 .b8 mine[8];
            .reg .pred  %p<9>;
            .reg .b32   %r<20>;
            .reg .b64   %rd<20>;
            .reg .f32   %f<20>;
            ld.param.b64    %rd1, [array];
            mov.b32         %r1, %tid.x;
            mov.b32         %r2, %ctaid.x;
        {{body}}
            ret;
        }
        """;
}
