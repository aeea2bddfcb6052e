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
    private readonly PageLockedMemory<T> _host;

    /// <summary>Allocates <paramref name="length"/> numbers.</summary>
    public LaunchResult(Accelerator accelerator, long length)
    {
        _buffer = accelerator.Allocate1D<T>(length);
        _host = new PageLockedMemory<T>(accelerator, checked((int)length));
    }

    /// <summary>Where the launch leaves them.</summary>
    public ArrayView<T> View => _buffer.View;

    /// <summary>Those of the last launch, when its stream was waited for.</summary>
    public ReadOnlySpan<T> Values => _host.Span;

    /// <inheritdoc/>
    public override void Queue(AcceleratorStream stream) => _buffer.View.AsContiguous().CopyToCPUUnsafeAsync(stream, ref _host.First, _buffer.Length);

    /// <inheritdoc/>
    public override void Dispose()
    {
        // A copy may still be under way; the driver waits for it before it frees what is copied from.
        DriverGuard.Release(_buffer);
        _host.Dispose();
    }
}
