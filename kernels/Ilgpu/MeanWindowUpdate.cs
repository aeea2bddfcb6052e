using ILGPU;
using ILGPU.Runtime;
using Word2Vec.Training;

namespace Word2Vec.Kernels.Ilgpu;

/// <summary>Windows whose input is a mean: <see cref="MeanWindowKernels"/>.</summary>
internal sealed class MeanWindowUpdate : UpdateKernel
{
    private readonly Action<AcceleratorStream, KernelConfig, MeanWindowArguments> _kernel;
    private readonly WindowShape _window;
    private readonly PackedLists _rowLists, _turnLists;
    private readonly int _mostTargets, _stride;
    private readonly bool _hasTree;
    private MemoryBuffer1D<int, Stride1D.Dense>? _rows, _rowStarts, _turns, _turnStarts, _targets;
    private MemoryBuffer1D<float, Stride1D.Dense>? _weights, _gradients, _partials;
    private LaunchResult<float>? _losses;
    private LaunchResult<int>? _pairs;

    private MeanWindowUpdate(Action<AcceleratorStream, KernelConfig, MeanWindowArguments> kernel, TrainingJob job, LaunchShape shape, ConcurrencyPlan plan)
        : base(shape, plan, centers: 1)
    {
        (_kernel, _window, _stride) = (kernel, WindowShape.Of(job.Options), job.Weights.Stride);
        int words = job.Corpus.Vocabulary.Count, predictions = _window.CenterIsInput ? 2 * job.Options.Window : 1;
        HuffmanTree? tree = job.Tree;
        (_hasTree, _mostTargets) = (tree is not null, tree is null ? predictions + _window.Negatives : Math.Max(1, predictions * tree.Longest));
        _rowLists = new PackedLists(words, word => job.Rows[word]);
        _turnLists = new PackedLists(tree is null ? 0 : words, word => tree!.Path(word));
    }

    public override long Bytes =>
        sizeof(float) * (((long)Plan.Groups * ((3L * _mostTargets) + Shape.GroupSize + (2L * Shape.GroupSize / Shape.Lanes) + 1)) + _rowLists.Length + _turnLists.Length);

    /// <summary>Whether a window of these options has one input.</summary>
    public static bool HasOneInput(TrainingOptions options) => options.Architecture == TrainingArchitecture.Cbow || WindowShape.Of(options).CenterIsInput;

    /// <summary>Compiles the kernel.</summary>
    public static MeanWindowUpdate Load(TrainingJob job, Accelerator accelerator, int mostWindows, LaunchShape? given)
    {
        LaunchShape shape = given ?? LaunchShape.For(accelerator, job.Options.VectorSize);
        var kernel = accelerator.LoadKernel<MeanWindowArguments>(
            shape.Shuffles ? MeanWindowKernels.Train<WarpArithmetic> : MeanWindowKernels.Train<MemoryArithmetic>);
        shape = shape.Limit(accelerator, kernel, job.Weights.Stride * sizeof(float));
        return new MeanWindowUpdate(kernel, job, shape, new ConcurrencyPlan(job, mostWindows == 0 ? shape.MostGroups : mostWindows));
    }

    public override void Allocate(Accelerator accelerator)
    {
        long groups = Plan.Groups;
        (_rows, _rowStarts) = Upload(accelerator, _rowLists);
        (_turns, _turnStarts) = Upload(accelerator, _turnLists);
        _targets = New<int>(accelerator, groups * _mostTargets);
        _weights = New<float>(accelerator, groups * _mostTargets);
        _gradients = New<float>(accelerator, groups * _mostTargets);
        _partials = New<float>(accelerator, groups * Shape.GroupSize);
        _losses = NewResult<float>(accelerator, 2 * groups * Shape.GroupSize / Shape.Lanes);
        _pairs = NewResult<int>(accelerator, groups);
    }

    public override void Launch(AcceleratorStream stream, DeviceMemory memory, TrainingSpan span, int runs)
    {
        var arguments = new MeanWindowArguments
        {
            Span = memory.Arguments(span, runs),
            Rows = _rows!.View,
            RowStarts = _rowStarts!.View,
            Turns = _turns!.View,
            TurnStarts = _turnStarts!.View,
            Targets = _targets!.View,
            TargetWeights = _weights!.View,
            Gradients = _gradients!.View,
            Partials = _partials!.View,
            Losses = _losses!.View,
            Pairs = _pairs!.View,
            NegativeWeight = _window.NegativeWeight,
            MostTargets = _mostTargets,
            Negatives = _window.Negatives,
            Lanes = Shape.Lanes,
            CenterIsInput = _window.CenterIsInput ? 1 : 0,
            HasTree = _hasTree ? 1 : 0,
        };
        _kernel(stream, Shape.Shuffles
            ? new KernelConfig(Plan.Groups, Shape.GroupSize, SharedMemoryConfig.RequestDynamic<float>(_stride))
            : new KernelConfig(Plan.Groups, Shape.GroupSize), arguments);
    }

    public override TrainingLoss ReadLoss() => Sum(_losses!.Values, _pairs!.Values);
}
