using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ILGPU.Runtime;
using Word2Vec.Training;

namespace Word2Vec.Kernels.Ilgpu;

/// <summary>Memory of the host that copies reach without the host: CUDA copies to and from any other while the host waits.</summary>
/// <remarks>Its pages are its own, since none can be locked twice. A machine may let a process lock so little that the copies do with memory that is not, only slower.</remarks>
internal sealed unsafe class PageLockedMemory<T> : IDisposable
    where T : unmanaged
{
    private readonly int _length;
    private T* _memory;
    private PageLockScope<T>? _lock;

    /// <summary>Allocates <paramref name="length"/> elements, whose values are left to chance.</summary>
    public PageLockedMemory(Accelerator accelerator, int length)
    {
        nuint page = (nuint)Environment.SystemPageSize, pages = ((nuint)length * (nuint)sizeof(T) / page) + 1;
        _length = length;
        _memory = (T*)NativeMemory.AlignedAlloc(pages * page, page);
        try
        {
            _lock = accelerator.CreatePageLockFromPinned<T>((nint)_memory, length);
        }
        catch (AcceleratorException)
        {
            _lock = null;
        }
    }

    /// <summary>The elements.</summary>
    public Span<T> Span => new(_memory, _length);

    /// <summary>The first of them.</summary>
    public ref T First => ref Unsafe.AsRef<T>(_memory);

    /// <inheritdoc/>
    public void Dispose()
    {
        DriverGuard.Release(_lock);
        NativeMemory.AlignedFree(_memory);
        _lock = null;
        _memory = null;
    }
}
