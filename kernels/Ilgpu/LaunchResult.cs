using ILGPU;
using ILGPU.Runtime;
using Word2Vec.Training;

namespace Word2Vec.Kernels.Ilgpu;

/// <summary>Numbers that each launch leaves on the device, with their copy on the host.</summary>
internal abstract class LaunchResult : IDisposable
{
    /// <summary>Has them copied behind what <paramref name="stream"/> has to do: they are there when it is waited for, so that the host waits once and not for each copy.</summary>
    public abstract void Queue(AcceleratorStream stream);

    /// <inheritdoc/>
    public abstract void Dispose();
}

/// <inheritdoc/>
internal sealed class LaunchResult<T> : LaunchResult
    where T : unmanaged
{
    private readonly MemoryBuffer1D<T, Stride1D.Dense> _buffer;
    private readonly T[] _host;
    private readonly PageLockScope<T>? _lock;

    /// <summary>Allocates <paramref name="length"/> numbers.</summary>
    public LaunchResult(Accelerator accelerator, long length)
    {
        _host = GC.AllocateUninitializedArray<T>(checked((int)length), pinned: true);
        _buffer = accelerator.Allocate1D<T>(length);
        _lock = PageLock.Of(accelerator, _host);
    }

    /// <summary>Where the launch leaves them.</summary>
    public ArrayView<T> View => _buffer.View;

    /// <summary>Those of the last launch, when its stream was waited for.</summary>
    public ReadOnlySpan<T> Values => _host;

    /// <inheritdoc/>
    public override void Queue(AcceleratorStream stream) => _buffer.View.AsContiguous().CopyToCPUUnsafeAsync(stream, ref _host[0], _host.Length);

    /// <inheritdoc/>
    public override void Dispose()
    {
        DriverGuard.Release(_lock);
        DriverGuard.Release(_buffer);
    }
}
