using ILGPU.Runtime;

namespace Word2Vec.Kernels.Ilgpu;

/// <summary>Memory of the host that copies reach without the host: CUDA copies to and from any other while the host waits.</summary>
internal static class PageLock
{
    /// <summary>Locks <paramref name="memory"/>, which is pinned. A machine may let a process lock so little that the copies do with memory that is not, only slower: null.</summary>
    public static PageLockScope<T>? Of<T>(Accelerator accelerator, T[] memory)
        where T : unmanaged
    {
        try
        {
            return accelerator.CreatePageLockFromPinned(memory);
        }
        catch (AcceleratorException)
        {
            return null;
        }
    }
}
