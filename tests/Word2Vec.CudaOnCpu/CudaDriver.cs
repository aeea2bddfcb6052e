#pragma warning disable IDE1006, CA1707 // The functions bear the names that programs look for.

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Failure = (int Code, nint Words);

namespace Word2Vec.CudaOnCpu;

/// <summary>The functions of CUDA's driver that ILGPU calls (NVIDIA, CUDA Driver API 12), on this process's processor.</summary>
public static unsafe partial class CudaDriver
{
    private const string Library = "libcuda.so.1";
    private const int Success = 0, InvalidValue = 1, OutOfMemory = 2, InvalidDevice = 101, InvalidContext = 201, InvalidHandle = 400, NotFound = 500, NotReady = 600, AlreadyRegistered = 712, Unknown = 999;

    private static readonly ConcurrentDictionary<nint, object> Handles = [];
    private static readonly ConcurrentDictionary<nint, long> Pinned = [];
    private static readonly object Gate = new();
    private static long s_lastHandle = 0x1000;
    private static long s_launches;
    private static int s_refusedLocks;
    private static Failure s_failure;
    private static bool s_loaded;

    [ThreadStatic]
    private static DriverContext? t_current;

    /// <summary>What the names of its devices begin with.</summary>
    public static string DeviceName => CudaDevice.Name;

    /// <summary>How many multiprocessors the device has: as the settings say, unless somebody sets another number before it is used.</summary>
    public static int Multiprocessors
    {
        get => Settings.Multiprocessors;
        set => Settings.Multiprocessors = value;
    }

    /// <summary>How often memory of the host was not locked because one of its pages was.</summary>
    public static int RefusedLocks => s_refusedLocks;

    /// <summary>Puts this driver in the place of libcuda.so.1, for whoever loads that library from now on; false: this system cannot have it.</summary>
    public static bool Load()
    {
        lock (Gate)
        {
            return s_loaded = s_loaded || (DriverLibrary.IsPossible && TryLoad());
        }
    }

