using ILGPU;
using ILGPU.Runtime;
using Word2Vec.Training;

namespace Word2Vec.Kernels.Ilgpu;

/// <summary>Skip-gram over whole words window by window: <see cref="WindowKernels"/>.</summary>
internal sealed class WindowUpdate : UpdateKernel
{
    private readonly Action<AcceleratorStream, KernelConfig, WindowArguments> _kernel;
    private readonly TrainingOptions _options;
    private readonly PackedLists _turnLists;
    private MemoryBuffer1D<float, Stride1D.Dense>? _gradients, _changes, _partials;
    private MemoryBuffer1D<int, Stride1D.Dense>? _samples, _turns, _turnStarts;
    private LaunchResult<float>? _losses;
    private LaunchResult<int>? _pairs;

    private WindowUpdate(Action<AcceleratorStream, KernelConfig, WindowArguments> kernel, TrainingJob job, LaunchShape shape, ConcurrencyPlan plan)
        : base(shape, plan, centers: 1)
    {
        (_kernel, _options) = (kernel, job.Options);
        (HasTree, Samples) = (job.Tree is not null, job.Tree is { } tree ? Math.Max(1, tree.Longest) : 1 + job.Options.Negatives);
        _turnLists = new PackedLists(HasTree ? job.Corpus.Vocabulary.Count : 0, word => job.Tree!.Path(word));
    }

    public override long Bytes =>
        sizeof(float) * (((long)Plan.Groups * (((long)Contexts * (Samples + Shape.GroupSize)) + (2L * Shape.GroupSize / Shape.Lanes)
            + Shape.GroupSize + Samples + 1)) + _turnLists.Length);

    private int Samples { get; }

    private bool HasTree { get; }

    private int Contexts => 2 * _options.Window;

    /// <summary>Compiles the kernel.</summary>
    public static WindowUpdate Load(TrainingJob job, Accelerator accelerator, int mostWindows, LaunchShape? given)
    {
        LaunchShape shape = given ?? LaunchShape.For(accelerator, job.Options.VectorSize);
        var kernel = accelerator.LoadKernel<WindowArguments>(
            shape.Shuffles ? WindowKernels.Train<WarpArithmetic> : WindowKernels.Train<MemoryArithmetic>);
        shape = shape.Limit(accelerator, kernel);
        return new WindowUpdate(kernel, job, shape, new ConcurrencyPlan(job, mostWindows == 0 ? shape.MostGroups : mostWindows));
    }

    public override void Allocate(Accelerator accelerator)
    {
        long groups = Plan.Groups;
        (_turns, _turnStarts) = Upload(accelerator, _turnLists);
        _gradients = New<float>(accelerator, groups * Samples * Contexts);
        _changes = New<float>(accelerator, groups * Contexts * Shape.GroupSize);
        _partials = New<float>(accelerator, groups * Shape.GroupSize);
        _losses = NewResult<float>(accelerator, 2 * groups * Shape.GroupSize / Shape.Lanes);
        _pairs = NewResult<int>(accelerator, groups);
        _samples = New<int>(accelerator, groups * Samples);
    }

    public override void Launch(AcceleratorStream stream, DeviceMemory memory, TrainingSpan span, int runs)
    {
        var arguments = new WindowArguments { Span = memory.Arguments(span, runs), Negatives = _options.Negatives };
        (arguments.Gradients, arguments.Changes, arguments.Partials) = (_gradients!.View, _changes!.View, _partials!.View);
        (arguments.Samples, arguments.Losses, arguments.Pairs, arguments.Lanes) = (_samples!.View, _losses!.View, _pairs!.View, Shape.Lanes);
        (arguments.Turns, arguments.TurnStarts, arguments.HasTree, arguments.MostSamples) = (_turns!.View, _turnStarts!.View, HasTree ? 1 : 0, Samples);
        _kernel(stream, (Plan.Groups, Shape.GroupSize), arguments);
    }

    public override TrainingLoss ReadLoss() => Sum(_losses!.Values, _pairs!.Values);
}
