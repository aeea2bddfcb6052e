using ILGPU;
using ILGPU.Runtime;
using Word2Vec.Training;

namespace Word2Vec.Kernels.Ilgpu;

/// <summary>Window by window: <see cref="WindowKernels"/>.</summary>
internal sealed class WindowUpdate : UpdateKernel
{
    private readonly Action<AcceleratorStream, KernelConfig, WindowArguments> _kernel;
    private readonly TrainingOptions _options;
    private MemoryBuffer1D<float, Stride1D.Dense>? _gradients, _changes, _partials, _losses;
    private MemoryBuffer1D<int, Stride1D.Dense>? _samples, _pairs;

    private WindowUpdate(Action<AcceleratorStream, KernelConfig, WindowArguments> kernel, TrainingOptions options, LaunchShape shape, ConcurrencyPlan plan)
        : base(shape, plan, centers: 1)
    {
        (_kernel, _options) = (kernel, options);
    }

    public override long Bytes =>
        sizeof(float) * (long)Plan.Groups * ((Contexts * (Samples + Shape.GroupSize)) + (2L * Shape.GroupSize / Shape.Lanes) + Shape.GroupSize + Samples + 1);

    private int Samples => 1 + _options.Negatives;

    private int Contexts => 2 * _options.Window;

    /// <summary>Compiles the kernel.</summary>
    public static WindowUpdate Load(TrainingJob job, Accelerator accelerator, int mostWindows, LaunchShape? given)
    {
        LaunchShape shape = given ?? LaunchShape.For(accelerator, job.Options.VectorSize);
        var kernel = accelerator.LoadKernel<WindowArguments>(
            shape.Shuffles ? WindowKernels.Train<WarpArithmetic> : WindowKernels.Train<MemoryArithmetic>);
        shape = shape.Limit(accelerator, kernel);
        return new WindowUpdate(kernel, job.Options, shape, new ConcurrencyPlan(job, mostWindows == 0 ? shape.MostGroups : mostWindows));
    }

    public override void Allocate(Accelerator accelerator)
    {
        long groups = Plan.Groups;
        _gradients = New<float>(accelerator, groups * Samples * Contexts);
        _changes = New<float>(accelerator, groups * Contexts * Shape.GroupSize);
        _partials = New<float>(accelerator, groups * Shape.GroupSize);
        _losses = New<float>(accelerator, 2 * groups * Shape.GroupSize / Shape.Lanes);
        _pairs = New<int>(accelerator, groups);
        _samples = New<int>(accelerator, groups * Samples);
    }

    public override void Launch(AcceleratorStream stream, DeviceMemory memory, TrainingSpan span, int runs)
    {
        var arguments = new WindowArguments { Span = memory.Arguments(span, runs), Negatives = _options.Negatives };
        (arguments.Gradients, arguments.Changes, arguments.Partials) = (_gradients!.View, _changes!.View, _partials!.View);
        (arguments.Samples, arguments.Losses, arguments.Pairs, arguments.Lanes) = (_samples!.View, _losses!.View, _pairs!.View, Shape.Lanes);
        _kernel(stream, (Plan.Groups, Shape.GroupSize), arguments);
    }

    public override TrainingLoss ReadLoss() =>
        new(_losses!.GetAsArray1D().Sum(loss => (double)loss), _pairs!.GetAsArray1D().Sum(pairs => (long)pairs));
}
