#pragma warning disable IDE1006, CA1707 // The functions bear the names that programs look for.

using System.Runtime.InteropServices;

namespace Word2Vec.CudaOnCpu;

/// <summary>Memory, of the device and page-locked, and copies.</summary>
public static unsafe partial class CudaDriver
{
    [UnmanagedCallersOnly]
    private static int cuMemGetInfo_v2(nint* free, nint* total) => Try(() =>
    {
        (*free, *total) = ((nint)DeviceMemoryPool.Free, (nint)DeviceMemoryPool.Bytes);
        return Success;
    });

    [UnmanagedCallersOnly]
    private static int cuMemAlloc_v2(nint* address, nint bytes) => Try(() =>
    {
        *address = DeviceMemoryPool.Allocate(bytes);
        return *address == 0 ? bytes <= 0 ? InvalidValue : OutOfMemory : Success;
    });

    /// <summary>Waits for all that the context has to do, as a card's driver does.</summary>
    [UnmanagedCallersOnly]
    private static int cuMemFree_v2(nint address) => Try(() =>
    {
        if (address == 0)
            return Success;
        if (t_current is { Error: 0 } context)
            context.Wait();
        return DeviceMemoryPool.Release(address) ? Success : InvalidValue;
    }, needsContext: false);

    [UnmanagedCallersOnly]
    private static int cuMemAllocHost_v2(nint* address, nint bytes) => Try(() =>
    {
        *address = (nint)NativeMemory.AlignedAlloc((nuint)bytes, 4096);
        Pinned[*address] = bytes;
        return Success;
    });

    [UnmanagedCallersOnly]
    private static int cuMemFreeHost(nint address) => Try(() =>
    {
        if (!Pinned.TryRemove(address, out _))
            return InvalidValue;
        NativeMemory.AlignedFree((void*)address);
        return Success;
    }, needsContext: false);

    /// <summary>Whole pages are locked, and none of them twice.</summary>
    [UnmanagedCallersOnly]
    private static int cuMemHostRegister_v2(nint address, nint bytes, uint flags) => Try(() =>
    {
        const nint Page = 4096;
        nint first = address / Page, last = (address + bytes - 1) / Page;
        if (Pinned.Any(locked => locked.Key / Page <= last && (locked.Key + locked.Value - 1) / Page >= first))
        {
            Interlocked.Increment(ref s_refusedLocks);
            return AlreadyRegistered;
        }

        Pinned[address] = bytes;
        return Success;
    });

    [UnmanagedCallersOnly]
    private static int cuMemHostUnregister(nint address) => Try(() => Pinned.TryRemove(address, out _) ? Success : InvalidValue, needsContext: false);

    [UnmanagedCallersOnly]
    private static int cuMemHostGetDevicePointer_v2(nint* device, nint address, uint flags)
    {
        *device = address;
        return Success;
    }

    /// <summary>
    /// From memory that is not page-locked a driver copies before it returns; to such memory it returns when it has copied. Page-locked memory is read and
    /// written when the stream comes to it.
    /// </summary>
    [UnmanagedCallersOnly]
    private static int cuMemcpyAsync(nint target, nint source, nint length, nint stream) => Try(() =>
    {
        if (!MayTouch(target, length) || !MayTouch(source, length))
            return InvalidValue;
        DriverStream queue = Stream(stream);
        if (IsPageable(source))
        {
            byte[] now = new ReadOnlySpan<byte>((void*)source, checked((int)length)).ToArray();
            queue.Add(() => now.CopyTo(new Span<byte>((void*)target, now.Length)));
        }
        else
        {
            queue.Add(() => Buffer.MemoryCopy((void*)source, (void*)target, length, length));
        }

        if (IsPageable(target))
            queue.Wait();
        return Success;
    });

    [UnmanagedCallersOnly]
    private static int cuMemsetD8Async(nint target, byte value, nint length, nint stream) => Try(() =>
    {
        if (!MayTouch(target, length))
            return InvalidValue;
        Stream(stream).Add(() => NativeMemory.Fill((void*)target, (nuint)length, value));
        return Success;
    });

    private static bool IsPageable(nint address) =>
        !DeviceMemoryPool.Contains(address) && !Pinned.Any(each => each.Key <= address && address < each.Key + each.Value);

    private static bool MayTouch(nint address, nint length) => !DeviceMemoryPool.Contains(address) || DeviceMemoryPool.IsAllocated(address, length);
}
