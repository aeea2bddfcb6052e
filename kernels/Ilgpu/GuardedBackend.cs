using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.OpenCL;
using Word2Vec.Training;

namespace Word2Vec.Kernels.Ilgpu;

/// <summary>Turns what a driver throws into the one kind of error that a caller acts on, and releases the accelerator.</summary>
internal sealed class GuardedBackend(ITrainingBackend backend, Accelerator accelerator, string id) : ITrainingBackend
{
    public string Description => backend.Description;

    public int PreferredSpan => backend.PreferredSpan;

    public BackendCosts? Costs => backend.Costs;

    /// <summary>Runs <paramref name="action"/> for the device <paramref name="id"/>.</summary>
    public static T Guard<T>(string id, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (e is AcceleratorException or InternalCompilerException or NotSupportedException or OutOfMemoryException)
        {
            string said = Words(Innermost(e)).ReplaceLineEndings(" ").Trim().TrimEnd('.');
            throw new Word2VecException(ErrorKind.Device, $"The device {id} failed: {said}.", e);
        }
    }

    public TrainingLoss Train(TrainingSpan span, CancellationToken cancellation) => Guard(id, () => backend.Train(span, cancellation));

    public void ReadWeights() => Guard(id, () =>
    {
        backend.ReadWeights();
        return true;
    });

    public void Dispose()
    {
        Release(backend);
        Release(accelerator);
    }

    /// <summary>Disposes <paramref name="resource"/>, whatever the driver says to it.</summary>
    public static void Release(IDisposable resource)
    {
        try
        {
            resource.Dispose();
        }
        catch (AcceleratorException)
        {
            // After a failure of the device every call fails, the freeing too. The first error says what happened; nobody can act on this one.
        }
    }

    // ILGPU's exception for OpenCL has a code and no words.
    private static string Words(Exception e) => e is CLException openCl ? $"OpenCL answered {openCl.Error}" : e.Message;

    private static Exception Innermost(Exception e) => e.InnerException is null ? e : Innermost(e.InnerException);
}
