using System.Runtime.InteropServices;
using Word2Vec.CudaOnCpu;

namespace Word2Vec.Kernels.Tests.CudaOnCpu;

/// <summary>The driver as programs see it: a library with C functions.</summary>
public sealed unsafe class DriverLibraryTests
{
    /// <summary>Work on a stream is done when somebody waits for it, and what is copied from memory that is not page-locked is what was there at the call.</summary>
    [SoftwareFact]
    public void A_stream_does_its_work_when_it_is_waited_for()
    {
        nint library = NativeLibrary.Load("libcuda.so.1"), context, stream, memory, pinned;
        Function<int>("cuInit")(0);
        Check(((delegate* unmanaged<nint*, uint, int, int>)At("cuCtxCreate_v2"))(&context, 0, 0));
        Check(((delegate* unmanaged<nint*, uint, int>)At("cuStreamCreate"))(&stream, 1));
        Check(((delegate* unmanaged<nint*, nint, int>)At("cuMemAlloc_v2"))(&memory, 8));
        Check(((delegate* unmanaged<nint*, nint, int>)At("cuMemAllocHost_v2"))(&pinned, 8));
        var copy = (delegate* unmanaged<nint, nint, nint, nint, int>)At("cuMemcpyAsync");
        int* source = (int*)pinned, result = stackalloc int[2];
        *source = 1;
        int pageable = 3;
        Check(copy(memory, pinned, 4, stream));
        Check(copy(memory + 4, (nint)(&pageable), 4, stream));
        (*source, pageable) = (2, 4);
        Check(copy((nint)result, memory, 8, 0));
        Assert.Equal((-1, -1), (result[0], result[1]));
        Check(Function<nint>("cuStreamSynchronize")(stream));
        Check(copy((nint)result, memory, 8, 0));
        Assert.Equal((2, 3), (result[0], result[1]));

        Assert.Equal(1, copy(memory + 4, pinned, 8, stream));
        Check(Function<nint>("cuMemFree_v2")(memory));
        Assert.Equal(1, copy(memory, pinned, 4, stream));
        Assert.Equal(1, Function<nint>("cuMemFree_v2")(memory));
        Check(Function<nint>("cuMemFreeHost")(pinned));
        Check(Function<nint>("cuStreamDestroy_v2")(stream));
        Check(Function<nint>("cuCtxDestroy_v2")(context));
        Assert.NotEqual(0, Function<nint>("cuCtxSetCurrent")(context));

        nint At(string name) => NativeLibrary.GetExport(library, name);
        delegate* unmanaged<T, int> Function<T>(string name) => (delegate* unmanaged<T, int>)At(name);
    }

    [Fact]
    public void Memory_is_not_cleared_and_given_back()
    {
        long free = DeviceMemoryPool.Free;
        nint a = DeviceMemoryPool.Allocate(1000), b = DeviceMemoryPool.Allocate(8);
        Assert.Equal(-1, *(int*)a);
        Assert.InRange(b - a, 1256, 4096L * 1024 * 1024);
        Assert.Equal(0, DeviceMemoryPool.Allocate(1L << 40));
        Assert.True(DeviceMemoryPool.Release(a));
        Assert.False(DeviceMemoryPool.Release(a));
        Assert.True(DeviceMemoryPool.Release(b));
        Assert.InRange(free, 1, DeviceMemoryPool.Bytes);
    }

    /// <summary>A kernel may say how many threads its groups have at most, and how few registers its assembler is to take.</summary>
    [Fact]
    public void A_group_has_no_more_threads_than_the_kernel_says()
    {
        string text = PtxKernel.Text("").Replace(")\n{", ")\n.maxntid 64, 1, 1\n.minnctapersm 6\n{", StringComparison.Ordinal);
        PtxProgram program = PtxCompiler.Compile(PtxModule.Parse(text));
        Assert.InRange(CudaDevice.Resident(program, groupSize: 64, dynamicBytes: 0), 1, 32);
        Assert.Equal(0, CudaDevice.Resident(program, groupSize: 65, dynamicBytes: 0));
    }

    private static void Check(int error) => Assert.Equal(0, error);
}