    // A system may refuse so many addresses, code in its folder for temporary files, or to find a library again by its name.
    private static bool TryLoad()
    {
        try
        {
            RuntimeHelpers.RunClassConstructor(typeof(DeviceMemoryPool).TypeHandle);
            DriverLibrary.Load(Library, Functions());
            return NativeLibrary.TryLoad(Library, out _);
        }
        catch (Exception e) when (e is TypeInitializationException or DllNotFoundException or BadImageFormatException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static nint Add(object value)
    {
        nint handle = (nint)Interlocked.Add(ref s_lastHandle, 16);
        Handles[handle] = value;
        return handle;
    }

    private static T Get<T>(nint handle)
        where T : class => Handles.TryGetValue(handle, out object? value) && value is T found ? found : throw new PtxException(InvalidHandle, $"no {typeof(T).Name} {handle}");

    private static int Remove(nint handle) => Handles.TryRemove(handle, out _) ? Success : InvalidHandle;

    private static DriverContext Current => t_current ?? throw new PtxException(InvalidContext, "no context is current to the calling thread");

    private static DriverStream Stream(nint handle) => handle == 0 ? Current.Default : Get<DriverStream>(handle);

    /// <summary>Runs what a function does; an error that a kernel made stays with its context.</summary>
    private static int Try(Func<int> body, bool needsContext = true)
    {
        try
        {
            if (needsContext && Current.Error != 0)
                return Current.Error;
            return body();
        }
        catch (PtxException e)
        {
            Keep(e.Error, e.Message);
            if (e.Error >= PtxException.IllegalAddress && t_current is { } context)
                context.Error = e.Error;
            return e.Error;
        }
        catch (Exception e)
        {
            Keep(Unknown, e.ToString());
            return Unknown;
        }
    }

    private static void Keep(int error, string message)
    {
        lock (Gate)
            s_failure = (error, Marshal.StringToCoTaskMemUTF8(message));
    }

    private static int Error(int* value, int error)
    {
        *value = error;
        return Success;
    }

    [UnmanagedCallersOnly]
    private static int cuInit(int flags) => flags == 0 ? Success : InvalidValue;

    [UnmanagedCallersOnly]
    private static int cuDriverGetVersion(int* version) => Error(version, CudaDevice.DriverVersion);

    [UnmanagedCallersOnly]
    private static int cuDeviceGetCount(int* count) => Error(count, 1);

    [UnmanagedCallersOnly]
    private static int cuDeviceGet(int* device, int ordinal)
    {
        *device = ordinal;
        return ordinal == 0 ? Success : InvalidDevice;
    }

    [UnmanagedCallersOnly]
    private static int cuDeviceGetName(byte* name, int length, int device)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(CudaDevice.Name + '\0');
        bytes.AsSpan(0, Math.Min(bytes.Length, length)).CopyTo(new Span<byte>(name, length));
        return device == 0 ? Success : InvalidDevice;
    }

    [UnmanagedCallersOnly]
    private static int cuDeviceTotalMem_v2(nint* bytes, int device)
    {
        *bytes = (nint)DeviceMemoryPool.Bytes;
        return device == 0 ? Success : InvalidDevice;
    }

    [UnmanagedCallersOnly]
    private static int cuDeviceGetAttribute(int* value, int attribute, int device)
    {
        *value = CudaDevice.Attribute(attribute);
        return device == 0 ? Success : InvalidDevice;
    }

    [UnmanagedCallersOnly]
    private static int cuDeviceCanAccessPeer(int* can, int device, int peer) => Error(can, 0);

    [UnmanagedCallersOnly]
    private static int cuCtxCreate_v2(nint* context, uint flags, int device)
    {
        t_current = new DriverContext();
        *context = Add(t_current);
        return device == 0 ? Success : InvalidDevice;
    }

    [UnmanagedCallersOnly]
    private static int cuCtxDestroy_v2(nint context) => Try(() => Remove(context), needsContext: false);

    [UnmanagedCallersOnly]
    private static int cuCtxSetCurrent(nint context) => Try(() =>
    {
        t_current = context == 0 ? null : Get<DriverContext>(context);
        return Success;
    }, needsContext: false);

    [UnmanagedCallersOnly]
    private static int cuCtxSynchronize() => Try(() =>
    {
        Current.Wait();
        return Success;
    });

    [UnmanagedCallersOnly]
    private static int cuCtxGetCacheConfig(int* configuration) => Error(configuration, 0);

    [UnmanagedCallersOnly]
    private static int cuCtxSetCacheConfig(int configuration) => Success;

    [UnmanagedCallersOnly]
    private static int cuCtxGetSharedMemConfig(int* configuration) => Error(configuration, 1);

    [UnmanagedCallersOnly]
    private static int cuCtxSetSharedMemConfig(int configuration) => Success;

    [UnmanagedCallersOnly]
    private static int cuGetErrorString(int error, nint* words)
    {
        lock (Gate)
        {
            *words = s_failure.Code == error && s_failure.Words != 0 ? s_failure.Words : Marshal.StringToCoTaskMemUTF8($"CUDA error {error}");
            return Success;
        }
    }

    [UnmanagedCallersOnly]
    private static int cuStreamCreate(nint* stream, uint flags) => Try(() =>
    {
        *stream = NewStream();
        return Success;
    });

    [UnmanagedCallersOnly]
    private static int cuStreamCreateWithPriority(nint* stream, uint flags, int priority) => Try(() =>
    {
        *stream = NewStream();
        return Success;
    });

    private static nint NewStream()
    {
        var stream = new DriverStream();
        Current.Streams.Add(stream);
        return Add(stream);
    }

    [UnmanagedCallersOnly]
    private static int cuStreamSynchronize(nint stream) => Try(() =>
    {
        Stream(stream).Wait();
        return Success;
    });

    [UnmanagedCallersOnly]
    private static int cuStreamDestroy_v2(nint stream) => Try(() =>
    {
        Stream(stream).Wait();
        return Remove(stream);
    }, needsContext: false);

    [UnmanagedCallersOnly]
    private static int cuEventCreate(nint* created, uint flags) => Try(() =>
    {
        *created = Add(new DriverEvent());
        return Success;
    });

    [UnmanagedCallersOnly]
    private static int cuEventDestroy_v2(nint destroyed) => Try(() => Remove(destroyed), needsContext: false);

    [UnmanagedCallersOnly]
    private static int cuEventRecord(nint recorded, nint stream) => Try(() =>
    {
        var record = Get<DriverEvent>(recorded);
        record.Stream = Stream(stream);
        record.Time = 0;
        record.Stream.Add(() => record.Time = Stopwatch.GetTimestamp());
        return Success;
    });

    [UnmanagedCallersOnly]
    private static int cuEventQuery(nint asked) => Try(() => Get<DriverEvent>(asked) is { Stream: not null, Time: 0 } ? NotReady : Success);

    [UnmanagedCallersOnly]
    private static int cuEventSynchronize(nint awaited) => Try(() =>
    {
        Get<DriverEvent>(awaited).Stream?.Wait();
        return Success;
    });

    [UnmanagedCallersOnly]
    private static int cuEventElapsedTime(float* milliseconds, nint start, nint end) => Try(() =>
    {
        *milliseconds = (float)Stopwatch.GetElapsedTime(Get<DriverEvent>(start).Time, Get<DriverEvent>(end).Time).TotalMilliseconds;
        return Success;
    });

    private sealed class DriverEvent
    {
        public DriverStream? Stream { get; set; }

        public long Time { get; set; }
    }
}
