#pragma warning disable IDE1006, CA1707 // The functions bear the names that programs look for.

using System.Runtime.InteropServices;
using System.Text;

namespace Word2Vec.CudaOnCpu;

/// <summary>Modules and launches.</summary>
public static unsafe partial class CudaDriver
{
    private const int ErrorLog = 5, ErrorLogBytes = 6;

    [ThreadStatic]
    private static Func<string, string>? t_edit;

    /// <summary>Changes the text of the modules that the calling thread loads: for tests that plant a mistake. Null: it stays as it is.</summary>
    public static Func<string, string>? Edit
    {
        get => t_edit;
        set => t_edit = value;
    }

    [UnmanagedCallersOnly]
    private static int cuModuleLoadData(nint* module, byte* text) => Try(() => LoadModule(module, text));

    [UnmanagedCallersOnly]
    private static int cuModuleLoadDataEx(nint* module, byte* text, int options, int* names, nint* values)
    {
        int result = Try(() => LoadModule(module, text));
        int log = new ReadOnlySpan<int>(names, options).IndexOf(ErrorLog), size = new ReadOnlySpan<int>(names, options).IndexOf(ErrorLogBytes);
        if (result != Success && log >= 0 && size >= 0)
        {
            lock (Gate)
            {
                byte[] words = Encoding.UTF8.GetBytes(Marshal.PtrToStringUTF8(s_failure.Words) + '\0');
                words.AsSpan(0, Math.Min(words.Length, (int)values[size])).CopyTo(new Span<byte>((void*)values[log], (int)values[size]));
            }
        }

        return result;
    }

    private static int LoadModule(nint* module, byte* text)
    {
        string ptx = Marshal.PtrToStringUTF8((nint)text) ?? "";
        *module = Add(PtxCompiler.Compile(PtxModule.Parse(t_edit?.Invoke(ptx) ?? ptx)));
        return Success;
    }

    [UnmanagedCallersOnly]
    private static int cuModuleUnload(nint module) => Try(() => Remove(module), needsContext: false);

    [UnmanagedCallersOnly]
    private static int cuModuleGetFunction(nint* function, nint module, byte* name) => Try(() =>
    {
        var program = Get<PtxProgram>(module);
        *function = module;
        return program.Module.Entry == Marshal.PtrToStringUTF8((nint)name) ? Success : NotFound;
    });

    [UnmanagedCallersOnly]
    private static int cuOccupancyMaxActiveBlocksPerMultiprocessor(int* groups, nint function, int groupSize, nint dynamicBytes) => Try(() =>
    {
        *groups = CudaDevice.Resident(Get<PtxProgram>(function), groupSize, (int)dynamicBytes);
        return Success;
    });

    /// <summary>The parameters come as one buffer (CU_LAUNCH_PARAM_BUFFER_POINTER and _SIZE), which is the way that ILGPU takes.</summary>
    [UnmanagedCallersOnly]
    private static int cuLaunchKernel(
        nint function, int gridX, int gridY, int gridZ, int groupX, int groupY, int groupZ, int dynamicBytes, nint stream, nint* parameters, nint* extra) => Try(() =>
    {
        var program = Get<PtxProgram>(function);
        int resident = CudaDevice.Resident(program, groupX, dynamicBytes);
        if (gridX < 1 || gridY != 1 || gridZ != 1 || groupY != 1 || groupZ != 1 || resident == 0 || parameters != null || extra == null || extra[0] != 1 || extra[2] != 2)
            return InvalidValue;
        var launch = new KernelLaunch(gridX, groupX, dynamicBytes, new ReadOnlySpan<byte>((void*)extra[1], (int)*(nint*)extra[3]).ToArray());
        long number = Interlocked.Increment(ref s_launches);
        Stream(stream).Add(() =>
        {
            if (number == Settings.FailingLaunch)
                throw new PtxException(PtxException.LaunchFailed, $"launch {number} was to fail");
            launch.Run(program, resident * Settings.Multiprocessors);
        });
        return Success;
    });

    /// <summary>What the library offers.</summary>
    private static Dictionary<string, nint> Functions() => new()
    {
        [nameof(cuInit)] = (nint)(delegate* unmanaged<int, int>)&cuInit,
        [nameof(cuDriverGetVersion)] = (nint)(delegate* unmanaged<int*, int>)&cuDriverGetVersion,
        [nameof(cuDeviceGetCount)] = (nint)(delegate* unmanaged<int*, int>)&cuDeviceGetCount,
        [nameof(cuDeviceGet)] = (nint)(delegate* unmanaged<int*, int, int>)&cuDeviceGet,
        [nameof(cuDeviceGetName)] = (nint)(delegate* unmanaged<byte*, int, int, int>)&cuDeviceGetName,
        [nameof(cuDeviceTotalMem_v2)] = (nint)(delegate* unmanaged<nint*, int, int>)&cuDeviceTotalMem_v2,
        [nameof(cuDeviceGetAttribute)] = (nint)(delegate* unmanaged<int*, int, int, int>)&cuDeviceGetAttribute,
        [nameof(cuDeviceCanAccessPeer)] = (nint)(delegate* unmanaged<int*, int, int, int>)&cuDeviceCanAccessPeer,
        [nameof(cuCtxCreate_v2)] = (nint)(delegate* unmanaged<nint*, uint, int, int>)&cuCtxCreate_v2,
        [nameof(cuCtxDestroy_v2)] = (nint)(delegate* unmanaged<nint, int>)&cuCtxDestroy_v2,
        [nameof(cuCtxSetCurrent)] = (nint)(delegate* unmanaged<nint, int>)&cuCtxSetCurrent,
        [nameof(cuCtxSynchronize)] = (nint)(delegate* unmanaged<int>)&cuCtxSynchronize,
        [nameof(cuCtxGetCacheConfig)] = (nint)(delegate* unmanaged<int*, int>)&cuCtxGetCacheConfig,
        [nameof(cuCtxSetCacheConfig)] = (nint)(delegate* unmanaged<int, int>)&cuCtxSetCacheConfig,
        [nameof(cuCtxGetSharedMemConfig)] = (nint)(delegate* unmanaged<int*, int>)&cuCtxGetSharedMemConfig,
        [nameof(cuCtxSetSharedMemConfig)] = (nint)(delegate* unmanaged<int, int>)&cuCtxSetSharedMemConfig,
        [nameof(cuGetErrorString)] = (nint)(delegate* unmanaged<int, nint*, int>)&cuGetErrorString,
        [nameof(cuStreamCreate)] = (nint)(delegate* unmanaged<nint*, uint, int>)&cuStreamCreate,
        [nameof(cuStreamCreateWithPriority)] = (nint)(delegate* unmanaged<nint*, uint, int, int>)&cuStreamCreateWithPriority,
        [nameof(cuStreamSynchronize)] = (nint)(delegate* unmanaged<nint, int>)&cuStreamSynchronize,
        [nameof(cuStreamDestroy_v2)] = (nint)(delegate* unmanaged<nint, int>)&cuStreamDestroy_v2,
        [nameof(cuEventCreate)] = (nint)(delegate* unmanaged<nint*, uint, int>)&cuEventCreate,
        [nameof(cuEventDestroy_v2)] = (nint)(delegate* unmanaged<nint, int>)&cuEventDestroy_v2,
        [nameof(cuEventRecord)] = (nint)(delegate* unmanaged<nint, nint, int>)&cuEventRecord,
        [nameof(cuEventQuery)] = (nint)(delegate* unmanaged<nint, int>)&cuEventQuery,
        [nameof(cuEventSynchronize)] = (nint)(delegate* unmanaged<nint, int>)&cuEventSynchronize,
        [nameof(cuEventElapsedTime)] = (nint)(delegate* unmanaged<float*, nint, nint, int>)&cuEventElapsedTime,
        [nameof(cuMemGetInfo_v2)] = (nint)(delegate* unmanaged<nint*, nint*, int>)&cuMemGetInfo_v2,
        [nameof(cuMemAlloc_v2)] = (nint)(delegate* unmanaged<nint*, nint, int>)&cuMemAlloc_v2,
        [nameof(cuMemFree_v2)] = (nint)(delegate* unmanaged<nint, int>)&cuMemFree_v2,
        [nameof(cuMemAllocHost_v2)] = (nint)(delegate* unmanaged<nint*, nint, int>)&cuMemAllocHost_v2,
        [nameof(cuMemFreeHost)] = (nint)(delegate* unmanaged<nint, int>)&cuMemFreeHost,
        [nameof(cuMemHostRegister_v2)] = (nint)(delegate* unmanaged<nint, nint, uint, int>)&cuMemHostRegister_v2,
        [nameof(cuMemHostUnregister)] = (nint)(delegate* unmanaged<nint, int>)&cuMemHostUnregister,
        [nameof(cuMemHostGetDevicePointer_v2)] = (nint)(delegate* unmanaged<nint*, nint, uint, int>)&cuMemHostGetDevicePointer_v2,
        [nameof(cuMemcpyAsync)] = (nint)(delegate* unmanaged<nint, nint, nint, nint, int>)&cuMemcpyAsync,
        [nameof(cuMemsetD8Async)] = (nint)(delegate* unmanaged<nint, byte, nint, nint, int>)&cuMemsetD8Async,
        [nameof(cuModuleLoadData)] = (nint)(delegate* unmanaged<nint*, byte*, int>)&cuModuleLoadData,
        [nameof(cuModuleLoadDataEx)] = (nint)(delegate* unmanaged<nint*, byte*, int, int*, nint*, int>)&cuModuleLoadDataEx,
        [nameof(cuModuleUnload)] = (nint)(delegate* unmanaged<nint, int>)&cuModuleUnload,
        [nameof(cuModuleGetFunction)] = (nint)(delegate* unmanaged<nint*, nint, byte*, int>)&cuModuleGetFunction,
        [nameof(cuOccupancyMaxActiveBlocksPerMultiprocessor)] = (nint)(delegate* unmanaged<int*, nint, int, nint, int>)&cuOccupancyMaxActiveBlocksPerMultiprocessor,
        [nameof(cuLaunchKernel)] = (nint)(delegate* unmanaged<nint, int, int, int, int, int, int, int, nint, nint*, nint*, int>)&cuLaunchKernel,
    };
}
